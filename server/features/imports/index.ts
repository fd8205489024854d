/**
 * Imports: the jobs of other schedulers, read from their files (crontabs, systemd timers, Kubernetes, Airflow, AutoSys,
 * Control-M, CSV). Promises that a dry run says for each job what would happen, with its line and why, that it then
 * happens so in one transaction, that the same files again change nothing, and that what a file says and we do not know
 * is kept. Owns no table: jobs writes what is imported.
 */
import type { Feature } from '../../platform/registry-of-work.ts'
import { applyImport } from './apply.ts'
import { jobsImported } from './events.ts'

export { jobsImported } from './events.ts'
export { isObject, type Json, numberIn, objectsIn, textIn } from './json-values.ts'
export { importsRoutes } from './routes.ts'

export const imports: Feature = {
  name: 'imports',
  verbs: [applyImport],
  events: [jobsImported],
  bodies: [{ path: '/jobs/imports', permission: 'job.write', mostBytes: 48_000_000 }],
}
