import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type pg from 'pg'

const mark = '/* prepared */'

/**
 * Stands before a statement that runs thousands of times a minute and has the same plan whatever its values are, such as
 * one by keys: each connection then reads and plans it once, which takes longer than doing it. Its columns are named,
 * because a plan must not change its answer.
 */
export const prepared = sql.raw(mark)

/** A plan is made for the size that tables have; in a storm an empty one is full before anybody has counted it. */
const PLANS_LAST_MS = 5_000

// Statements that are put together of parts are few; without a limit a mistake would fill the memory of the database.
const MOST = 300
const names = new Map<string, string>()

const nameOf = (text: string): string | undefined => {
  const known = names.get(text)
  if (known || names.size >= MOST) return known
  const name = `wf_${createHash('sha256').update(text).digest('hex').slice(0, 20)}`
  names.set(text, name)
  return name
}

/** Makes a connection prepare the statements that are marked. */
export const prepareMarked = (client: pg.PoolClient): void => {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown
  let planned = performance.now()
  const marked = (text: string, values: unknown, more: unknown[]) => {
    const name = nameOf(text)
    if (!name) return query(text, values, ...more)
    if (performance.now() - planned > PLANS_LAST_MS) {
      planned = performance.now()
      // In a transaction that has failed it is refused, as is what follows.
      ;(query('discard plans') as Promise<unknown>).catch(() => undefined)
    }
    return query({ name, text, values }, ...more)
  }
  client.query = ((text: unknown, values: unknown, ...more: unknown[]) =>
    typeof text === 'string' && text.slice(0, 60).includes(mark)
      ? marked(text, values, more)
      : query(text, values, ...more)) as typeof client.query
}
