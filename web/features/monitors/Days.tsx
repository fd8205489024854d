import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { query } from '../../api.ts'
import { Toggle } from '../../ui/Chip.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Status, type Tone } from '../../ui/Marks.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { Strip } from '../../ui/Strip.tsx'
import { type StripCell, type StripState, stripWords } from '../../ui/strip.ts'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { type Day, dayWords, uptimeWords } from './days-words.ts'
import { stripState } from './words.ts'

const cellOf = (day: Day): StripCell => {
  const words = dayWords(day)
  return { from: day.from, to: day.to, state: stripState[day.state], ...(words && { words }) }
}

const tones: Record<StripState, Tone> = {
  ok: 'ok',
  warn: 'warn',
  down: 'down',
  blind: 'blind',
  unobserved: 'blind',
  none: 'off',
}
const State = ({ day: { state } }: { day: Day }) => {
  const cell = stripState[state]
  return <Status tone={tones[cell]}>{stripWords[cell]}</Status>
}

/** The days in words, the newest first. */
const DaysTable = ({ label, days }: { label: string; days: readonly Day[] }) => (
  <DataTable
    flow
    keys={false}
    label={label}
    rows={days.toReversed()}
    rowId={({ date }) => date}
    columns={[
      { title: 'Day', width: 110, main: true, cell: ({ date }) => date },
      { title: 'At its worst', width: 130, cell: (day) => <State day={day} /> },
      { title: 'What was not up', faint: true, cell: (day) => dayWords(day) ?? '–' },
    ]}
    phone={(day) => <TwoLine mark={<State day={day} />} title={day.date} words={dayWords(day)} />}
    empty={null}
  />
)

/** The last 90 days, a cell for each, with the uptime. */
export function Days({ id, name }: { id: string; name: string }) {
  const [asTable, setAsTable] = useState(false)
  const answer = useQuery({ ...query.monitors.days.queryOptions({ input: { id } }), refetchInterval: 300_000 })
  return (
    <Panel
      title="Last 90 days"
      words={answer.data ? `one cell = a day · ${uptimeWords(answer.data)}` : 'one cell = a day'}
      right={
        <Toggle on={asTable} onChange={setAsTable}>
          Table
        </Toggle>
      }
      pad={Boolean(answer.data) && !asTable}
    >
      {answer.data && asTable && <DaysTable label={`${name}, last 90 days`} days={answer.data.days} />}
      {answer.data && !asTable && <Strip label={`${name}, last 90 days`} cells={answer.data.days.map(cellOf)} tall />}
      {!answer.data && answer.isError && (
        <Failed what="The days could not be loaded." error={answer.error} retry={() => void answer.refetch()} />
      )}
      {!answer.data && !answer.isError && <Loading lines={1} />}
    </Panel>
  )
}
