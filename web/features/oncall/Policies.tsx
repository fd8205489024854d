import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { type Policy, usePolicies } from './data.ts'
import { Nobody } from './Nobody.tsx'
import styles from './oncall.module.css'
import { afterWords, listWords, timesWords } from './words.ts'

type Target = Policy['steps'][number]['targets'][number]

const Turned = ({ target }: { target: Target }) => {
  if (target.kind !== 'schedule') return <b>{target.kind === 'team' ? `all of ${target.name}` : target.name}</b>
  return (
    <>
      On call for <b>{target.name}</b>
      {target.now.length > 0 && <span className="faint">, {listWords(target.now)} now</span>}
      {target.now.length === 0 && (
        <>
          , <Nobody scheduleId={target.id} words="nobody now" />
        </>
      )}
    </>
  )
}

/** The steps of a policy in words: when after the start, and to whom. */
export function StepWords({ steps }: Pick<Policy, 'steps'>) {
  let at = 0
  return (
    <dl className={styles.steps}>
      {steps.map(({ delayMinutes, targets }, index) => {
        at += delayMinutes
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
          <Fragment key={index}>
            <dt className="faint num">{afterWords(at)}</dt>
            <dd>
              {targets.map((target, place) => (
                <Fragment key={target.id}>
                  {place > 0 && '; '}
                  <Turned target={target} />
                </Fragment>
              ))}
            </dd>
          </Fragment>
        )
      })}
    </dl>
  )
}

export const endWords = ({ repeats, ackTimeoutMinutes }: Pick<Policy, 'repeats' | 'ackTimeoutMinutes'>): string =>
  [
    repeats === 0 ? 'It does not repeat.' : `If nobody answers, it repeats ${timesWords(repeats)}.`,
    ackTimeoutMinutes && `Acknowledged and not solved after ${ackTimeoutMinutes} min, it starts again.`,
  ]
    .filter(Boolean)
    .join(' ')

const SHOWN = 5

const servicesWords = (services: Policy['services']): string => {
  if (services.length === 0) return 'No service uses it.'
  const shown = services.slice(0, SHOWN).map(({ name }) => name)
  const more = services.length - shown.length
  return `Used by ${more > 0 ? `${shown.join(', ')} and ${more} more` : listWords(shown)}.`
}

/** All escalation policies: whom a page turns to, in which order, and for which services. */
export function Policies() {
  const policies = usePolicies()
  const may = useMay('policy.write')
  const add = (
    <Act label="New policy" k="p" to={paths.policy('new')} not={!may && 'Leads and administrators make policies.'} />
  )
  if (policies.isError && !policies.data)
    return (
      <Panel title="Escalation policies">
        <Failed what="The policies could not be loaded." error={policies.error} retry={() => void policies.refetch()} />
      </Panel>
    )
  if (!policies.data)
    return (
      <Panel title="Escalation policies">
        <Loading lines={3} />
      </Panel>
    )
  if (policies.data.items.length === 0)
    return (
      <Panel title="Escalation policies">
        <Empty title="No escalation policies yet." act={add}>
          A policy says whom a page turns to, in which order, and after how many minutes it goes on to the next.
        </Empty>
      </Panel>
    )
  return (
    <section aria-label="Escalation policies">
      <div className={styles.heading}>
        <h2>Escalation policies</h2>
        <span className="faint clip">whom a page turns to, in minutes after its start</span>
        <span className={styles.end}>{add}</span>
      </div>
      <div className={styles.cards}>
        {policies.data.items.map((policy) => (
          <Panel
            key={policy.id}
            title={<Link to={paths.policy(policy.id)}>{policy.name}</Link>}
            words={policy.team?.name}
            foot={<span>{servicesWords(policy.services)}</span>}
            pad
          >
            <StepWords steps={policy.steps} />
            <div className={`muted ${styles.after}`}>{endWords(policy)}</div>
          </Panel>
        ))}
      </div>
    </section>
  )
}
