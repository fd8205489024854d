import type { Condition } from '../../../../contract/jobs/waits.ts'
import { joined } from '../conditions.ts'
import { isObject, type Json, textIn } from '../json-values.ts'
import type { Note } from '../notebook.ts'
import type { Asset } from './read.ts'

/** An upstream task counts once it has run since this one's own last start: so it is for a DAG of every hour too. */
const after = (job: string, is: 'succeeded' | 'failed' | 'done'): Condition => ({
  kind: 'job',
  job,
  is,
  within: 'own-last-run',
})

type Rule = { kind: 'all' | 'any'; is: 'succeeded' | 'failed' | 'done'; isExact: boolean }

const rules: Record<string, Rule> = {
  all_success: { kind: 'all', is: 'succeeded', isExact: true },
  all_failed: { kind: 'all', is: 'failed', isExact: true },
  all_done: { kind: 'all', is: 'done', isExact: true },
  one_success: { kind: 'any', is: 'succeeded', isExact: true },
  one_failed: { kind: 'any', is: 'failed', isExact: true },
  one_done: { kind: 'any', is: 'done', isExact: true },
  // What was skipped is nothing here: these are as near as that allows.
  none_failed: { kind: 'all', is: 'succeeded', isExact: false },
  none_failed_min_one_success: { kind: 'all', is: 'succeeded', isExact: false },
  none_failed_or_skipped: { kind: 'all', is: 'succeeded', isExact: false },
  none_skipped: { kind: 'all', is: 'done', isExact: false },
  all_skipped: { kind: 'all', is: 'done', isExact: false },
  all_done_min_one_success: { kind: 'all', is: 'done', isExact: false },
  all_done_setup_success: { kind: 'all', is: 'done', isExact: false },
}

/** What a task waits for among those before it. */
export const upstreamCondition = (rule: string, upstream: readonly string[], note: Note): Condition | null => {
  if (upstream.length === 0 || rule === 'always' || rule === 'dummy') return null
  const found = Object.hasOwn(rules, rule) ? rules[rule] : undefined
  if (!found?.isExact)
    note(
      'trigger-rule',
      'info',
      `the trigger rule ${rule} knows tasks that were skipped, which nothing here does: it is read as ${found?.kind ?? 'all'} ${found?.is ?? 'succeeded'}.`,
    )
  const { kind, is } = found ?? { kind: 'all' as const, is: 'succeeded' as const }
  return joined(
    kind,
    upstream.map((job) => after(job, is)),
  )
}

const MOST_DEEP = 30

/** What a DAG that is started by data waits for, on the tasks that write it. */
export const assetCondition = (
  node: Json,
  dag: string,
  assets: readonly Asset[],
  refOf: (producer: { dag: string; task: string }) => string,
  note: Note,
): Condition | null => {
  const one = (uri: string): Condition => {
    const producers = assets
      .filter((a) => a.uri === uri || (a.name !== '' && a.name === uri))
      .flatMap((a) => a.producers)
    const written = joined(
      'any',
      producers.map((p) => after(refOf(p), 'succeeded')),
    )
    if (written) return written
    note(
      'no-producer',
      'warn',
      `it waits for ${uri}, which no task of these files writes. It is taken as there, and marked.`,
    )
    return { kind: 'global', name: uri.slice(0, 300), compare: '=', value: 'updated' }
  }
  const read = (expression: unknown, deep: number): Condition | null => {
    if (deep > MOST_DEEP) return null
    if (typeof expression === 'string') return expression ? one(expression) : null
    if (!isObject(expression)) return null
    for (const kind of ['all', 'any'] as const) {
      const of = expression[kind]
      if (Array.isArray(of))
        return joined(
          kind,
          of.flatMap((e) => read(e, deep + 1) ?? []),
        )
    }
    const asset = isObject(expression.asset)
      ? expression.asset
      : isObject(expression.dataset)
        ? expression.dataset
        : null
    const name = asset ? textIn(asset.uri) || textIn(asset.name) : textIn(expression.uri)
    return name ? one(name) : null
  }
  const said = read(node.asset_expression ?? node.dataset_expression, 0)
  if (said) return said
  return joined(
    'all',
    assets.filter((a) => a.consumers.includes(dag)).map((a) => one(a.uri || a.name)),
  )
}

/** What a task of the last runs says of other DAGs: for whose end it waits, and which it starts. */
export const elsewhere = (task: Json, rendered: Json | undefined) => {
  const name = textIn(isObject(task.class_ref) ? task.class_ref.class_name : task.operator_name)
  const of = (key: string) => textIn(task[key]) || textIn(rendered?.[key])
  const ids = rendered?.external_task_ids
  return {
    isSensor: /ExternalTaskSensor/.test(name),
    isTrigger: /TriggerDagRun/.test(name),
    dag: of('external_dag_id'),
    tasks: [of('external_task_id'), ...(Array.isArray(ids) ? ids.map(textIn) : [])].filter(Boolean),
    starts: of('trigger_dag_id'),
  }
}
