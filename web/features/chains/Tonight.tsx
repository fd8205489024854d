import { Link, useNavigate } from '@tanstack/react-router'
import { Fragment, type ReactNode, useMemo, useState } from 'react'
import { paths } from '../../paths.ts'
import { useFocusKept } from '../../ui/focus-kept.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import { useKeys } from '../../ui/keys.ts'
import { serverNow } from '../../ui/now.ts'
import { Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { clock, zoneName } from '../../ui/time.ts'
import { ChainTable } from './ChainTable.tsx'
import styles from './chains.module.css'
import type { Night } from './data.ts'
import { Gantt } from './gantt/Gantt.tsx'
import { moved, nearOf, type Sight, wholeOf, zoomed } from './gantt/scale.ts'

type Props = {
  night: Night
  /** As rows in place of the picture. */
  table: boolean
  onTable: (on: boolean) => void
  /** Stands below it. */
  children: ReactNode
}

/** The chain as a picture or as rows, with what belongs to the night below. */
export function Tonight({ night, table, onTable, children }: Props) {
  const navigate = useNavigate()
  // undefined: what is near, or all of it, also when the night becomes longer.
  const [asked, setAsked] = useState<Sight>()
  const [all, setAll] = useState(false)
  const [cursor, setCursor] = useState<string>()
  const whole = useMemo(() => wholeOf(night), [night])
  const sight = asked ?? (all ? whole : nearOf(night, whole))
  const zoom = (by: number) => {
    const next = zoomed(sight, by, serverNow(), whole)
    if (next.to - next.from < whole.to - whole.from) return setAsked(next)
    setAsked(undefined)
    setAll(true)
  }
  const acts = [
    { key: '+', before: 'zoom', label: 'Nearer', run: () => zoom(0.6) },
    { key: '-', label: 'Further', run: () => zoom(1 / 0.6) },
    {
      key: '0',
      before: all && !asked ? 'near' : 'all',
      label: 'All of the night, or what is near',
      run: () => {
        setAsked(undefined)
        setAll(asked !== undefined || !all)
      },
    },
    { key: 'h', before: 'move', label: 'Earlier', run: () => setAsked(moved(sight, -0.25, whole)) },
    { key: 'l', label: 'Later', run: () => setAsked(moved(sight, 0.25, whole)) },
  ]
  useKeys(
    acts.map(({ key, label, run }) => ({ key, label, run, kind: 'move' as const, repeat: true })),
    { when: !table },
  )
  useKeys([{ key: 't', label: table ? 'As a picture' : 'As a table', run: () => onTable(!table), kind: 'do' }])
  const { job, id } = night.deadline
  const ways = [
    ...(job ? [{ label: 'Graph', key: 'G', to: paths.jobGraph(job.id) }] : []),
    { label: 'Back-test', key: 'b', to: paths.backtest(id) },
  ]
  useKeys(ways.map(({ label, key, to }) => ({ label, key, kind: 'do', run: () => void navigate({ to }) })))
  const kept = useFocusKept(table)
  const isFuture = night.words.state === 'planned'
  return (
    <div className={styles.tonight}>
      <Panel
        title={
          <span className={styles.whole}>{isFuture ? 'Planned' : night.words.doneAt ? 'That night' : 'Tonight'}</span>
        }
        words={
          table
            ? `times of ${zoneName(night.zone)}`
            : 'filled: done or running · outline: predicted, P10 to P90 · blue: critical path · tick: usual'
        }
        right={
          <>
            {!table && (
              <span className={styles.zoom}>
                <span className="faint num">
                  {clock(sight.from, night.zone)}–{clock(sight.to, night.zone)}
                </span>
                {acts.map(({ key, before, label, run }) => (
                  <Fragment key={key}>
                    {before && (
                      <span className="faint" aria-hidden="true">
                        {before}
                      </span>
                    )}
                    <button type="button" aria-label={label} title={label} aria-keyshortcuts={key} onClick={run}>
                      <Kbd k={key} />
                    </button>
                  </Fragment>
                ))}
              </span>
            )}
            <button type="button" className={styles.plain} aria-keyshortcuts="t" onClick={() => onTable(!table)}>
              {table ? 'As a picture' : 'As a table'} <Kbd k="t" />
            </button>
            {ways.map(({ label, key, to }) => (
              <Link key={key} className={styles.plain} aria-keyshortcuts={key} to={to}>
                {label} <Kbd k={key} />
              </Link>
            ))}
          </>
        }
        fill
      >
        {night.jobs.length === 0 ? (
          <Empty title="No job of it runs on this date.">
            Choose another date: [ and ] go a day earlier and later.
          </Empty>
        ) : (
          <div className={styles.kept} {...kept}>
            {table ? (
              <ChainTable night={night} cursor={cursor} onCursor={setCursor} />
            ) : (
              <Gantt night={night} sight={sight} cursor={cursor} onCursor={setCursor} />
            )}
          </div>
        )}
      </Panel>
      <Rows>{children}</Rows>
    </div>
  )
}
