import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { paths } from '../../paths.ts'
import { statusOf } from '../../problem.ts'
import { Act } from '../../ui/Act.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { useIsPhone } from '../../ui/list.ts'
import { Columns, Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { useParam, useUrlState } from '../../ui/url.ts'
import { counted } from '../catalog/words.ts'
import { useJob } from '../jobs/data.ts'
import { StateMark } from '../jobs/StateMark.tsx'
import { DrawEdge } from './DrawEdge.tsx'
import { useJobGraph } from './data.ts'
import { Findings } from './Findings.tsx'
import { GraphSide, type JobGraphAnswer } from './GraphSide.tsx'
import { Drawn } from './graph/Drawn.tsx'
import { closedFirst, folded } from './graph/fold.ts'
import { Wide } from './graph/Wide.tsx'
import { useWhyNot } from './use-deadline-acts.ts'

const most = 50
/** More jobs than these are drawn on a canvas: as elements of the page they could not be moved without a stutter. */
const mostElements = 250
const levelOf = (text: string) => Math.min(Math.max(Math.trunc(Number(text)) || 0, 0), most)

/** What a job waits for, what waits for it, and which deadlines hang on it. */
export function JobGraph() {
  const id = useParam('id')
  const [up, setUp] = useUrlState<string>('up', '3')
  const [down, setDown] = useUrlState<string>('down', '5')
  const found = useJobGraph(id, levelOf(up), levelOf(down))
  const [as, setAs] = useUrlState<string>('as', '')
  const phone = useIsPhone()
  const [drawing, setDrawing] = useState(false)
  // Who may draw is asked of the job that would wait.
  const whyNot = useWhyNot()(useJob(id).data?.team ?? null)
  const table = phone ? as !== 'picture' : as === 'table'
  const graph = found.data?.job.id === id ? found.data : undefined
  return (
    <Page
      title={graph ? `Around ${graph.job.name}` : 'Around a job'}
      fill={!phone}
      chips={
        graph && (
          <>
            <Chip>{`${counted(graph.jobs.length, 'job')} · up to ${levelOf(up)} before, ${levelOf(down)} after`}</Chip>
            {graph.cut && <span className="faint">what is furthest is left out</span>}
          </>
        )
      }
      acts={
        <>
          {!phone && (
            <>
              <Act
                label="More before"
                k="["
                run={() => setUp(String(levelOf(up) + 1))}
                not={levelOf(up) >= most && 'There is no more.'}
              />
              <Act
                label="More after"
                k="]"
                run={() => setDown(String(levelOf(down) + 1))}
                not={levelOf(down) >= most && 'There is no more.'}
              />
              <Act
                label="Fewer"
                k="-"
                run={() =>
                  levelOf(up) >= levelOf(down) ? setUp(String(levelOf(up) - 1)) : setDown(String(levelOf(down) - 1))
                }
                not={levelOf(up) + levelOf(down) === 0 && 'Only the job itself is shown.'}
              />
            </>
          )}
          <Act label={table ? 'As a picture' : 'As a table'} k="t" run={() => setAs(table ? 'picture' : 'table')} />
          <Act label="Draw an edge" k="n" run={() => setDrawing(true)} not={whyNot} />
          <Act label="The job" k="b" to={paths.job(id)} />
        </>
      }
    >
      {!graph && (
        <Panel label="Around a job">
          {!found.isError && <Loading />}
          {found.isError &&
            ([400, 404, 422].includes(statusOf(found.error) ?? 0) ? (
              <Empty title="There is no such job." act={<Link to={paths.jobs()}>All jobs</Link>}>
                It may have been deleted.
              </Empty>
            ) : (
              <Failed what="The graph could not be loaded." error={found.error} retry={() => void found.refetch()} />
            ))}
        </Panel>
      )}
      {graph && <Shown key={id} graph={graph} table={table} phone={phone} mayChange={whyNot === undefined} />}
      {graph && drawing && <DrawEdge job={graph.job} onClose={() => setDrawing(false)} />}
    </Page>
  )
}

type ShownProps = { graph: JobGraphAnswer; table: boolean; phone: boolean; mayChange: boolean }

function Shown({ graph, table, phone, mayChange }: ShownProps) {
  const middle = graph.job.id
  const [closed, setClosed] = useState<ReadonlySet<string>>(() => closedFirst(graph, middle))
  const shown = useMemo(() => folded(graph, closed), [graph, closed])
  const fold = (box: string) => {
    const next = new Set(closed)
    if (!next.delete(box)) next.add(box)
    setClosed(next)
  }
  return (
    <Columns of="minmax(0, 1fr) 300px" fill={!phone}>
      <Panel
        title="What waits for what"
        words={
          table
            ? undefined
            : 'from left to right in the order in which they run · blue dashes: drawn by a person · dots: not at the same time'
        }
        fill={!phone && (table || 'full')}
      >
        {table ? (
          <GraphTable graph={graph} flow={phone} />
        ) : shown.jobs.length > mostElements ? (
          <Wide graph={shown} middle={middle} onFold={fold} />
        ) : (
          <Drawn graph={shown} middle={middle} onFold={fold} />
        )}
      </Panel>
      <div>
        <GraphSide graph={graph} mayChange={mayChange} />
        <Findings night={graph} />
      </div>
    </Columns>
  )
}

const levelWords = (level: number) => (level === 0 ? 'the job' : level < 0 ? `${-level} before` : `${level} after`)

/** What the picture shows, as rows. */
const GraphTable = ({ graph, flow }: { graph: JobGraphAnswer; flow: boolean }) => (
  <DataTable
    label={`Jobs around ${graph.job.name}`}
    flow={flow}
    rows={graph.jobs}
    rowId={({ id }) => id}
    to={({ id }) => paths.jobGraph(id, 'table')}
    columns={[
      { title: 'State', width: 108, cell: (row) => <StateMark state={row.state} /> },
      { title: 'Where', width: 84, faint: true, cell: (row) => levelWords(row.level) },
      { title: 'Job', main: true, width: 200, mono: true, cell: (row) => <b className="strong">{row.name}</b> },
      {
        title: 'Waits until',
        faint: true,
        from: 560,
        cell: (row) => <span title={row.condition ?? ''}>{row.condition}</span>,
      },
      { title: 'Deadlines', width: 150, from: 760, cell: (row) => row.deadlines.map(({ name }) => name).join(', ') },
    ]}
    empty={null}
    phone={(row) => (
      <TwoLine
        title={row.name}
        urgent={<StateMark state={row.state} />}
        words={row.condition ? `waits until ${row.condition}` : 'waits for nothing here'}
        end={levelWords(row.level)}
      />
    )}
  />
)
