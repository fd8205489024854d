import { isObject, type Json, numberIn, objectsIn, textIn } from '../../imports/index.ts'
import { SchedulerError, type Told } from '../define-scheduler.ts'

/** What its REST API says of runs of DAGs and of their tasks, of version 1 (Airflow 2) and 2 (Airflow 3). Pure. */

const momentOf = (value: unknown): number | null => {
  const at = Date.parse(textIn(value))
  return Number.isFinite(at) ? at : null
}

/** A page: what it holds, and how many there are in all. */
export const pageOf = (answer: unknown, list: string): { rows: Json[]; total: number } => {
  if (!isObject(answer) || !Array.isArray(answer[list]))
    throw new SchedulerError(`its answer holds no ${list}: the address is not that of Airflow`)
  const rows = objectsIn(answer[list])
  return { rows, total: numberIn(answer.total_entries) ?? rows.length }
}

const ends: Record<string, 'success' | 'fail'> = { success: 'success', failed: 'fail' }
/** It makes up for days long past, and answers for none that is expected. */
const isBackfill = (run: Json): boolean =>
  run.run_type === 'backfill' || textIn(run.dag_run_id).startsWith('backfill__')

export const dagRunTold = (run: Json): Told[] => {
  const [name, began] = [textIn(run.dag_id), momentOf(run.start_date)]
  const state = textIn(run.state)
  if (!name || began === null || isBackfill(run)) return []
  // Cleared, it runs again under the same id, from another beginning.
  const key = `airflow ${name} ${textIn(run.dag_run_id)} ${began}`
  return [
    ...(state === 'running' || ends[state]
      ? [{ name, kind: 'start' as const, run: key, id: `${key} start`, at: began }]
      : []),
    ...endOf(run, { name, run: key }),
  ]
}

const started = new Set(['running', 'deferred', 'up_for_reschedule', 'up_for_retry', 'restarting', 'success', 'failed'])

export const taskTold = (task: Json): Told[] => {
  const [dag, taskId, state] = [textIn(task.dag_id), textIn(task.task_id), textIn(task.state)]
  const began = momentOf(task.start_date)
  // One of many instances of a mapped task says nothing of the task as a whole.
  if (!dag || !taskId || (numberIn(task.map_index) ?? -1) >= 0 || isBackfill(task) || !started.has(state)) return []
  const name = `${dag}.${taskId}`
  // Tries are of one run; each time that it is cleared, the most tries grow, and it is another run.
  const key = `airflow ${name} ${textIn(task.dag_run_id)} ${textIn(task.max_tries)}`
  const host = textIn(task.hostname)
  const number = numberIn(task.try_number) ?? 1
  const shared = { name, run: key, isPart: true as const, ...(host ? { host } : {}) }
  const again = momentOf(task.end_date) ?? began
  return [
    ...(began === null ? [] : [{ ...shared, kind: 'start' as const, id: `${key} start`, at: began }]),
    ...(state === 'up_for_retry' && again !== null
      ? [
          {
            ...shared,
            kind: 'log' as const,
            id: `${key} try ${number}`,
            at: again,
            note: `Try ${number} failed; Airflow tries it again.`,
          },
        ]
      : []),
    ...endOf(task, { ...shared, ...(number > 1 ? { note: `Its try ${number}.` } : {}) }),
  ]
}

const endOf = (row: Json, shared: Omit<Told, 'kind' | 'id' | 'at'>): Told[] => {
  const kind = ends[textIn(row.state)]
  const at = momentOf(row.end_date)
  return kind && at !== null ? [{ ...shared, kind, id: `${shared.run} ${kind} ${at}`, at }] : []
}
