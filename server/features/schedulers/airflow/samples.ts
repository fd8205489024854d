import type { SchedulerSample } from '../define-scheduler.ts'

const run = (dag: string, more: object) => ({
  dag_run_id: 'scheduled__2026-11-23T22:00:00+00:00',
  dag_id: dag,
  logical_date: '2026-11-23T22:00:00Z',
  run_type: 'scheduled',
  triggered_by: 'timetable',
  conf: {},
  note: null,
  ...more,
})

const task = (id: string, more: object) => ({
  id: '0193594c-7a4e-7a4e-9c6e-0f6c3b1f2d3e',
  task_id: id,
  dag_id: 'eod',
  dag_run_id: 'scheduled__2026-11-23T22:00:00+00:00',
  map_index: -1,
  try_number: 1,
  max_tries: 2,
  operator: 'BashOperator',
  hostname: 'worker-1',
  pool: 'default_pool',
  ...more,
})

/** Airflow 3: a run that goes on with a task that is tried again, one that failed, and what says nothing. */
export const airflow3: SchedulerSample = {
  name: 'Airflow 3, by a password',
  config: { url: 'https://airflow.example.com', user: 'watchfloor', password: 'x' },
  answers: {
    'GET /api/v2/version': { version: '3.1.2', git_version: null },
    'POST /auth/token': { access_token: 'eyJ.x.y' },
    'GET /api/v2/dags/~/dagRuns?updated_at_gte=*': {
      dag_runs: [
        run('eod', { state: 'running', start_date: '2026-11-23T22:00:01.512Z', end_date: null }),
        run('fx', { state: 'failed', start_date: '2026-11-23T21:00:01Z', end_date: '2026-11-23T21:07:31.25Z' }),
        run('old', {
          run_type: 'backfill',
          state: 'success',
          start_date: '2026-11-23T21:00:01Z',
          end_date: '2026-11-23T21:07:31Z',
        }),
        run('waits', { state: 'queued', start_date: null, end_date: null }),
      ],
      total_entries: 4,
    },
    'GET /api/v2/dags/~/dagRuns/~/taskInstances?updated_at_gte=*': {
      task_instances: [
        task('prices', { state: 'up_for_retry', start_date: '2026-11-23T22:00:03Z', end_date: '2026-11-23T22:01:03Z' }),
        task('trades', {
          state: 'success',
          try_number: 2,
          start_date: '2026-11-23T22:00:04Z',
          end_date: '2026-11-23T22:02:00Z',
        }),
        task('each', {
          state: 'success',
          map_index: 3,
          start_date: '2026-11-23T22:00:04Z',
          end_date: '2026-11-23T22:02:00Z',
        }),
        task('skipped', { state: 'skipped', start_date: null, end_date: '2026-11-23T22:02:00Z' }),
      ],
      total_entries: 4,
    },
    'GET /api/v2/dags?order_by=dag_id*': {
      dags: [
        { dag_id: 'eod', is_paused: false },
        { dag_id: 'fx', is_paused: false },
        { dag_id: 'asleep', is_paused: true },
      ],
      total_entries: 3,
    },
  },
  told: [
    'start fx 2026-11-23T21:00:01Z',
    'fail fx 2026-11-23T21:07:31.25Z',
    'start eod 2026-11-23T22:00:01.512Z',
    'start eod.prices 2026-11-23T22:00:03Z worker-1',
    'start eod.trades 2026-11-23T22:00:04Z worker-1',
    'log eod.prices 2026-11-23T22:01:03Z worker-1 Try 1 failed; Airflow tries it again.',
    'success eod.trades 2026-11-23T22:02:00Z worker-1 Its try 2.',
  ],
  names: ['eod', 'fx'],
  holds: { eod: 'none', fx: 'none', asleep: 'held' },
}

export const airflow2: SchedulerSample = {
  name: 'Airflow 2, which has version 1 of the API alone',
  config: { url: 'https://airflow.example.com', user: 'watchfloor', password: 'x' },
  answers: {
    'GET /api/v1/version': { version: '2.10.5', git_version: '.release:b93c3db6b1641b0840bd15ac7d05bc58ff2cccbf' },
    'GET /api/v1/dags/~/dagRuns?updated_at_gte=*': {
      dag_runs: [
        {
          conf: {},
          dag_id: 'eod',
          dag_run_id: 'scheduled__2026-11-22T22:00:00+00:00',
          data_interval_start: '2026-11-22T22:00:00+00:00',
          end_date: '2026-11-23T22:30:00.000001+00:00',
          execution_date: '2026-11-22T22:00:00+00:00',
          external_trigger: false,
          logical_date: '2026-11-22T22:00:00+00:00',
          run_type: 'scheduled',
          start_date: '2026-11-23T22:00:00.123456+00:00',
          state: 'success',
        },
      ],
      total_entries: 1,
    },
    'GET /api/v1/dags/~/dagRuns/~/taskInstances?updated_at_gte=*': { task_instances: [], total_entries: 0 },
    'GET /api/v1/dags?order_by=dag_id*': { dags: [{ dag_id: 'eod', is_paused: false }], total_entries: 1 },
  },
  told: ['start eod 2026-11-23T22:00:00.123Z', 'success eod 2026-11-23T22:30:00Z'],
  names: ['eod'],
  holds: { eod: 'none' },
}
