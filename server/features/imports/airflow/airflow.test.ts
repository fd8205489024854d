import { describe, expect, it } from 'vitest'
import { type Condition, importedDeadline, jobWaits } from '../../../../contract/jobs/waits.ts'
import type { ImportFile, Reading } from '../define-importer.ts'
import { ImportError } from '../import-error.ts'
import { airflow } from '../kinds/airflow.ts'

/** What the answers of Airflow's API mean, and what must hurt nothing. */

const now = Temporal.Instant.from('2026-11-23T07:00:00Z')
const readFiles = (files: Record<string, unknown>): Reading =>
  airflow.read(
    Object.entries(files).map(
      ([name, value]): ImportFile => ({
        name,
        text: typeof value === 'string' ? value : JSON.stringify(value, null, 1),
      }),
    ),
    { zone: 'Europe/London', host: null, now },
  )
const dag = (id: string, more: object = {}) => ({
  dag_id: id,
  is_paused: false,
  timezone: 'UTC',
  schedule_interval: null,
  ...more,
})
const task = (id: string, later: string[] = [], more: object = {}) => ({
  task_id: id,
  downstream_task_ids: later,
  trigger_rule: 'all_success',
  class_ref: { class_name: 'BashOperator' },
  ...more,
})
const cron = (value: string) => ({ schedule_interval: { __type: 'CronExpression', value } })
const one = (more: object, tasks: object[] = [], rest: Record<string, unknown> = {}) =>
  readFiles({
    'dags.json': { dags: [dag('eod', more)] },
    ...(tasks.length > 0 && { 'eod.tasks.json': { tasks } }),
    ...rest,
  })
const named = ({ jobs }: Reading, name: string) => jobs.find((j) => j.name === name)
const rulesOf = ({ findings }: Reading) => findings.map((f) => f.rule).filter((r) => r !== 'no-tasks')
const words = (c: Condition | null | undefined): string => {
  if (!c) return ''
  if ('of' in c) return c.of.map(words).join(c.kind === 'all' ? ' & ' : ' | ')
  return c.kind === 'job' ? `${c.job} ${c.is}` : c.kind === 'global' ? `${c.name}?` : ''
}

describe('a schedule', () => {
  it.each([
    [cron('0 22 * * 1-5'), { kind: 'cron', expression: '0 22 * * 1-5', zone: 'UTC' }],
    [
      { ...cron('0 22 * * *'), timezone: "Timezone('Asia/Tokyo')" },
      { expression: '0 22 * * *', zone: 'Asia/Tokyo' },
    ],
    [cron('@daily'), { expression: '0 0 * * *' }],
    [{ schedule_interval: undefined, timetable_summary: '@weekly' }, { expression: '0 0 * * 0' }],
    [{ timetable_summary: '0 5 * * *, 30 17 * * 1,2' }, { expression: '0 5 * * *\n30 17 * * 1,2' }],
    [
      { schedule_interval: { __type: 'TimeDelta', days: 1, seconds: 60, microseconds: 0 } },
      { kind: 'period', seconds: 86_460 },
    ],
    [{ timetable_summary: '1 day, 0:30:00' }, { kind: 'period', seconds: 88_200 }],
    [{ schedule_interval: 'PT15M' }, { kind: 'period', seconds: 900 }],
  ])('%j', (given, schedule) => expect(named(one(given), 'eod')?.schedule).toMatchObject(schedule))

  it.each([
    [{}, 'no schedule', []],
    [{ timetable_summary: 'None' }, 'no schedule', []],
    [cron('@once'), 'once', []],
    [{ timetable_summary: '@continuous' }, 'all the time', []],
    [{ timetable_summary: 'Dataset' }, 'the data', []],
    [{ timetable_summary: 'AfterWorkdayTimetable' }, 'not understood', ['timetable']],
    [{ ...cron('0 5 * * *'), end_date: '2026-01-01T00:00:00+00:00' }, 'end_date', ['ended']],
  ])('%j is none', (given, unscheduled, rules) => {
    const found = one(given)
    expect(named(found, 'eod')).toMatchObject({ schedule: null, unscheduled: expect.stringContaining(unscheduled) })
    expect(rulesOf(found)).toEqual(rules)
  })

  it('without a timezone is read in that of the import, with a word; what cannot be read is refused', () => {
    const found = one({ ...cron('0 5 * * *'), timezone: undefined })
    expect([named(found, 'eod')?.schedule, rulesOf(found)]).toMatchObject([{ zone: 'Europe/London' }, ['zone-unsaid']])
    expect(one(cron('0 25 * * *')).refused).toMatchObject([{ line: 3, reason: expect.stringContaining('eod') }])
  })

  it('is that of one which is paused as well, and its tasks are so with it', () => {
    const { jobs } = one({ ...cron('0 5 * * *'), is_paused: true }, [task('a')])
    expect(jobs.map((j) => j.enabled)).toEqual([false, false])
  })
})

