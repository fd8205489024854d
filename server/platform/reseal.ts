import { sql } from 'kysely'
import type { Context, ReadContext } from './context.ts'
import type { HealthCheck } from './health.ts'
import { periodic } from './periodic.ts'

/** A column whose values are sealed for a purpose, with an index by their first twelve characters. */
export type SealedColumn = { table: string; key: string; column: string; purpose: string }

const BATCH = 500
const MOST_IN_A_TURN = 20_000

type Row = { key: string; value: string }

/** Values that are not sealed with the present key; after `from`, in the order of their keys. */
const othersOf = async (
  { db, crypto }: ReadContext,
  { table, key, column }: SealedColumn,
  limit: number,
  from = '',
) => {
  const [value, id] = [sql.ref(column), sql.ref(key)]
  const print = sql`left(${value}, 12)`
  const { rows } = await sql<Row>`
    select ${id}::text as key, ${value} as value from ${sql.table(table)}
    where (${print} < ${crypto.sealedBy} or ${print} > ${crypto.sealedBy}) and ${value} is not null
      and (${from} = '' or ${id}::text > ${from})
    order by ${id}::text limit ${limit}`.execute(db)
  return rows
}

const resealOne = async (ctx: Context, { table, key, column, purpose }: SealedColumn, row: Row): Promise<boolean> => {
  let sealed: string
  try {
    sealed = ctx.crypto.seal(purpose, ctx.crypto.open(purpose, row.value))
  } catch {
    return false
  }
  // Whoever has changed it meanwhile has sealed it with a key of his own.
  await sql`
    update ${sql.table(table)} set ${sql.ref(column)} = ${sealed}
    where ${sql.ref(key)}::text = ${row.key} and ${sql.ref(column)} = ${row.value}`.execute(ctx.db)
  return true
}

/**
 * After a change of SECRET_KEY: what the one before has sealed is sealed with the present one. Columns are declared by
 * their features; the text stays the same, so that no feature needs to know.
 */
export const reseal = periodic(
  'secrets.reseal',
  600,
  'Seals with the present SECRET_KEY what was sealed with the one before',
  async (ctx) => {
    let done = 0
    let unknown = 0
    for (const column of ctx.registry.sealed) {
      for (let from = ''; done < MOST_IN_A_TURN; ) {
        const rows = await othersOf(ctx, column, BATCH, from)
        for (const row of rows) (await resealOne(ctx, column, row)) ? done++ : unknown++
        from = rows.at(-1)?.key ?? ''
        if (rows.length < BATCH) break
      }
    }
    if (done > 0) ctx.log.info({ done }, 'secrets were sealed anew with the present key')
    if (unknown > 0) ctx.log.error({ unknown }, 'secrets are sealed with a key that is not known here')
  },
)

const canOpen = ({ crypto }: ReadContext, { purpose, value }: { purpose: string; value: string }) => {
  try {
    crypto.open(purpose, value)
    return true
  } catch {
    return false
  }
}

/** Whether all can be opened with the present key; nothing when that is so and no other is given. */
export const sealHealth: HealthCheck = async (ctx) => {
  const what = 'Secrets'
  const left = await Promise.all(
    ctx.registry.sealed.map(async (column) => (await othersOf(ctx, column, 1)).map((row) => ({ ...row, ...column }))),
  )
  const all = left.flat()
  if (all.length === 0 && !ctx.crypto.older) return []
  if (all.length === 0)
    return [
      {
        what,
        state: 'ok',
        detail: 'All are sealed with the present key. Keep SECRET_KEY_BEFORE for a day, then take it away.',
        since: null,
      },
    ]
  return all.every((one) => canOpen(ctx, one))
    ? [{ what, state: 'ok', detail: 'They are being sealed with the present key; that takes minutes.', since: null }]
    : [
        {
          what,
          state: 'bad',
          detail:
            'Some are sealed with another SECRET_KEY and cannot be read: pages may not go out, monitors may not look. Set SECRET_KEY back, or give the one before as SECRET_KEY_BEFORE.',
          since: null,
        },
      ]
}
