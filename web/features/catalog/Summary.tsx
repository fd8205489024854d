import { useState } from 'react'
import { Toggle } from '../../ui/Chip.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Cell, Cells, Panel } from '../../ui/Panel.tsx'
import { Strip } from '../../ui/Strip.tsx'
import { StripTable } from '../../ui/StripTable.tsx'
import { Due } from '../../ui/Time.tsx'
import { OpenNow, useCalendar } from './CalendarPanel.tsx'
import styles from './catalog.module.css'
import { cellsOf, type HealthOf } from './data.ts'
import { HealthMark } from './HealthMark.tsx'
import { cutOffTime, impactWords, type Service } from './words.ts'

const none = (words: string) => <span className="faint">{words}</span>
const alertsWords = (firing: number) => (firing > 1000 ? 'more than 1,000' : String(firing))

/** The few things that a person in trouble asks first. */
export function Summary({
  service,
  health,
  internal,
}: {
  service: Service
  health: HealthOf | undefined
  internal: boolean
}) {
  const calendar = useCalendar(service).data
  const next = service.cutOffs.toSorted((a, b) => a.nextAt.localeCompare(b.nextAt))[0]
  const impact = impactWords(service.impact)
  const firing = service.environments
    .flatMap((environment) => health?.of(service.id, environment) ?? [])
    .filter((of) => of.firing > 0)
  return (
    <Panel label="In short">
      <Cells>
        {health && (
          <Cell label="Open alerts">
            {firing.length === 0
              ? none('none')
              : firing.map((of) => `${alertsWords(of.firing)} in ${of.environment}`).join(', ')}
          </Cell>
        )}
        {internal && (
          <Cell label="If it breaks">{impact ? `It hurts ${impact}.` : none('Nobody is known to be hurt.')}</Cell>
        )}
        <Cell label="Next cut-off">
          {next ? (
            <>
              <Due at={next.nextAt} /> {next.name} {none(cutOffTime(next))}
            </>
          ) : (
            none('none')
          )}
        </Cell>
        {internal && (
          <Cell label="Support">
            {calendar ? <OpenNow of={calendar} /> : service.calendar ? none('…') : 'around the clock'}
          </Cell>
        )}
      </Cells>
    </Panel>
  )
}

/** The last 24 hours in each environment; what nothing watches has no strip but a sentence. */
export function Strips({ service, health }: { service: Service; health: HealthOf }) {
  const [asTable, setAsTable] = useState(false)
  const watched = service.environments
    .flatMap((environment) => health.of(service.id, environment) ?? [])
    .filter(({ state, strip }) => state !== 'unobserved' || strip.some((run) => run.state !== 'unobserved'))
  useKeys(
    [
      {
        key: 'b',
        label: asTable ? 'Last 24 hours as a picture' : 'Last 24 hours as a table',
        run: () => setAsTable(!asTable),
      },
    ],
    { when: watched.length > 0 },
  )
  if (watched.length === 0)
    return (
      <Panel title="Last 24 hours" pad>
        <span className="muted">
          Nothing watches it, so we do not know how it is. Its monitors and alerts will tell.
        </span>
      </Panel>
    )
  return (
    <Panel
      title="Last 24 hours"
      words="one cell = 15 min"
      right={
        <Toggle on={asTable} onChange={setAsTable}>
          Table <Kbd k="b" />
        </Toggle>
      }
      pad={!asTable}
    >
      {asTable ? (
        <StripTable
          label={`${service.name}, last 24 hours`}
          of="Environment"
          rows={watched.map((one) => ({
            key: one.environment,
            name: one.environment,
            now: <HealthMark of={one} />,
            cells: cellsOf(one.strip, health.from),
          }))}
        />
      ) : (
        <div className={styles.strips}>
          {watched.map((one) => (
            <div key={one.environment}>
              <span>{one.environment}</span>
              <HealthMark of={one} />
              <Strip label={`${service.name} in ${one.environment}`} cells={cellsOf(one.strip, health.from)} />
            </div>
          ))}
        </div>
      )}
    </Panel>
  )
}
