import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Environment } from '../../../contract/base.ts'
import { query } from '../../api.ts'
import { useMe } from '../../parts/frame-data.ts'
import { ServiceSelect } from '../../parts/ServiceSelect.tsx'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { useWhyNot } from './data.ts'
import type { Draft } from './draft.ts'
import styles from './monitors.module.css'
import { policyOf } from './policy-of.ts'

type Place = Pick<Draft, 'service' | 'environment' | 'team'>
type Props = {
  draft: Place
  change: (part: Partial<Place>) => void
  problems: Record<string, string | undefined>
  /** What one must be allowed to write it; of a monitor, unless told. */
  may?: 'monitor.write' | 'job.write'
  /** When somebody is paged: 'it is down'. */
  bad?: string
}
const all: readonly Environment[] = ['prod', 'uat', 'test', 'dev']

/** What it belongs to, and what that means: its tier, whose it is, and who is paged when it is down. */
export function Belongs({ draft, change, problems, may = 'monitor.write', bad = 'it is down' }: Props) {
  const { service: chosen, environment, team } = draft
  const service = useQuery({
    ...query.catalog.services.read.queryOptions({ input: { id: chosen?.id ?? '' } }),
    enabled: chosen !== null,
  }).data
  const known = chosen && service?.id === chosen.id ? service : undefined
  const whyNot = useWhyNot(may)
  const other = team !== undefined && team?.id !== known?.ownerTeam?.id
  const strange = whyNot(known?.ownerTeam ?? null) !== undefined
  return (
    <>
      <div className={styles.service}>
        <ServiceSelect
          label="Belongs to"
          value={chosen}
          onChange={(next) =>
            change({
              service: next,
              ...(next && !next.environments.includes(environment) && { environment: next.environments[0] ?? 'prod' }),
            })
          }
          error={problems.serviceId}
        />
        <Select
          label="Environment"
          data={known?.environments ?? all}
          value={environment}
          onChange={(next) => next && change({ environment: next as Environment })}
          error={problems.environment}
        />
      </div>
      <p className={styles.note} role="status">
        {chosen === null
          ? `Without a service nobody is paged when ${bad}; its incident waits in the queue until somebody sees it.`
          : known && <Means service={known} environment={environment} />}
      </p>
      {(other || strange) && (
        <TeamField value={team} owner={known?.ownerTeam ?? null} change={change} error={problems.teamId} may={may} />
      )}
    </>
  )
}

type Service = { id: string; tier: number; ownerTeam: { id: string; name: string } | null }

function Means({ service, environment }: { service: Service; environment: Environment }) {
  const proposal = useQuery(
    query.desk.proposal.queryOptions({ input: { kind: 'incident', serviceId: service.id, environment } }),
  ).data
  const policies = useQuery({ ...query.oncall.policies.queryOptions({ input: { limit: 200 } }), staleTime: 300_000 })
    .data?.items
  const policy = policies && policyOf(policies, service)
  const facts = [
    `Tier ${service.tier}`,
    service.ownerTeam?.name ?? 'no team',
    proposal && `opens a P${proposal.priority}`,
    policy ? `pages by “${policy.name}”` : policies && 'no escalation policy, so nobody is paged',
  ]
  const waits = proposal?.pageWaits ?? (proposal && !proposal.wakes ? 'It wakes nobody.' : undefined)
  return (
    <>
      {facts.filter(Boolean).join(', ')}
      {policy && waits && `. ${waits}`}
    </>
  )
}

type TeamProps = {
  value: Draft['team']
  owner: { id: string; name: string } | null
  change: Props['change']
  error: string | undefined
  may: NonNullable<Props['may']>
}

/** Who may change it: asked only when the service does not say, or says somebody else. */
function TeamField({ value, owner, change, error, may }: TeamProps) {
  const me = useMe().data
  const every = me?.may[may] === 'all'
  const listed = useQuery({
    ...query.identity.teams.list.queryOptions({ input: { limit: 200 } }),
    enabled: every,
    staleTime: 300_000,
  }).data?.items
  const teams = (every ? listed : me?.teams) ?? []
  const shown = value === undefined ? owner : value
  const offered = shown && !teams.some(({ id }) => id === shown.id) ? [shown, ...teams] : teams
  return (
    <Select
      label="Who may change it"
      description={every ? undefined : 'One of your own teams.'}
      placeholder="choose a team"
      {...findByTyping}
      clearable={every}
      data={offered.map(({ id, name }) => ({ value: id, label: name }))}
      value={shown?.id ?? null}
      onChange={(id) => change({ team: offered.find((one) => one.id === id) ?? null })}
      error={error}
    />
  )
}
