/**
 * Reports: what a time was like, read from what the other features keep. Promises that a stakeholder reads of the own
 * business units alone, and of their trouble no word that was written at the desk. Owns no table.
 */
import type { Feature } from '../../platform/registry-of-work.ts'

export { reportsRoutes } from './routes.ts'

export const reports: Feature = { name: 'reports' }
