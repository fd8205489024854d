import { type RawBuilder, type SqlBool, sql } from 'kysely'

/** True where the small-letter text holds what was typed, taken literally: % and _ are themselves. */
export const containing = (text: RawBuilder<unknown>, typed: string): RawBuilder<SqlBool> =>
  sql<SqlBool>`${text} like '%' || lower(${typed.replace(/[\\%_]/g, '\\$&')}) || '%'`
