import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { z } from 'zod'

/** What a cursor of a list by (small-letter name, id) holds. */
export const byName = z.tuple([z.string(), z.uuid()])

/** True where the small-letter text holds what was typed, taken literally: % and _ are themselves. */
export const containing = (text: RawBuilder<unknown>, typed: string): RawBuilder<SqlBool> =>
  sql<SqlBool>`${text} like '%' || lower(${typed.replace(/[\\%_]/g, '\\$&')}) || '%'`
