import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { api } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import styles from './catalog.module.css'
import { usePolicies } from './data.ts'
import type { Service } from './words.ts'

export type Policy = Awaited<ReturnType<typeof api.oncall.policy>>
type Target = Policy['steps'][number]['targets'][number]

/** The policy by which pages about a service go: its own, else the one of its owner when there is just one. */
export const policyOf = (service: Service, policies: readonly Policy[]) => {
  const own = policies.find(({ services }) => services.some(({ id }) => id === service.id))
  const ofTeam = policies.filter(({ team }) => team !== null && team.id === service.ownerTeam?.id)
  return { own, ofTeam }
}

const TargetWords = ({ of }: { of: Target }) => {
  if (of.kind === 'user') return <b>{of.name}</b>
  if (of.kind === 'team')
    return (
      <>
        all of <b>{of.name}</b>
      </>
    )
  return (
    <>
      on call for {of.name}:{' '}
      {of.now.length > 0 ? <b>{of.now.join(', ')}</b> : <b className={styles.nobody}>nobody now</b>}
    </>
  )
}

/** Whom pages turn to, and when, counted from the start. */
export function Steps({ of }: { of: Policy }) {
  let total = 0
  return (
    <dl className={styles.steps}>
      {of.steps.map((step, index) => {
        total += step.delayMinutes
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step has no name but its place
          <div key={index}>
            <dt className="faint">{total === 0 ? 'at once' : `+ ${total} min`}</dt>
            <dd>
              {step.targets.map((target) => (
                <div key={`${target.kind} ${target.id}`}>
                  <TargetWords of={target} />
                </div>
              ))}
            </dd>
          </div>
        )
      })}
      {of.repeats > 0 && (
        <div>
          <dt className="faint">then</dt>
          <dd className="muted">the same again, {of.repeats === 1 ? 'once more' : `${of.repeats} times more`}</dd>
        </div>
      )}
    </dl>
  )
}

/** Who is paged when it breaks. */
export function PolicyPanel({ service, act }: { service: Service; act: ReactNode }) {
  const may = useMay('schedule.read') !== undefined
  const policies = usePolicies()
  if (!may) return null
  if (!policies.data)
    return (
      <Panel title="Who is paged">
        {policies.isError ? (
          <Failed
            what="The policies could not be loaded."
            error={policies.error}
            retry={() => void policies.refetch()}
          />
        ) : (
          <Loading lines={3} />
        )}
      </Panel>
    )
  const { own, ofTeam } = policyOf(service, policies.data.items)
  const shown = own ?? (ofTeam.length === 1 ? ofTeam[0] : undefined)
  if (!shown && ofTeam.length === 0)
    return (
      <Panel title="Who is paged">
        <Empty title="Nobody: it has no escalation policy." act={act}>
          Neither has its owner. A ticket about it waits in the queue until somebody looks.
        </Empty>
      </Panel>
    )
  return (
    <Panel title="Who is paged" right={act} pad>
      {shown ? (
        <>
          <p className={styles.open}>
            <Link to={paths.policy(shown.id)} className={styles.touch}>
              {shown.name}
            </Link>{' '}
            {!own && <span className="faint">the policy of {service.ownerTeam?.name}</span>}
          </p>
          <Steps of={shown} />
        </>
      ) : (
        <p className="muted">
          By the oldest policy of {service.ownerTeam?.name}: {ofTeam.map(({ name }) => name).join(', ')}.
        </p>
      )}
    </Panel>
  )
}
