import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { Act } from '../../ui/Act.tsx'
import { Toggle } from '../../ui/Chip.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useKeys } from '../../ui/keys.ts'
import { keyset, rowsOf } from '../../ui/list.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { useUrlState } from '../../ui/url.ts'
import { factsEvery } from './data.ts'
import { HoldState } from './HoldState.tsx'
import { MaintenanceForm } from './MaintenanceForm.tsx'
import { MaintenanceView } from './MaintenanceView.tsx'
import { coveredInWords, recurrenceInWords } from './maintenance-words.ts'
import styles from './Silences.module.css'
import { capped, type Maintenance } from './words.ts'

const windowState = ({ next, endedAt, endsAt }: Maintenance) => ({
  from: next?.from ?? null,
  to: next?.to ?? endsAt,
  endedAt: endedAt ?? (next === null ? endsAt : null),
})

const When = ({ row }: { row: Maintenance }) => (
  <>
    {row.next && row.endedAt === null ? (
      <>
        <Stamp at={row.next.from} /> to <Stamp at={row.next.to} />
      </>
    ) : (
      <Stamp at={row.endedAt ?? row.endsAt ?? row.startsAt} />
    )}
  </>
)

const columnsFor = (open: (id: string) => void): readonly Column<Maintenance>[] => [
  { title: 'State', width: 92, cell: (row) => <HoldState {...windowState(row)} /> },
  {
    title: 'Maintenance',
    cell: (row) => (
      <button type="button" className={styles.name} onClick={() => open(row.id)}>
        <span className="strong">{row.name}</span> <span className="faint">{coveredInWords(row)}</span>
      </button>
    ),
  },
  { title: 'Holding', width: 74, align: 'right', cell: (row) => (row.holding > 0 ? capped(row.holding) : '') },
  { title: 'Now or next', width: 176, cell: (row) => <When row={row} /> },
  {
    title: 'Repeats',
    width: 230,
    faint: true,
    from: 900,
    cell: (row) => (row.recurrence ? recurrenceInWords(row.recurrence) : 'once'),
  },
  { title: 'By', width: 100, faint: true, from: 640, cell: (row) => row.createdBy.name },
]

/** Maintenance windows: planned work during which nobody is told, once or again and again. */
export function Maintenances({ views }: { views: ReactNode }) {
  const [past, setPast] = useUrlState('past', 'no')
  const [shown, show] = useUrlState('window', '')
  const [creating, setCreating] = useState(false)
  const [cursor, setCursor] = useState<string>()
  const may = useMay('silence.write')
  const list = useInfiniteQuery({
    ...query.alerts.maintenance.list.infiniteOptions({
      input: (page: string | undefined) => ({
        view: past === 'yes' ? ('all' as const) : ('open' as const),
        limit: 100,
        ...(page && { cursor: page }),
      }),
      ...keyset,
    }),
    refetchInterval: factsEvery,
  })
  const rows = rowsOf(list.data)
  useKeys([{ key: 'Enter', label: 'Look at the maintenance', kind: 'move', run: () => cursor && show(cursor) }], {
    when: (rows?.length ?? 0) > 0,
  })
  return (
    <Page
      title="Alerts"
      fill
      chips={
        <>
          {views}
          <Toggle on={past === 'yes'} onChange={(on) => setPast(on ? 'yes' : 'no')}>
            Also over
          </Toggle>
        </>
      }
      acts={
        <Act
          label="Plan maintenance"
          k="c"
          kind="primary"
          run={() => setCreating(true)}
          not={!may && 'You may not plan maintenance. A responder of the team may.'}
        />
      }
    >
      <Panel fill label="Maintenance windows">
        <DataTable
          label="Maintenance windows"
          rows={rows}
          source={list}
          rowId={(row) => row.id}
          columns={columnsFor(show)}
          cursor={cursor}
          onCursor={setCursor}
          phone={(row) => (
            <button type="button" className={styles.name} onClick={() => show(row.id)}>
              <TwoLine
                mark={<HoldState {...windowState(row)} />}
                title={row.name}
                words={<When row={row} />}
                end={row.recurrence ? 'repeats' : 'once'}
              />
            </button>
          )}
          empty={
            <Empty title={past === 'yes' ? 'No maintenance was ever planned.' : 'No maintenance is planned.'}>
              While a window lasts, the alerts of its services, hosts or environments are held back: all is watched, and
              nobody is told. It happens once, or again and again, such as each Saturday from 02:00 for two hours.
            </Empty>
          }
        />
      </Panel>
      <Dialog opened={creating} onClose={() => setCreating(false)} title="Plan maintenance" wide>
        {creating && <MaintenanceForm onClose={() => setCreating(false)} />}
      </Dialog>
      <MaintenanceView id={shown} onClose={() => show('')} />
    </Page>
  )
}
