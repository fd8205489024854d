import type { Finding, ImportFile, Place, Refusal } from '../define-importer.ts'
import { jsonPlaces, placeName } from '../json-places.ts'
import { isObject, type Json, numberIn, objectsIn, textIn } from '../json-values.ts'
import { durationOf } from './values.ts'

/** What the REST API of Airflow answers, of its version 1 (Airflow 2) and 2 (Airflow 3), file by file, put together. */

export type Dag = Place & { id: string; node: Json }
export type Task = Place & { id: string; node: Json }
export type Asset = { uri: string; name: string; producers: { dag: string; task: string }[]; consumers: string[] }
export type Estate = {
  dags: Map<string, Dag>
  tasks: Map<string, Task[]>
  /** Seconds of successful runs, the latest first: of DAGs by their ids, of tasks by `dag.task`. */
  durations: Map<string, number[]>
  /** What the fields of a task were in its last run. */
  rendered: Map<string, Json>
  assets: Asset[]
  findings: Finding[]
  refused: Refusal[]
}

export const taskKey = (dag: string, task: string): string => `${dag}.${task}`

type Document = { file: string; line: number; value: unknown; lineOf(path: (string | number)[]): number }

export const readAirflow = (files: readonly ImportFile[]): Estate => {
  const estate: Estate = {
    dags: new Map(),
    tasks: new Map(),
    durations: new Map(),
    rendered: new Map(),
    assets: [],
    findings: [],
    refused: [],
  }
  const documents = files.flatMap((file) => documentsOf(file, estate.refused))
  const tasks: { document: Document; answer: Json }[] = []
  for (const document of documents) {
    const { value } = document
    if (!isObject(value)) {
      estate.refused.push(
        refusal(document, 'It is no answer of the API: these are objects with dags, tasks, dag_runs …'),
      )
      continue
    }
    if (Array.isArray(value.tasks) && !value.schedule_interval) tasks.push({ document, answer: value })
    else if (!takeAnswer(value, document, estate))
      estate.refused.push(
        refusal(document, 'It holds none of dags, tasks, dag_runs, task_instances, datasets, assets: it is left out.'),
      )
    pageFinding(value, document, estate)
  }
  for (const { document, answer } of tasks) takeTasks(answer, document, estate)
  return estate
}

const refusal = ({ file, line }: Document, reason: string): Refusal => ({ file, line, reason })

/** A file may hold several answers one after another. */
const documentsOf = (file: ImportFile, refused: Refusal[]): Document[] => {
  const parts = [{ text: file.text, line: 1 }]
  try {
    JSON.parse(file.text)
  } catch {
    parts.splice(0, 1, ...separated(file.text))
  }
  return parts.flatMap(({ text, line }): Document[] => {
    try {
      const value: unknown = JSON.parse(text)
      const { lines } = jsonPlaces(text)
      return [{ file: file.name, line, value, lineOf: (path) => (lines.get(placeName(path)) ?? 1) + line - 1 }]
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error)
      refused.push({ file: file.name, line, reason: `It cannot be read as JSON: ${said.slice(0, 200)}.` })
      return []
    }
  })
}

const separated = (text: string): { text: string; line: number }[] => {
  const parts: { text: string; line: number }[] = []
  let deep = 0
  let line = 1
  let begin = 0
  let beginLine = 1
  for (const { 0: token, index } of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]]|\n/g)) {
    if (token === '\n') line++
    else if (token === '{' || token === '[') {
      if (deep++ === 0) [begin, beginLine] = [index, line]
    } else if ((token === '}' || token === ']') && --deep === 0)
      parts.push({ text: text.slice(begin, index + 1), line: beginLine })
    if (deep < 0) break
  }
  return deep === 0 && parts.length > 0 ? parts : [{ text, line: 1 }]
}

/** True where it was an answer that is known. */
const takeAnswer = (value: Json, document: Document, estate: Estate): boolean => {
  const { file } = document
  const { dags, dag_runs: runs, task_instances: instances } = value
  const assets = value.datasets ?? value.assets
  if (Array.isArray(dags))
    for (const [at, node] of dags.entries())
      if (isObject(node)) takeDag(node, { file, line: document.lineOf(['dags', at]) }, estate)
  if (Array.isArray(runs))
    for (const run of objectsIn(runs)) if (run.state === 'success') addDuration(textIn(run.dag_id), run, estate)
  if (Array.isArray(instances)) for (const instance of objectsIn(instances)) takeInstance(instance, estate)
  if (Array.isArray(assets)) estate.assets.push(...objectsIn(assets).map(assetOf))
  if ([dags, runs, instances, assets, value.pools].some(Array.isArray)) return true
  if (!textIn(value.dag_id) || value.task_id !== undefined) return false
  takeDag(value, { file, line: document.line }, estate)
  return true
}

