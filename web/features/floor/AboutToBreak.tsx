import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { Status } from '../../ui/Marks.tsx'
import { useNow } from '../../ui/now.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { useStill } from '../../ui/still.ts'
import { Due } from '../../ui/Time.tsx'
import { useBroken, useRisks } from './data.ts'
import styles from './floor.module.css'
import { besides, type Risk, risksOf } from './risks.ts'

/**
 * What goes wrong unless somebody acts: jobs that did not come or take too long, clocks that run out within four hours.
 * `broken`: how many incidents stand under Broken now, with their clocks; those are not repeated here.
 */
export function AboutToBreak({ most, broken }: { most: number; broken: number }) {
  const { incidents, rows } = useBroken()
  const { jobs, tickets, error, retry } = useRisks()
  const now = useNow()
  const risks = useStill(
    jobs && tickets && !incidents.isPending ? risksOf(jobs, besides(tickets, rows.slice(0, broken)), now) : undefined,
  )
  const rest = risks ? risks.length - most : 0
  return (
    <Panel
      title="About to break"
      words="jobs, and other clocks of the next 4 h"
      foot={
        rest > 0 && (
          <>
            <span className="faint">{rest} more</span>
            <Link to={paths.jobs()} className={styles.rest}>
              Jobs
            </Link>
          </>
        )
      }
    >
      {!risks && error && <Failed what="What is about to break could not be loaded." error={error} retry={retry} />}
      {!risks && !error && <Loading lines={3} />}
      {risks?.length === 0 && (
        <Empty title="Nothing is about to break.">
          No job is late, and no clock of anything else runs out within four hours.
        </Empty>
      )}
      {risks && risks.length > 0 && (
        <ul className={styles.risks}>
          {risks.slice(0, most).map((risk) => (
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