describe('tasks', () => {
  it.each([
    ['all_success', 'eod.a succeeded & eod.b succeeded', []],
    ['all_failed', 'eod.a failed & eod.b failed', []],
    ['all_done', 'eod.a done & eod.b done', []],
    ['one_success', 'eod.a succeeded | eod.b succeeded', []],
    ['one_failed', 'eod.a failed | eod.b failed', []],
    ['one_done', 'eod.a done | eod.b done', []],
    ['none_failed_min_one_success', 'eod.a succeeded & eod.b succeeded', ['trigger-rule']],
    ['none_skipped', 'eod.a done & eod.b done', ['trigger-rule']],
    ['constructor', 'eod.a succeeded & eod.b succeeded', ['trigger-rule']],
    ['always', '', []],
  ])('wait by %s', (trigger_rule, condition, rules) => {
    const found = one({}, [task('a', ['c']), task('b', ['c']), task('c', [], { trigger_rule })])
    expect([words(named(found, 'eod.c')?.waits?.condition), rulesOf(found)]).toEqual([condition, rules])
  })

  it('stand in the box of their DAG, but for those that only run when another has failed', () => {
    const found = one(cron('0 5 * * *'), [
      task('a', ['b', 'tell']),
      task('b'),
      task('tell', [], { trigger_rule: 'one_failed' }),
    ])
    expect(found.jobs.map((j) => [j.name, j.waits?.isBox, j.waits?.box])).toEqual([
      ['eod', true, null],
      ['eod.a', false, 'eod'],
      ['eod.b', false, 'eod'],
      ['eod.tell', false, null],
    ])
  })

  it('bring retries, pools, time-outs, and what they usually take', () => {
    const runs = {
      task_instances: [10, 60, 20, 500].map((duration, n) => ({
        dag_id: 'eod',
        task_id: 'a',
        state: n === 3 ? 'failed' : 'success',
        duration,
      })),
    }
    const says = { retries: 3, pool: 'dwh', pool_slots: 2, execution_timeout: 'PT1H', queue: 'big' }
    expect(named(one({}, [task('a', [], says)], { 'runs.json': runs }), 'eod.a')).toMatchObject({
      maxRunSeconds: 3_600,
      command: 'BashOperator',
      waits: { retries: 3, killAfterSeconds: 3_600, typicalSeconds: 20, resources: [{ name: 'dwh', units: 2 }] },
      attributes: { queue: 'big' },
    })
    const whole = readFiles({
      'd.json': { dags: [dag('eod')] },
      'r.json': {
        dag_runs: [
          { dag_id: 'eod', state: 'success', start_date: '2026-11-20T22:00:00Z', end_date: '2026-11-20T23:00:00Z' },
        ],
      },
    })
    expect(named(whole, 'eod')?.waits?.typicalSeconds).toBe(3_600)
  })

  it('in a circle, and those that are not there, are told', () => {
    const found = one({}, [task('a', ['b', 'gone']), task('b', ['a'])])
    expect(found.findings.map((f) => [f.rule, f.message])).toEqual([
      ['task-unknown', expect.stringContaining('gone')],
      ['cycle', expect.stringContaining('eod.a, eod.b wait for one another')],
    ])
  })
})

