import { sql } from 'kysely'
import type { ReadContext } from './context.ts'

/** How the things of a kind are called: events name them by `kind:<id>`. */
export type Names = { kind: string; table: string; column: string }

const reference = /^[a-z_]+:[0-9a-f-]{36}$/

/** The names of things by their references, one look per kind; what is gone has none. */
export const namesOf = async (ctx: ReadContext, refs: Iterable<string>): Promise<Map<string, string>> => {
  const known = [...new Set(refs)].filter((ref) => reference.test(ref))
  const asked = Map.groupBy(known, (ref) => ref.slice(0, ref.indexOf(':')))
  const looks = ctx.registry.names.flatMap(({ kind, table, column }) => {
    const ids = asked.get(kind)?.map((ref) => ref.slice(kind.length + 1))
    if (!ids) return []
    return [
      sql`select ${`${kind}:`}::text || id::text as ref, ${sql.ref(column)}::text as name from ${sql.table(table)} where id = any(${ids}::uuid[])`,
    ]
  })
  if (looks.length === 0) return new Map()
  const { rows } = await sql<{ ref: string; name: string }>`${sql.join(looks, sql` union all `)}`.execute(ctx.db)
  return new Map(rows.map(({ ref, name }) => [ref, name]))
}
