import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { rowsOf } from '../../ui/list.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { Ago } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { capped } from '../monitors/words.ts'
import { type SchedulerRow, useSchedulers, useWhyNot } from './data.ts'
import { SchedulerState } from './SchedulerState.tsx'

const Read = ({ at }: { at: string | null }) => (at ? <Ago at={at} /> : <span className="faint">never</span>)

/** What is to be said of it in a line. */
const sentence = (row: SchedulerRow): string => {
  if (row.problem) return row.problem
  return row.state === 'paused' ? 'Nobody asks it' : (row.about ?? 'Not asked yet')
}

const columns: readonly Column<SchedulerRow>[] = [
  { title: 'State', width: 128, cell: (row) => <SchedulerState state={row.state} /> },
  {
    title: 'Scheduler',
    main: true,
    cell: (row) => (
      <>
        <span className="strong">{row.name}</span> <span className="faint">{row.title}</span>
      </>
    ),
  },
  { title: 'Last read', width: 110, cell: (row) => <Read at={row.readAt} /> },
  { title: 'Our jobs', width: 84, align: 'right', cell: (row) => capped(row.jobs) },
  {
    title: 'Not imported',
    width: 104,
    align: 'right',
    cell: (row) => (row.strangers > 0 ? capped(row.strangers) : <span className="faint">none</span>),
  },
  { title: 'What it says', width: 300, from: 900, faint: true, cell: sentence },
  { title: 'Team', width: 140, from: 1100, faint: true, cell: (row) => row.team?.name ?? 'all teams' },
]

/** The schedulers that are asked how their jobs run. */
export function Schedulers() {
  const list = useSchedulers()
  const rows = rowsOf(list.data)
  const connect = (
    <Act label="Connect a scheduler" k="c" kind="primary" to={paths.newScheduler()} not={useWhyNot(undefined)} />
  )
  const isNew = rows?.length === 0
  return (
    <Page title="Schedulers" fill acts={!isNew && connect}>
      <Panel fill label="Schedulers">
        <DataTable
          label="Schedulers"
          rows={rows}
          source={list}
          rowId={({ id }) => id}
          to={({ id }) => paths.scheduler(id)}
          columns={columns}
          phone={(row) => (
            <TwoLine
              mark={<SchedulerState state={row.state} />}
              title={row.name}
              urgent={row.strangers > 0 ? `${capped(row.strangers)} not imported` : undefined}
              words={sentence(row)}
              end={<Read at={row.readAt} />}
            />
          )}
          empty={
            <Empty title="No scheduler is connected yet." act={connect}>
              A connection asks Airflow, Control-M or Kubernetes how the jobs run that were imported from it: no job has
              to report itself.
            </Empty>
          }
        />
      </Panel>
    </Page>
  )
}
