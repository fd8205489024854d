import { z } from 'zod'
import { query } from '../../platform/query.ts'
import { selectRoutes } from './alert-route-rows.ts'

/** All routes, in the order in which they are tried. */
export const listAlertRoutes = query('alert_route.list', {
  permission: 'alert_route.read',
  input: z.object({}),
  run: async (ctx) => ({ items: await selectRoutes(ctx.db) }),
})
