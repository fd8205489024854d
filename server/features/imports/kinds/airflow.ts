import { buildDags } from '../airflow/build.ts'
import { readAirflow } from '../airflow/read.ts'
import { airflowSample } from '../airflow/sample.ts'
import { defineImporter } from '../define-importer.ts'

/** DAGs of Airflow, as its REST API tells them. */
export const airflow = defineImporter({
  kind: 'airflow',
  title: 'Airflow DAGs',
  help: 'What its REST API answers, of Airflow 2 or 3, all together: `dags` (or each `dags/<id>/details`, which says more), `dags/<id>/tasks` in files named after the DAG (`eod.tasks.json`), and if you like `dags/~/dagRuns` and `dags/~/dagRuns/~/taskInstances` for usual durations, and `datasets` or `assets` for what starts what. A DAG is a box with its tasks in it. A job is known by its dag_id and task_id, and by the host where you name one.',
  accepts({ name, text }) {
    if (!/^\s*\{/.test(text) || !/"(dag_id|dag_runs|task_instances|dags)"\s*:/.test(text))
      return /tasks.*\.json$/i.test(name) && /"downstream_task_ids"\s*:/.test(text) ? 0.9 : 0
    return /"(fileloc|schedule_interval|timetable_summary|dag_run_id|downstream_task_ids|is_paused)"\s*:/.test(text)
      ? 1
      : 0.5
  },
  read(files, options) {
    const estate = readAirflow(files)
    const { jobs, findings } = buildDags(estate, options)
    return { jobs, findings: [...estate.findings, ...findings], refused: estate.refused }
  },
  samples: [airflowSample],
})