describe('between DAGs', () => {
  const dags = {
    dags: [
      dag('eod', cron('0 22 * * *')),
      dag('report', { timetable_summary: 'Dataset', schedule_interval: undefined }),
    ],
  }
  const produced = (...ids: string[]) => ({
    datasets: ids.map((id) => ({
      uri: `s3://${id}`,
      producing_tasks: [{ dag_id: 'eod', task_id: id }],
      consuming_dags: [{ dag_id: 'report' }],
    })),
  })
  const condition = (files: Record<string, unknown>, name = 'report') =>
    words(named(readFiles(files), name)?.waits?.condition)

  it('data started by one is waited for by another', () => {
    expect(condition({ 'd.json': dags, 's.json': produced('a', 'b') })).toBe('eod.a succeeded & eod.b succeeded')
    const any = {
      dags: [
        dags.dags[0],
        dag('report', { dataset_expression: { any: [{ uri: 's3://a' }, 's3://b', { asset: { uri: 's3://c' } }] } }),
      ],
    }
    expect(condition({ 'd.json': any, 's.json': produced('a', 'b') })).toBe(
      'eod.a succeeded | eod.b succeeded | s3://c?',
    )
    expect(rulesOf(readFiles({ 'd.json': any, 's.json': produced('a', 'b') }))).toEqual(['no-producer'])
  })

  it('a sensor waits for the DAG that its last run names, and a trigger starts one', () => {
    const sensor = task('wait', [], { class_ref: { class_name: 'ExternalTaskSensor' } })
    const trigger = task('go', [], { class_ref: { class_name: 'TriggerDagRunOperator' } })
    const instance = (task_id: string, rendered_fields: object) => ({
      dag_id: 'eod',
      task_id,
      state: 'success',
      duration: 900,
      rendered_fields,
    })
    const files = {
      'd.json': { dags: [dag('eod', cron('0 22 * * *')), dag('report'), dag('feeds', cron('0 20 * * *'))] },
      'eod.tasks.json': { tasks: [sensor, trigger] },
    }
    const runs = {
      task_instances: [
        instance('wait', { external_dag_id: 'feeds', external_task_ids: ['load', 'check'] }),
        instance('go', { trigger_dag_id: 'report' }),
      ],
    }
    expect(condition({ ...files, 'r.json': runs }, 'eod.wait')).toBe('feeds.load succeeded & feeds.check succeeded')
    expect(condition({ ...files, 'r.json': runs })).toBe('eod.go succeeded')
    expect(named(readFiles({ ...files, 'r.json': runs }), 'eod.wait')?.waits?.typicalSeconds).toBe(1)
    expect(rulesOf(readFiles(files))).toEqual(['looks-elsewhere'])
  })
})

describe('a deadline', () => {
  const runs = {
    dag_runs: [600, 1_200].map((seconds) => ({
      dag_id: 'eod',
      state: 'success',
      start_date: '2026-11-20T22:00:00Z',
      end_date: Temporal.Instant.from('2026-11-20T22:00:00Z').add({ seconds }).toString(),
    })),
  }
  it.each([
    ['DAGRUN_QUEUED_AT', 'PT45M', [{ kind: 'in', name: 'eod', seconds: 2_700 }], []],
    ['DAGRUN_LOGICAL_DATE', 27_000, [{ kind: 'by', name: 'eod', time: '05:30', days: 1 }], []],
    ['DAGRUN_LOGICAL_DATE', -60, [], ['deadline-before-start']],
    ['AVERAGE_RUNTIME', 300, [{ kind: 'in', name: 'eod', seconds: 1_200 }], []],
    ['FIXED_DATETIME', 0, [], ['deadline-unread']],
    ['QUEUED', 'P1M', [], ['deadline-unread']],
    ['MOON', 60, [], ['deadline-unread']],
  ])('from %s, %s', (reference_type, interval, deadlines, rules) => {
    const found = one({ ...cron('0 22 * * *'), deadline: { reference: { reference_type }, interval } }, [], {
      'r.json': runs,
    })
    expect([named(found, 'eod')?.deadlines, rulesOf(found)]).toEqual([deadlines, rules])
    for (const deadline of named(found, 'eod')?.deadlines ?? [])
      expect(importedDeadline.parse(deadline)).toEqual(deadline)
  })

  it('of a schedule with many times a day is counted from the start; of an average there must be runs', () => {
    const deadline = { reference: { reference_type: 'DAGRUN_LOGICAL_DATE' }, interval: 600 }
    const often = one({ ...cron('*/15 * * * *'), deadline })
    expect([named(often, 'eod')?.deadlines, rulesOf(often)]).toEqual([
      [{ kind: 'in', name: 'eod', seconds: 600 }],
      ['deadline-from-start'],
    ])
    const alone = one(
      { deadline: [{ ...deadline, reference: { reference_type: 'AVERAGE_RUNTIME', min_runs: 3 } }] },
      [],
      { 'r.json': runs },
    )
    expect(rulesOf(alone)).toEqual(['no-runs'])
  })
})

