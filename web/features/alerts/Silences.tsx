import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { query } from '../../api.ts'
import type { Column } from '../../ui/DataTable.tsx'
import { keyset, rowsOf } from '../../ui/list.ts'
import { Stamp } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { useUrlState } from '../../ui/url.ts'
import { factsEvery } from './data.ts'
import { HoldState } from './HoldState.tsx'
import { HoldsPage, RowName, usePast } from './HoldsPage.tsx'
import { SilenceDialog } from './SilenceDialog.tsx'
import { SilenceView } from './SilenceView.tsx'
import { capped, inWords, type Silence } from './words.ts'

const State = ({ row }: { row: Silence }) => <HoldState from={row.startsAt} to={row.endsAt} endedAt={row.endedAt} />
const End = ({ row }: { row: Silence }) => <Stamp at={row.endedAt ?? row.endsAt} full />

const columnsFor = (open: (id: string) => void): readonly Column<Silence>[] => [
  { title: 'State', width: 76, cell: (row) => <State row={row} /> },
  {
    title: 'Silenced alerts',
    cell: (row) => (
      <RowName onOpen={() => open(row.id)}>
        <span className="strong">{inWords(row.matchers)}</span> <span className="faint">{row.reason}</span>
      </RowName>
    ),
  },
  { title: 'Holding', width: 74, align: 'right', cell: (row) => (row.holding > 0 ? capped(row.holding) : '') },
  { title: 'Until', width: 104, cell: (row) => <End row={row} /> },
  { title: 'Team', width: 150, faint: true, from: 900, cell: (row) => row.team?.name ?? 'all teams' },
  { title: 'By', width: 100, faint: true, from: 640, cell: (row) => row.createdBy.name },
]

/** Silences: what is held back until when, and why. */
export function Silences({ views }: { views: ReactNode }) {
  const [view] = usePast()
  const [shown, show] = useUrlState<string>('silence', '')
  const [creating, setCreating] = useState(false)
  const list = useInfiniteQuery({
    ...query.alerts.silences.list.infiniteOptions({
      input: (page: string | undefined) => ({ view, limit: 100, ...(page && { cursor: page }) }),
      ...keyset,
    }),
    refetchInterval: factsEvery,
  })
  return (
    <HoldsPage
      label="Silences"
      views={views}
      rows={rowsOf(list.data)}
      source={list}
      columns={columnsFor(show)}
      create="New silence"
      onCreate={() => setCreating(true)}
      onOpen={show}
      phone={(row) => (
        <TwoLine
          mark={<State row={row} />}
          title={inWords(row.matchers)}
          urgent={<End row={row} />}
          words={`${row.createdBy.name}: ${row.reason}`}
          end={row.holding > 0 ? `${capped(row.holding)} held` : undefined}
        />
      )}
      empty={{
        title: view === 'all' ? 'Nothing was ever silenced.' : 'Nothing is silenced.',
        words:
          'A silence holds back the alerts that it describes until a time that you choose. Nobody is told of them, but everything goes on being watched, and the reason stands with each alert.',
      }}
    >
      <SilenceDialog of={creating ? [] : undefined} onClose={() => setCreating(false)} />
      <SilenceView id={shown} onClose={() => show('')} />
    </HoldsPage>
  )
}
