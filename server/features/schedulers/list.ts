import { sql } from 'kysely'
import { z } from 'zod'
import { listSchedulersInput, listStrangersInput, schedulerIdInput } from '../../../contract/schedulers/inputs.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import { notFound } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { selectSchedulers, showRow, showScheduler } from './rows.ts'
import { kindForms } from './scheduler-kinds.ts'

export const listKinds = query('scheduler.kinds', {
  permission: 'scheduler.read',
  input: z.object({}),
  run: async () => ({ items: kindForms() }),
})

export const listSchedulers = query('scheduler.list', {
  permission: 'scheduler.read',
  input: listSchedulersInput,
  async run(ctx, { cursor, limit }) {
    if (ctx.scope.rows !== 'all') return { items: [], next: null }
    const after = cursor ? readCursor(cursor, z.tuple([z.string(), z.uuid()])) : null
    const rows = await selectSchedulers(ctx.db)
      .select(sql<string>`lower(c.name)`.as('sort'))
      .$if(after !== null, (q) => q.where(sql<boolean>`(lower(c.name), c.id) > (${after?.[0]}, ${after?.[1]}::uuid)`))
      .orderBy(sql`lower(c.name)`)
      .orderBy('c.id')
      .limit(limit + 1)
      .execute()
    const page = toPage(rows, limit, (r) => [r.sort, r.id])
    return { items: page.items.map(showRow), next: page.next }
  },
})

export const readOne = query('scheduler.read', {
  permission: 'scheduler.read',
  input: schedulerIdInput,
  async run(ctx, { id }) {
    if (ctx.scope.rows !== 'all') throw notFound('The connection')
    return showScheduler(ctx, id)
  },
})

export const listStrangers = query('scheduler.strangers', {
  permission: 'scheduler.read',
  input: listStrangersInput,
  async run(ctx, { id, cursor, limit }) {
    if (ctx.scope.rows !== 'all') return { items: [], next: null }
    const [after] = cursor ? readCursor(cursor, z.tuple([z.string()])) : []
    const rows = await ctx.db
      .selectFrom('scheduler_strangers')
      .select(['name', 'first_at as firstAt', 'last_at as lastAt'])
      .where('scheduler_id', '=', id)
      .$if(after !== undefined, (q) => q.where('name', '>', after ?? ''))
      .orderBy('name')
      .limit(limit + 1)
      .execute()
    return toPage(rows, limit, (r) => [r.name])
  },
})