describe('files', () => {
  it.each([
    ['eod.tasks.json', {}],
    ['tasks-eod.json', {}],
    ['answers/eod/tasks.json', {}],
    ['x.json', { dag_id: 'eod' }],
  ])('%s %j is of its DAG', (name, beside) => {
    const found = readFiles({
      'd.json': { dags: [dag('eod'), dag('other')] },
      [name]: { ...beside, tasks: [task('a')] },
    })
    expect([found.jobs.map((j) => j.externalId), found.refused]).toEqual([['eod', 'eod.a', 'other'], []])
  })

  it('of tasks that no DAG can be told for are refused with the remedy', () => {
    const found = readFiles({ 'd.json': { dags: [dag('eod'), dag('other')] }, 'x.json': { tasks: [task('a')] } })
    expect(found.refused).toMatchObject([{ file: 'x.json', reason: expect.stringContaining('eod.tasks.json') }])
  })

  it('may hold several answers, whose lines are their own; a page alone is told', () => {
    const text = `{"dags": [\n${JSON.stringify(dag('eod'))},\n${JSON.stringify(dag('b'))}], "total_entries": 9}\n{"dag_id": "eod", "tasks": [\n${JSON.stringify(task('a'))}]}\n`
    const found = readFiles({ 'all.json': text })
    expect(found.jobs.map((j) => [j.externalId, j.line])).toEqual([
      ['eod', 2],
      ['eod.a', 5],
      ['b', 3],
    ])
    expect(rulesOf(found)).toEqual(['one-page'])
  })

  it('of details say more than the list does', () => {
    const found = readFiles({
      'd.json': { dags: [dag('eod', { timezone: undefined })] },
      'e.json': { ...dag('eod', cron('0 5 * * *')), timezone: 'Asia/Tokyo' },
    })
    expect(found.jobs).toMatchObject([{ schedule: { zone: 'Asia/Tokyo' } }])
  })

  it.each([
    ['half an answer', '{"dags": [{"dag_id": "a"}', 'cannot be read as JSON'],
    ['a list', '[1, 2]', 'no answer of the API'],
    ['an error of the API', '{"detail": "Unauthorized", "status": 401}', 'none of dags'],
    ['a well of brackets', '{"dags": '.repeat(100_000), 'cannot be read as JSON'],
    ['a DAG without a name', '{"dags": [{"is_paused": false}]}', 'has a dag_id'],
  ])('%s is refused with a sentence', (_what, text, reason) => {
    expect(readFiles({ 'x.json': text }).refused).toMatchObject([{ reason: expect.stringContaining(reason) }])
  })

  it('with names of the language and odd values are data, and give nothing that cannot be stored', () => {
    const odd = task('constructor', ['__proto__'], {
      retries: 1e9,
      pool: 7,
      pool_slots: -3,
      execution_timeout: { seconds: 'x' },
      trigger_rule: null,
    })
    const text = `{"dags": [{"dag_id": "__proto__", "tags": [null, 3], "owners": "x", "deadline": 5, "asset_expression": {"all": []}}]}`
    const found = readFiles({
      'd.json': text,
      't.json': { dag_id: '__proto__', tasks: [odd, task('__proto__'), null, {}] },
    })
    expect(found.jobs.map((j) => j.externalId)).toEqual(['__proto__', '__proto__.constructor', '__proto__.__proto__'])
    for (const job of found.jobs) expect(jobWaits.parse(job.waits)).toEqual(job.waits)
  })

  it('of many runs are read in no time', () => {
    const runs = {
      task_instances: Array.from({ length: 30_000 }, (_, n) => ({
        dag_id: 'eod',
        task_id: `t${n % 300}`,
        state: 'success',
        duration: n,
      })),
    }
    const found = one(
      cron('0 5 * * *'),
      Array.from({ length: 300 }, (_, n) => task(`t${n}`, n < 299 ? [`t${n + 1}`] : [])),
      { 'r.json': runs },
    )
    expect(found.jobs).toHaveLength(301)
    expect(found.jobs.at(-1)?.waits?.typicalSeconds).toBe(15_149)
    expect(() => readFiles({ 'x.json': '' })).not.toThrow(ImportError)
  })
})
