import { sql } from 'kysely'
import { z } from 'zod'
import { calendarTimeInput, listCalendarsInput, readCalendarInput } from '../../../contract/calendars/index.ts'
import type { Instant } from '../../platform/clock.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import { containing } from '../../platform/db/like.ts'
import { notFound } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { addBusiness } from './business-time.ts'
import { isOpen } from './open-hours.ts'
import { preview, tellFound } from './preview.ts'
import { calendarOf, findCalendar, type StoredCalendar } from './stored-calendar.ts'

/** A calendar as readers get it. */
export const showCalendar = ({ rules, ...calendar }: StoredCalendar, now: Instant) => ({
  ...calendar,
  zone: rules.zone,
  weekly: [...rules.weekly],
  exceptions: rules.exceptions.map((e) => ({ ...e, open: [...e.open] })),
  validThrough: rules.validThrough,
  preview: preview(rules, now),
})

export const listCalendars = query('calendar.list', {
  permission: 'calendar.read',
  input: listCalendarsInput,
  async run(ctx, { cursor, limit, kind, search }) {
    const after = cursor ? readCursor(cursor, z.tuple([z.string(), z.uuid()])) : null
    const rows = await ctx.db
      .selectFrom('calendars')
      .selectAll()
      .select(sql<string>`lower(name)`.as('sort'))
      .$if(kind !== undefined, (q) => q.where('kind', '=', kind as string))
      .$if(search !== undefined, (q) => q.where('name', 'ilike', containing(search as string)))
      .$if(after !== null, (q) => q.where(sql<boolean>`(lower(name), id) > (${after?.[0]}, ${after?.[1]}::uuid)`))
      .orderBy(sql`lower(name)`)
      .orderBy('id')
      .limit(limit + 1)
      .execute()
    const page = toPage(rows, limit, (r) => [r.sort, r.id])
    return { next: page.next, items: page.items.map((row) => summary(calendarOf(row), ctx.now())) }
  },
})

const summary = ({ rules, ...c }: StoredCalendar, now: Instant) => ({
  id: c.id,
  slug: c.slug,
  name: c.name,
  kind: c.kind,
  zone: rules.zone,
  validThrough: rules.validThrough,
  openNow: isOpen(rules, now),
  version: c.version,
})

export const readCalendar = query('calendar.read', {
  permission: 'calendar.read',
  input: readCalendarInput,
  async run(ctx, { id }) {
    const calendar = await findCalendar(ctx.db, id)
    if (!calendar) throw notFound('The calendar')
    return showCalendar(calendar, ctx.now())
  },
})

export const calendarTime = query('calendar.time', {
  permission: 'calendar.read',
  input: calendarTimeInput,
  async run(ctx, { id, from = ctx.now(), minutes }) {
    const calendar = await findCalendar(ctx.db, id)
    if (!calendar) throw notFound('The calendar')
    const { rules } = calendar
    const found = tellFound(rules, addBusiness(rules, from, minutes * 60_000))
    const local =
      found.at?.toZonedDateTimeISO(rules.zone).toString({ timeZoneName: 'auto', smallestUnit: 'minute' }) ?? null
    return { from, minutes, ...found, local }
  },
})
