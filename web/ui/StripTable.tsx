import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { DataTable } from './DataTable.tsx'
import { useNow } from './now.ts'
import { type StripCell, stretches, stripWords } from './strip.ts'
import { useZone } from './Time.tsx'
import { TwoLine } from './TwoLine.tsx'
import { millis, span, stamp } from './time.ts'

export type StripTableRow = { key: string; name: string; to?: string; now: ReactNode; cells: readonly StripCell[] }

/** The same as strips, in words: how each is now, and when it was not up. */
export function StripTable({ label, of, rows }: { label: string; of: string; rows: readonly StripTableRow[] }) {
  const zone = useZone()
  const now = useNow()
  const words = ({ cells }: StripTableRow) =>
    stretches(cells)
      .map(
        ({ state, from, to }) =>
          // A cell that goes on has no more in it than what is over.
          `${stripWords[state]} ${stamp(from, now, zone)} for ${span(Math.min(millis(to), now) - millis(from), 'long')}`,
      )
      .join('; ') || 'up all the time'
  const name = ({ name: words, to }: StripTableRow) => (to ? <Link to={to}>{words}</Link> : words)
  return (
    <DataTable
      flow
      keys={false}
      label={label}
      rows={rows}
      rowId={({ key }) => key}
      columns={[
        { title: of, width: 190, main: true, cell: name },
        { title: 'Now', width: 130, cell: (row) => row.now },
        { title: 'When it was not up, to the quarter of an hour', faint: true, cell: words },
      ]}
      phone={(row) => <TwoLine title={name(row)} urgent={row.now} words={words(row)} />}
      empty={null}
    />
  )
}
