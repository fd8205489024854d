import { actWords } from '../../../contract/acts/index.ts'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { rowsOf } from '../../ui/list.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { type SchedulerAction, useActions } from './data.ts'

const forWords = ({ team, scheduler, tags, environments }: SchedulerAction): string =>
  [team?.name ?? 'all teams', scheduler, tags.join(', '), environments.join(', ')].filter(Boolean).join(' · ')

const columns: readonly Column<SchedulerAction>[] = [
  { title: 'Does', width: 80, cell: ({ act }) => actWords[act].title },
  { title: 'Action', main: true, width: 240, cell: ({ name }) => <span className="strong">{name}</span> },
  { title: 'What is carried out', mono: true, from: 760, cell: ({ words }) => <span title={words}>{words}</span> },
  {
    title: 'For',
    width: 280,
    faint: true,
    from: 560,
    cell: (row) => <span title={forWords(row)}>{forWords(row)}</span>,
  },
]

/** How schedulers are told what people want done to a job. */
export function SchedulerActions() {
  const may = useMay('action.write')
  const list = useActions()
  const rows = rowsOf(list.data)
  const add = (
    <Act
      label="New action"
      k="c"
      kind="primary"
      to={paths.newSchedulerAction()}
      not={!may && 'You may not define actions. A lead or an administrator may.'}
    />
  )
  return (
    <Page
      title="Scheduler actions"
      fill
      chips={<span className="faint">how a scheduler is told to re-run, hold, release or kill a job</span>}
      acts={rows?.length !== 0 && add}
    >
      <Panel fill label="Scheduler actions">
        <DataTable
          label="Scheduler actions"
          rows={rows}
          source={list}
          rowId={({ id }) => id}
          to={({ id }) => paths.schedulerAction(id)}
          columns={columns}
          phone={(row) => <TwoLine title={row.name} words={`${actWords[row.act].title} · ${forWords(row)}`} />}
          empty={
            <Empty title="No action is defined yet." act={add}>
              An action is a program of the server, or a call over HTTP, that tells a scheduler to re-run, hold, release
              or kill a job. With one, the people of its team do it from the page of the job, and its answer is kept.
            </Empty>
          }
        />
      </Panel>
    </Page>
  )
}
