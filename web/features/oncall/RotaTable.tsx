import { DataTable } from '../../ui/DataTable.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import type { Bar, RotaRow } from './rota.ts'

type Line = Bar & { row: string; key: string }

/** Who has it in the days that are shown, a line each; what the layers would make of it stands in the picture alone. */
const linesOf = (rows: readonly RotaRow[]): readonly Line[] =>
  rows.flatMap(({ id, name, days, bars }) =>
    bars
      .filter(({ look }) => look !== 'layer' && look !== 'before')
      .filter(({ from, to }) => from < (days.at(-1)?.end ?? 0) && to > (days[0]?.start ?? 0))
      .map((bar) => ({ ...bar, row: name, key: `${id} ${bar.id}` })),
  )

/** The same as the calendar, in words. */
export const RotaTable = ({ label, rows }: { label: string; rows: readonly RotaRow[] }) => (
  <DataTable
    flow
    keys={false}
    label={label}
    rows={linesOf(rows)}
    rowId={({ key }) => key}
    columns={[
      { title: 'Schedule', width: 220, cell: ({ row }) => row },
      { title: 'Who', width: 180, main: true, cell: ({ text, you }) => (you ? `${text} (you)` : text) },
      { title: 'From', cell: ({ from }) => <Stamp at={from} full /> },
      { title: 'Until', cell: ({ to }) => <Stamp at={to} full /> },
    ]}
    phone={({ row, text, from, to }) => (
      <TwoLine
        title={text}
        words={row}
        end={
          <>
            <Stamp at={from} /> – <Stamp at={to} />
          </>
        }
      />
    )}
    empty={null}
  />
)