/** Its details say more than the list of all of them; together they say all. */
const takeDag = (node: Json, place: Place, estate: Estate): void => {
  const id = textIn(node.dag_id)
  if (!id) {
    estate.refused.push({ ...place, reason: 'A DAG has a dag_id.' })
    return
  }
  const before = estate.dags.get(id)
  estate.dags.set(id, { ...(before ?? place), id, node: { ...before?.node, ...node } })
}

const takeInstance = (instance: Json, estate: Estate): void => {
  const key = taskKey(textIn(instance.dag_id), textIn(instance.task_id))
  if (isObject(instance.rendered_fields) && !estate.rendered.has(key))
    estate.rendered.set(key, instance.rendered_fields)
  if (instance.state === 'success') addDuration(key, instance, estate)
}

const addDuration = (key: string, node: Json, { durations }: Estate): void => {
  const seconds = durationOf(node)
  if (seconds === null) return
  const list = durations.get(key)
  if (list) list.push(seconds)
  else durations.set(key, [seconds])
}

const assetOf = (node: Json): Asset => ({
  uri: textIn(node.uri),
  name: textIn(node.name),
  producers: objectsIn(node.producing_tasks).map((p) => ({ dag: textIn(p.dag_id), task: textIn(p.task_id) })),
  consumers: [...objectsIn(node.consuming_dags), ...objectsIn(node.scheduled_dags)].map((c) => textIn(c.dag_id)),
})

/** The API does not say whose tasks it answers: the file's name does, or what is put beside them, or the runs. */
const takeTasks = (answer: Json, document: Document, estate: Estate): void => {
  const nodes = (answer.tasks as unknown[]).map((node, at) => ({ node, line: document.lineOf(['tasks', at]) }))
  const known = nodes.flatMap(({ node, line }) =>
    isObject(node) && textIn(node.task_id) ? [{ id: textIn(node.task_id), node, file: document.file, line }] : [],
  )
  const dag = ownerOf(answer, document.file, known, estate)
  if (dag === null) {
    estate.refused.push(
      refusal(
        document,
        'It does not say of which DAG these tasks are. Name the file after it, such as eod.tasks.json, or add "dag_id" beside "tasks".',
      ),
    )
    return
  }
  if (!estate.dags.has(dag))
    estate.dags.set(dag, { file: document.file, line: document.line, id: dag, node: { dag_id: dag } })
  estate.tasks.set(dag, [...(estate.tasks.get(dag) ?? []), ...known])
}

const ownerOf = (answer: Json, file: string, tasks: readonly Task[], estate: Estate): string | null => {
  const said = textIn(answer.dag_id) || textIn(tasks[0]?.node.dag_id)
  if (said) return said
  const path = file.split('/')
  const name = (path.at(-1) ?? '').replace(/\.json$/i, '')
  const parts = [name.replace(/^tasks[-_.]|[-_.]tasks$/gi, ''), ...path.slice(0, -1).reverse()]
  const named = parts.find((part) => estate.dags.has(part))
  if (named) return named
  if (name.toLowerCase() !== 'tasks' && /tasks/i.test(name)) return parts[0] ?? null
  const ids = [...estate.dags.keys()].filter((id) =>
    tasks.every((t) => estate.durations.has(taskKey(id, t.id)) || estate.rendered.has(taskKey(id, t.id))),
  )
  if (ids.length === 1 && tasks.length > 0) return ids[0] ?? null
  return estate.dags.size === 1 ? ([...estate.dags.keys()][0] ?? null) : null
}

const lists = ['dags', 'tasks', 'dag_runs', 'task_instances', 'datasets', 'assets']

/** The API gives a hundred at once unless it is asked for more. */
const pageFinding = (value: Json, { file, line }: Document, { findings }: Estate): void => {
  const total = numberIn(value.total_entries) ?? 0
  for (const list of lists) {
    const here = value[list]
    if (!Array.isArray(here) || here.length >= total || /runs|instances/.test(list)) continue
    findings.push({
      file,
      line,
      rule: 'one-page',
      severity: 'warn',
      message: `It holds ${here.length} of ${total} ${list}: ask for the others with offset=${here.length}, and give them together.`,
    })
  }
}
