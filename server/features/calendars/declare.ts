import { z } from 'zod'
import { line, slug } from '../../../contract/base.ts'
import { changeCalendarInput, createCalendarInput } from '../../../contract/calendars/index.ts'
import { declare, given } from '../../platform/declare/declaration.ts'
import { changeCalendar } from './change-calendar.ts'
import { createCalendar } from './create-calendar.ts'
import { calendarOf } from './stored-calendar.ts'

const { zone, weekly, exceptions, validThrough, provenance } = changeCalendarInput.shape
const schema = z.strictObject({
  slug,
  name: line(100).optional(),
  use: createCalendarInput.shape.kind.unwrap().optional(),
  zone,
  weekly,
  exceptions,
  validThrough,
  provenance,
})

/** A calendar. `use` is what it is for, and stays what it was when it was made. */
export const calendarDeclaration = declare<z.output<typeof schema>>({
  kind: 'calendar',
  help: 'Open hours by the week in a zone, with exceptions; `use` is support, market or settlement.',
  key: 'slug',
  schema,
  async stored({ db }) {
    const rows = await db.selectFrom('calendars').selectAll().orderBy('slug').execute()
    return rows.map((row) => {
      const c = calendarOf(row)
      const { zone, weekly, exceptions, validThrough } = c.rules
      return {
        id: c.id,
        item: {
          slug: c.slug,
          name: c.name,
          use: c.kind,
          zone,
          weekly: [...weekly],
          exceptions: exceptions.map((e) => ({ ...e, open: [...e.open] })),
          validThrough,
          provenance: c.provenance,
        },
      }
    })
  },
  async write(ctx, { slug, use, ...fields }, id) {
    if (id) await changeCalendar.run(ctx, { id, ...given(fields) })
    else
      await createCalendar.run(ctx, {
        slug,
        name: fields.name ?? slug,
        kind: use ?? 'support',
        zone: fields.zone ?? 'UTC',
        weekly: fields.weekly ?? [],
        exceptions: fields.exceptions ?? [],
        validThrough: fields.validThrough ?? null,
        provenance: fields.provenance ?? '',
      })
  },
})
