import { z } from 'zod'
import { query } from '../../platform/query.ts'
import { standing } from './standing.ts'

export const listAnnouncements = query('announcement.list', {
  permission: 'announcement.read',
  input: z.object({}),
  run: async (ctx) => ({ items: await standing(ctx) }),
})
