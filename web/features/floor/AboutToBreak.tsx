import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { Status } from '../../ui/Marks.tsx'
import { useNow } from '../../ui/now.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { useStill } from '../../ui/still.ts'
import { Due } from '../../ui/Time.tsx'
import { Deadlines } from './Deadlines.tsx'
import { useBroken, useRisks } from './data.ts'
import styles from './floor.module.css'
import { besides, deadlinesAtRisk, type Risk, risksOf } from './risks.ts'

/**
 * What goes wrong unless somebody acts: deadlines of the next four hours that will be missed, jobs that did not come or
 * take too long, clocks that run out.
 * `broken`: how many incidents stand under Broken now, with their clocks; those are not repeated here.
 */
export function AboutToBreak({ most, broken }: { most: number; broken: number }) {
  const { incidents, rows } = useBroken()
  const { deadlines, jobs, tickets, error, retry } = useRisks()
  const now = useNow()
  const missed = useStill(deadlines && deadlinesAtRisk(deadlines, now))
  const risks = useStill(
    jobs && tickets && !incidents.isPending ? risksOf(jobs, besides(tickets, rows.slice(0, broken)), now) : undefined,
  )
  const ready = risks !== undefined && missed !== undefined
  const chains = missed?.slice(0, most) ?? []
  const others = risks?.slice(0, Math.max(1, most - chains.length)) ?? []
  const rest = ready ? risks.length - others.length : 0
  const restOfChains = ready ? missed.length - chains.length : 0
  return (
    <Panel
      title="About to break"
      words="deadlines, jobs, and other clocks of the next 4 h"
      foot={
        rest + restOfChains > 0 && (
          <>
            <span className="faint">{rest + restOfChains} more</span>
            <Link to={restOfChains > 0 ? paths.chains() : paths.jobs()} className={styles.rest}>
              {restOfChains > 0 ? 'Chains' : 'Jobs'}
            </Link>
          </>
        )
      }
    >
      {!ready && error && <Failed what="What is about to break could not be loaded." error={error} retry={retry} />}
      {!ready && !error && <Loading lines={3} />}
      {ready && risks.length === 0 && missed.length === 0 && (
        <Empty title="Nothing is about to break.">
          No deadline is at risk, no job is late, and no clock of anything else runs out within four hours.
        </Empty>
      )}
      {chains.length > 0 && <Deadlines rows={chains} />}
      {ready && others.length > 0 && (
        <ul className={styles.risks}>
          {others.map((risk) => (
            <li key={`${risk.state} ${risk.id}`}>
              <Link to={risk.to} className="clip" data-rove>
                {risk.title}
              </Link>
              <span className="faint clip" title={risk.words}>
                {risk.words}
                {risk.who && ` · ${risk.who}`}
              </span>
              <span className={styles.end}>
                <Standing risk={risk} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

const stateWords = { missing: 'missing', running_long: 'running long', late: 'late', clock: 'over' } as const

const Standing = ({ risk: { at, state } }: { risk: Risk }) =>
  at === null ? (
    <Status tone={state === 'missing' ? 'down' : 'warn'}>{stateWords[state]}</Status>
  ) : (
    <Due at={at} why={state === 'clock' ? undefined : 'Then somebody is told, unless it comes.'} />
  )
