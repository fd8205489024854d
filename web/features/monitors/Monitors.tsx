import { useState } from 'react'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Choices } from '../../ui/Chip.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { rowsOf, useIsPhone } from '../../ui/list.ts'
import { serverNow } from '../../ui/now.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { useUrlState } from '../../ui/url.ts'
import { useMonitorCounts, useMonitors, useWhyNot } from './data.ts'
import { fields, isNarrowed, type View, views } from './filter.ts'
import { MonitorList } from './MonitorList.tsx'
import styles from './monitors.module.css'
import { Peek } from './Peek.tsx'
import { useAsk } from './use-ask.ts'
import { pauseOf, useLook, usePause } from './use-monitor-acts.ts'
import { capped } from './words.ts'

const viewWords: Record<View, string> = { all: 'All', trouble: 'Trouble', paused: 'Paused' }
const none: ReadonlySet<string> = new Set()
const day = 86_400_000

/** Everything that is looked at, the worst first. */
export function Monitors() {
  const [given, setView] = useUrlState<View>('view', 'all')
  const view = views.includes(given) ? given : 'all'
  const [filter, setFilter] = useUrlState<string>('q', '')
  const { ask, problems, known } = useAsk(filter, view)
  const source = useMonitors(ask)
  const counts = useMonitorCounts().data
  const [cursor, setCursor] = useState<string>()
  const [peeked, setPeeked] = useState<string>()
  const [marked, setMarked] = useState(none)
  const whyNot = useWhyNot()
  const phone = useIsPhone()
  const mayWrite = useMay('monitor.write') !== undefined
  const look = useLook()
  const pause = usePause()

  const rows = problems.length > 0 ? [] : rowsOf(source.data)
  const [page] = source.data?.pages ?? []
  const now = serverNow()
  const stretch = page
    ? { from: page.stripFrom, to: page.stripTo }
    : { from: new Date(now - day).toISOString(), to: new Date(now).toISOString() }
  const chosen = (rows ?? []).filter(({ id }) => (marked.size > 0 ? marked.has(id) : id === cursor))
  const pausing = pauseOf(chosen, whyNot)
  const newMonitor = mayWrite && <Act label="New monitor" k="c" kind="primary" to={paths.newMonitor()} />
  const narrowed = isNarrowed(filter) || view !== 'all'
  // Nothing is looked at yet: the one act stands beside the words that say so.
  const isNew = !narrowed && rows?.length === 0

  return (
    <Page
      title="Monitors"
      fill={!phone}
      chips={
        <>
          <Choices
            label="View"
            value={view}
            onChange={(next) => {
              setView(next)
              setMarked(none)
            }}
            of={views.map((value) => ({
              value,
              label: counts ? `${viewWords[value]} ${capped(counts[value])}` : viewWords[value],
            }))}
          />
          {marked.size > 0 && <span className="faint">{marked.size} selected</span>}
        </>
      }
      acts={
        <>
          {!phone && mayWrite && !isNew && (
            <>
              <Act
                label="Check now"
                k="r"
                busy={look.busy}
                run={() => look.run(chosen)}
                not={
                  chosen.length === 0
                    ? 'Choose a monitor first: j and k move, x selects.'
                    : chosen.map(({ team }) => whyNot(team)).find(Boolean)
                }
              />
              <Act
                label={pausing.label}
                k="P"
                busy={pause.busy}
                run={() => pause.run({ some: pausing.things, on: pausing.on })}
                not={pausing.not}
              />
            </>
          )}
          {!isNew && newMonitor}
        </>
      }
    >
      <Panel label="Monitors" fill={!phone}>
        {!isNew && (
          <div className={styles.filter}>
            <FilterBar
              label="Filter the monitors"
              value={filter}
              onChange={setFilter}
              fields={fields.map((name) => ({ name, values: known[name] ?? [] }))}
            />
            {problems.map((problem) => (
              <p key={problem} className={styles.problem} role="status">
                {problem}
              </p>
            ))}
          </div>
        )}
        <MonitorList
          rows={rows}
          stretch={stretch}
          source={source}
          cursor={cursor}
          onCursor={setCursor}
          onPeek={(row) => setPeeked(row.id)}
          marked={marked}
          onMarked={setMarked}
          empty={
            narrowed ? (
              <Empty title={view === 'trouble' && !isNarrowed(filter) ? 'Nothing is in trouble.' : 'No monitor fits.'}>
                {view === 'trouble' && !isNarrowed(filter)
                  ? 'Whatever is looked at answers as it should.'
                  : 'Take a part of the filter away, or choose another view.'}
              </Empty>
            ) : (
              <Empty title="Nothing is looked at yet." act={newMonitor}>
                A monitor looks at a page, a port, a name or a certificate again and again, and wakes somebody when it
                does not answer as it should. It takes a minute, and you see it answer before it is saved.
              </Empty>
            )
          }
        />
      </Panel>
      <Peek row={rows?.find(({ id }) => id === peeked)} stretch={stretch} onClose={() => setPeeked(undefined)} />
    </Page>
  )
}
