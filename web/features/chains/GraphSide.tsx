import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import type { jobGraph } from '../../../contract/chains/graph.ts'
import { api, query } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { toast } from '../../ui/toast.ts'
import { StateMark } from '../jobs/StateMark.tsx'
import styles from './chains.module.css'

export type JobGraphAnswer = z.output<typeof jobGraph>
type Named = { id: string; name: string }

const most = 8

const Names = ({ of, none }: { of: readonly Named[]; none: string }) => {
  if (of.length === 0) return <span className="faint">{none}</span>
  return (
    <span className={styles.names}>
      {of.slice(0, most).map(({ id, name }) => (
        <Link key={id} to={paths.jobGraph(id)} className="mono">
          {name}
        </Link>
      ))}
      {of.length > most && <span className="faint">and {of.length - most} more</span>}
    </span>
  )
}

/** The deadlines that hang on the job of a graph: those of the jobs that come after it, as far as is shown. */
const deadlinesOf = ({ jobs }: Pick<JobGraphAnswer, 'jobs'>): Named[] => {
  const all = jobs.filter(({ level }) => level >= 0).flatMap(({ deadlines }) => deadlines)
  return [...new Map(all.map((one) => [one.id, one])).values()]
}

/** Those that it waits for itself, and those that wait for it. */
export const besides = ({ job, jobs, edges }: Pick<JobGraphAnswer, 'job' | 'jobs' | 'edges'>) => {
  const named = new Map(jobs.map((one) => [one.id, one]))
  const of = (ids: readonly string[]) => ids.flatMap((id) => named.get(id) ?? [])
  return {
    before: of(edges.filter(({ to, mutex }) => to === job.id && !mutex).map(({ from }) => from)),
    after: of(edges.filter(({ from, mutex }) => from === job.id && !mutex).map(({ to }) => to)),
  }
}

/** The job in the middle in words, and the edges that people have drawn. */
export function GraphSide({ graph, mayChange }: { graph: JobGraphAnswer; mayChange: boolean }) {
  const job = graph.jobs.find(({ id }) => id === graph.job.id)
  const { before, after } = besides(graph)
  const deadlines = deadlinesOf(graph)
  const names = new Map(graph.jobs.map(({ id, name }) => [id, name]))
  const drawn = graph.edges.filter((edge) => edge.drawn !== null)
  const [removing, setRemoving] = useState<(typeof drawn)[number]>()
  const nameOf = (id: string) => names.get(id) ?? ''
  return (
    <>
      <Panel title={<span className="mono">{graph.job.name}</span>} right={job && <StateMark state={job.state} />}>
        <div className={styles.facts}>
          <Facts
            of={[
              { label: 'Waits for', value: <Names of={before} none="nothing here" /> },
              job?.condition ? { label: 'Waits until', value: job.condition } : undefined,
              { label: 'Waited for by', value: <Names of={after} none="nothing here" /> },
              {
                label: 'Deadlines that hang on it',
                value:
                  deadlines.length === 0 ? (
                    <span className="faint">none within these levels</span>
                  ) : (
                    <span className={styles.names}>
                      {deadlines.map(({ id, name }) => (
                        <Link key={id} to={paths.chain(id)}>
                          {name}
                        </Link>
                      ))}
                    </span>
                  ),
              },
            ]}
          />
        </div>
      </Panel>
      {drawn.length > 0 && (
        <Panel title="Drawn by people">
          <ul className={styles.edges}>
            {drawn.map((edge) => (
              <li key={edge.drawn}>
                <span>
                  <span className="mono">{nameOf(edge.to)}</span> waits for{' '}
                  <span className="mono">{nameOf(edge.from)}</span>
                </span>
                {mayChange && (
                  <Button
                    onClick={() => setRemoving(edge)}
                    aria-label={`Take away: ${nameOf(edge.to)} waits for ${nameOf(edge.from)}`}
                  >
                    Take away
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {removing?.drawn && (
        <RemoveEdge
          id={removing.drawn}
          from={nameOf(removing.from)}
          to={nameOf(removing.to)}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </>
  )
}

type RemoveProps = { id: string; from: string; to: string; onClose: () => void }

/** Its reason would be lost, so it is asked. */
function RemoveEdge({ id, from, to, onClose }: RemoveProps) {
  const act = useAct(() => api.chains.removeEdge({ id }), {
    refresh: [query.chains.key()],
    fields: [],
    done: () => {
      toast(`${to} waits for ${from} no more.`)
      onClose()
    },
  })
  return (
    <Dialog opened onClose={onClose} title="Take the edge away">
      <DialogForm
        act="Take away"
        danger
        onSubmit={() => act.run(undefined)}
        onClose={onClose}
        busy={act.busy}
        failed={act.failed}
      >
        <p>
          {to} is no longer taken to wait for {from}. Why somebody drew it stands in the journal; to have it back, draw
          it again.
        </p>
      </DialogForm>
    </Dialog>
  )
}
