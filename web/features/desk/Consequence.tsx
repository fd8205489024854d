import { skipToken, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TicketProposal } from '../../../contract/desk/shapes.ts'
import { query } from '../../api.ts'
import { paths } from '../../paths.ts'
import { Priority } from '../../ui/Marks.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout, Failed, Loading } from '../../ui/States.tsx'
import { Due } from '../../ui/Time.tsx'
import styles from './desk.module.css'
import type { Given } from './new-ticket.ts'
import { firstSteps } from './page-plan.ts'
import { clockWords } from './words.ts'

/** Who would be turned to, from the policy of the service or of the team, as it stands now. */
function PagePlan({ given, proposal }: { given: Given; proposal: TicketProposal }) {
  const policies = useQuery({
    ...query.oncall.policies.queryOptions({ input: { limit: 200 } }),
    refetchInterval: 60_000,
  })
  if (!given.page)
    return (
      <div>
        <b>Nobody is paged.</b>{' '}
        <span className="muted">
          {given.team || proposal.team
            ? `It waits in the queue of ${given.team?.name ?? proposal.team?.name}.`
            : 'It waits without a team.'}
        </span>
      </div>
    )
  if (proposal.pageWaits)
    return (
      <Callout>
        <b>Nobody is paged now:</b> {given.environment} never wakes anyone. {proposal.pageWaits}
      </Callout>
    )
  if (!policies.data) return null
  const steps = firstSteps(policies.data.items, {
    serviceId: given.service?.id,
    teamId: given.team?.id ?? proposal.team?.id,
  })
  if (!steps)
    return (
      <Callout tone="down">
        <b>Nobody would be paged:</b> neither the service nor its team has an escalation policy.{' '}
        <Link to={paths.onCall()}>Give it one under On-call.</Link>
      </Callout>
    )
  return (
    <Callout tone={proposal.wakes ? 'warn' : 'info'}>
      <b>{steps.first}</b>{' '}
      {proposal.wakes ? 'at once, and may be woken.' : 'without waking anybody: it is not urgent enough for that.'}
      {steps.later.map((sentence) => (
        <div key={sentence} className="muted">
          {sentence}
        </div>
      ))}
    </Callout>
  )
}

/** What is open for the same service already. */
function OpenAlready({ serviceId }: { serviceId: string | undefined }) {
  const found = useQuery(
    query.desk.list.queryOptions({ input: serviceId ? { view: 'open', serviceId, limit: 5 } : skipToken }),
  )
  const rows = found.data?.items ?? []
  if (rows.length === 0) return null
  return (
    <Panel title="Open for this service already" words={found.data?.next ? 'the most pressing' : undefined}>
      <ul className={styles.already}>
        {rows.map((row) => (
          <li key={row.id}>
            <Priority level={row.priority} />{' '}
            <Link to={paths.ticket(row.number)} className="mono">
              {row.number}
            </Link>{' '}
            <span className="clip">{row.title}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** What happens when the ticket is opened as it stands: priority and why, due times, team, who is paged. */
export function Consequence({
  given,
  proposal: { data, isError, error, refetch },
}: {
  given: Given
  proposal: UseQueryResult<TicketProposal>
}) {
  return (
    <div className={styles.column}>
      <Panel title="What happens then" pad>
        {!data && isError && <Failed what="This could not be worked out." error={error} retry={() => void refetch()} />}
        {!data && !isError && <Loading lines={4} />}
        {data && (
          <div className={styles.fields}>
            <div>
              <Priority level={data.priority} /> <span className="muted">{data.reason}</span>
            </div>
            {data.clocks.map((clock) => (
              <div key={`${clock.name} ${clock.label}`}>
                {clock.label || clockWords[clock.name]}{' '}
                {clock.dueAt ? (
                  <>
                    due in <Due at={clock.dueAt} why={[...clock.derivation, ...data.derivation].join('\n')} />
                  </>
                ) : (
                  <span title={clock.derivation.join('\n')}>has no due time</span>
                )}
              </div>
            ))}
            <PagePlan given={given} proposal={data} />
          </div>
        )}
      </Panel>
      <OpenAlready serviceId={given.service?.id} />
    </div>
  )
}
