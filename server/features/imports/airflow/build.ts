import { type Condition, noWaits } from '../../../../contract/jobs/waits.ts'
import { joined } from '../conditions.ts'
import type { Finding, ImportedJob, ImportOptions } from '../define-importer.ts'
import { isTrue, type Json, numberIn, textIn, textsIn } from '../json-values.ts'
import { namesOf, nightOrder } from '../night-order.ts'
import { type Note, notebook } from '../notebook.ts'
import { assetCondition, elsewhere, upstreamCondition } from './conditions.ts'
import { deadlinesOf } from './deadlines.ts'
import { type Dag, type Estate, type Task, taskKey } from './read.ts'
import { scheduleOf } from './schedule.ts'
import { median, secondsIn } from './values.ts'

const MOST_REF = 300
const MOST_SECONDS = 400 * 86_400
/** It is so wide that it holds nobody up, unless somebody has made it narrow. */
const USUAL_POOL = 'default_pool'

const bounded = (seconds: number | null): number | null =>
  seconds === null || seconds <= 0 ? null : Math.min(MOST_SECONDS, Math.max(1, Math.round(seconds)))

/** Each DAG a box, each of its tasks a job in it. */
export const buildDags = (estate: Estate, options: ImportOptions): { jobs: ImportedJob[]; findings: Finding[] } => {
  const { noteFor, findings } = notebook()
  const refOf = (key: string) => [options.host, key].filter(Boolean).join('/').slice(0, MOST_REF)
  const starters = startersOf(estate, refOf)
  const jobs = [...estate.dags.values()].flatMap((dag) => {
    const tasks = estate.tasks.get(dag.id) ?? []
    const note = noteFor(dag, dag.id)
    const box = boxOf(dag, tasks, { estate, options, refOf, note, startedBy: starters.get(dag.id) ?? [] })
    const upstream = upstreamOf(tasks, (id) => noteFor(dag, taskKey(dag.id, id)))
    return [
      box,
      ...tasks.map((task) =>
        taskOf(dag, task, upstream.get(task.id) ?? [], {
          estate,
          options,
          refOf,
          note: noteFor(task, taskKey(dag.id, task.id)),
          box,
        }),
      ),
    ]
  })
  return { jobs, findings: [...findings(), ...circlesOf(jobs)] }
}

type Tools = { estate: Estate; options: ImportOptions; refOf(key: string): string; note: Note }

const boxOf = (
  { id, node, ...place }: Dag,
  tasks: readonly Task[],
  { estate, options, refOf, note, startedBy }: Tools & { startedBy: readonly Condition[] },
): ImportedJob => {
  const { schedule, unscheduled, zone } = scheduleOf(node, options.zone, options.now, note)
  if (tasks.length === 0)
    note(
      'no-tasks',
      'info',
      'its tasks are not among the files, so that it is known as a whole alone. Add what dags/<dag_id>/tasks answers.',
    )
  if (isTrue(node.catchup))
    note(
      'catches-up',
      'info',
      'after a pause it runs for all the intervals that it missed (catchup): more often than expected.',
    )
  const runs = estate.durations.get(id) ?? []
  const byAssets = schedule ? null : assetCondition(node, id, estate.assets, (p) => refOf(taskKey(p.dag, p.task)), note)
  const condition = schedule ? null : joined('any', [byAssets ?? [], startedBy].flat())
  const longest = bounded(secondsIn(node.dag_run_timeout))
  const stands = tasks.length > 0 || condition !== null
  return {
    file: place.file,
    line: place.line,
    externalId: refOf(id),
    name: id,
    schedule: schedule ?? (stands ? { kind: 'waits', zone } : null),
    unscheduled: schedule || stands ? null : unscheduled,
    command: textIn(node.fileloc),
    host: options.host,
    tags: tagsOf(node),
    description: textIn(node.description),
    enabled: node.is_paused !== true && node.is_active !== false,
    graceSeconds: null,
    maxRunSeconds: longest,
    waits: {
      ...noWaits,
      isBox: tasks.length > 0,
      condition,
      killAfterSeconds: longest,
      typicalSeconds: tasks.length > 0 ? null : bounded(median(runs)),
    },
    deadlines: deadlinesOf({ node, dag: id, schedule, runs, note }),
    attributes: node,
  }
}

const tagsOf = (node: Json): string[] => [
  ...(Array.isArray(node.tags) ? node.tags.map((t: unknown) => textIn((t as Json | null)?.name ?? t)) : []),
  ...(Array.isArray(node.owners) ? textsIn(node.owners) : []),
]

