import { z } from 'zod'
import { instant, pageOf, pageQuery, route, timelineEvent } from './base.ts'

/** The house itself: the log, its health, what comes round. */
export const system = {
  events: route
    .route({ method: 'GET', path: '/events', summary: 'The log, newest first', tags: ['system'] })
    .input(
      pageQuery.extend({
        about: z.string().max(200).optional().meta({ description: 'Reference such as ticket:<id>' }),
      }),
    )
    .output(pageOf(timelineEvent)),
  schedule: route.route({ method: 'GET', path: '/schedule', summary: 'Everything periodic', tags: ['system'] }).output(
    z.object({
      items: z.array(
        z.object({
          key: z.string(),
          what: z.string(),
          every: z.number(),
          nextAt: instant.nullable(),
          lastError: z.string().nullable(),
        }),
      ),
    }),
  ),
  health: route
    .route({ method: 'GET', path: '/health', summary: 'What is wrong with Watchfloor itself', tags: ['system'] })
    .output(
      z.object({
        version: z.string(),
        items: z.array(
          z.object({
            what: z.string(),
            state: z.enum(['ok', 'warn', 'bad', 'unknown']),
            detail: z.string(),
            since: instant.nullable(),
          }),
        ),
      }),
    ),
}
