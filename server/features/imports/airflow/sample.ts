import type { ImportSample } from '../define-importer.ts'

const dags = `{"dags": [
 {"dag_id": "eod", "is_paused": false, "schedule_interval": {"__type": "CronExpression", "value": "0 22 * * 1-5"}, "timezone": "Europe/London",
  "tags": [{"name": "risk"}], "owners": ["batch"], "description": "End of day", "fileloc": "/dags/eod.py", "catchup": true,
  "dag_run_timeout": {"__type": "TimeDelta", "days": 0, "seconds": 14400, "microseconds": 0},
  "deadline": [{"reference": {"reference_type": "DAGRUN_LOGICAL_DATE"}, "interval": 27000}]},
 {"dag_id": "report", "is_paused": false, "timetable_summary": "Asset", "timezone": "Europe/London",
  "asset_expression": {"all": [{"asset": {"uri": "s3://eod/pnl", "name": "pnl"}}, {"asset": {"uri": "s3://eod/fx", "name": "fx"}}]}},
 {"dag_id": "poll", "is_paused": true, "schedule_interval": {"__type": "TimeDelta", "days": 0, "seconds": 900, "microseconds": 0}, "timezone": "UTC"},
 {"dag_id": "by_hand", "is_paused": false, "schedule_interval": null, "timezone": "UTC"}
], "total_entries": 5}
`
const tasks = `{"tasks": [
 {"task_id": "prices", "downstream_task_ids": ["calc"], "trigger_rule": "all_success", "retries": 2, "pool": "feeds", "pool_slots": 2, "class_ref": {"class_name": "BashOperator"},
  "execution_timeout": {"__type": "TimeDelta", "days": 0, "seconds": 3600, "microseconds": 0}},
 {"task_id": "trades", "downstream_task_ids": ["calc", "tell"], "trigger_rule": "all_success", "retries": 0, "pool": "default_pool", "pool_slots": 1, "class_ref": {"class_name": "BashOperator"}},
 {"task_id": "calc", "downstream_task_ids": [], "trigger_rule": "all_success", "class_ref": {"class_name": "PythonOperator"}},
 {"task_id": "tell", "downstream_task_ids": [], "trigger_rule": "one_failed", "class_ref": {"class_name": "EmailOperator"}}
], "total_entries": 4}
`
const runs = `{"task_instances": [
 {"dag_id": "eod", "task_id": "calc", "dag_run_id": "a", "state": "success", "duration": 1800.5},
 {"dag_id": "eod", "task_id": "calc", "dag_run_id": "b", "state": "failed", "duration": 5.0},
 {"dag_id": "eod", "task_id": "calc", "dag_run_id": "c", "state": "success", "start_date": "2026-11-19T22:30:00+00:00", "end_date": "2026-11-19T23:10:00+00:00"}
], "total_entries": 3}
{"assets": [{"uri": "s3://eod/pnl", "name": "pnl", "producing_tasks": [{"dag_id": "eod", "task_id": "calc"}], "scheduled_dags": [{"dag_id": "report"}]}], "total_entries": 1}
`

export const airflowSample: ImportSample = {
  name: 'DAGs, the tasks of one, runs and assets, as the API answers them',
  files: [
    { name: 'dags.json', text: dags },
    { name: 'eod.tasks.json', text: tasks },
    { name: 'runs.json', text: runs },
  ],
  jobs: [
    ['eod', '0 22 * * 1-5 Europe/London'],
    ['eod.prices', 'waits Europe/London'],
    ['eod.trades', 'waits Europe/London'],
    ['eod.calc', 'waits Europe/London'],
    ['eod.tell', 'waits Europe/London'],
    ['report', 'waits Europe/London'],
    ['poll', 'every 900'],
    ['by_hand', null],
  ],
  rules: ['one-page', 'catches-up', 'no-tasks', 'no-producer'],
  refusedLines: [],
}