/** The API names for each task those that come after it. */
const upstreamOf = (tasks: readonly Task[], noteFor: (id: string) => Note): Map<string, string[]> => {
  const ids = new Set(tasks.map((t) => t.id))
  const found = new Map<string, string[]>()
  for (const { id, node } of tasks)
    for (const later of textsIn(node.downstream_task_ids)) {
      if (ids.has(later)) found.set(later, [...(found.get(later) ?? []), id])
      else noteFor(id)('task-unknown', 'warn', `${later}, which comes after it, is not among the tasks of its DAG.`)
    }
  return found
}

const taskOf = (
  dag: Dag,
  { id, node, ...place }: Task,
  upstream: readonly string[],
  { estate, options, refOf, note, box }: Tools & { box: ImportedJob },
): ImportedJob => {
  const key = taskKey(dag.id, id)
  const rule = textIn(node.trigger_rule) || 'all_success'
  const before = upstreamCondition(
    rule,
    upstream.map((u) => refOf(taskKey(dag.id, u))),
    note,
  )
  const other = elsewhere(node, estate.rendered.get(key))
  const outside = other.isSensor ? sensed(other, refOf, note) : []
  if (isTrue(node.depends_on_past))
    note(
      'depends-on-past',
      'info',
      'it waits for its own last run to have succeeded (depends_on_past), which is not carried over.',
    )
  const longest = bounded(secondsIn(node.execution_timeout))
  const pool = textIn(node.pool)
  return {
    file: place.file,
    line: place.line,
    externalId: refOf(key),
    name: key,
    schedule: { kind: 'waits', zone: box.schedule && 'zone' in box.schedule ? box.schedule.zone : options.zone },
    unscheduled: null,
    command: textIn((node.class_ref as Json | undefined)?.class_name) || textIn(node.operator_name),
    host: options.host,
    tags: [dag.id],
    description: textIn(node.doc_md) || textIn(node.task_display_name),
    enabled: box.enabled,
    graceSeconds: null,
    maxRunSeconds: longest,
    waits: {
      ...noWaits,
      // What runs only when another has failed is skipped otherwise: its DAG does not wait for it.
      box: /failed$/.test(rule) && !rule.startsWith('none') ? null : refOf(dag.id),
      condition: joined('all', [before ?? [], outside].flat()),
      conditionText: upstream.length > 0 ? `${rule} of ${upstream.join(', ')}`.slice(0, 20_000) : null,
      resources:
        pool && pool !== USUAL_POOL
          ? [
              {
                name: pool.slice(0, 200),
                units: Math.min(1_000_000, Math.max(1, Math.round(numberIn(node.pool_slots) ?? 1))),
              },
            ]
          : [],
      retries: Math.min(100, Math.max(0, Math.round(numberIn(node.retries) ?? 0))),
      killAfterSeconds: longest,
      // What a sensor waits for is in its condition: it takes no time of its own.
      typicalSeconds: outside.length > 0 ? 1 : bounded(median(estate.durations.get(key) ?? [])),
    },
    attributes: node,
  }
}

/** Of a sensor on another DAG: its end, or that of the tasks it names, on the same date. */
const sensed = ({ dag, tasks }: ReturnType<typeof elsewhere>, refOf: Tools['refOf'], note: Note): Condition[] => {
  if (!dag) {
    note(
      'looks-elsewhere',
      'info',
      'it waits for another DAG, which only its last run names. Add what taskInstances answers, or draw the edge here.',
    )
    return []
  }
  const keys = tasks.length > 0 ? tasks.map((t) => taskKey(dag, t)) : [dag]
  return keys.map((key) => ({ kind: 'job', job: refOf(key), is: 'succeeded', within: 'same-date' }))
}

/** Tasks that start another DAG when they run. */
const startersOf = (estate: Estate, refOf: Tools['refOf']): Map<string, Condition[]> => {
  const found = new Map<string, Condition[]>()
  for (const [dag, tasks] of estate.tasks)
    for (const { id, node } of tasks) {
      const { isTrigger, starts } = elsewhere(node, estate.rendered.get(taskKey(dag, id)))
      if (!isTrigger || !starts) continue
      const by: Condition = { kind: 'job', job: refOf(taskKey(dag, id)), is: 'succeeded', within: 'own-last-run' }
      found.set(starts, [...(found.get(starts) ?? []), by])
    }
  return found
}

const circlesOf = (jobs: readonly ImportedJob[]): Finding[] =>
  nightOrder(jobs, ['same-date', 'own-last-run']).stuck.flatMap((stuck): Finding[] => {
    const first = stuck.find((j) => j.waits?.condition) ?? stuck[0]
    if (!first) return []
    const { file, line } = first
    const words = stuck.length === 1 ? 'waits for itself' : 'wait for one another'
    return [
      {
        file,
        line,
        rule: 'cycle',
        severity: 'warn',
        message: `${namesOf(stuck)} ${words}: what they wait for never comes by itself.`,
      },
    ]
  })
