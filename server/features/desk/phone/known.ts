import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context.ts'
import { containing } from '../../../platform/db/like.ts'
import { serviceNames, unitNames } from '../../catalog/index.ts'
import type { Nameable } from './names.ts'
import type { Known } from './read-line.ts'

const MOST_PEOPLE = 300
const MOST_WORDS = 20

/** What a line may name. Services and business units are few; of people those whose name has a word of the line. */
export const knownFor = async (ctx: Pick<ReadContext, 'db'>, line: string): Promise<Known> => {
  const [services, units, people] = await Promise.all([serviceNames(ctx.db), unitNames(ctx.db), peopleNamed(ctx, line)])
  return { services: services.map((s) => ({ ...s, weight: 5 - s.tier })), units, people }
}

const peopleNamed = async (ctx: Pick<ReadContext, 'db'>, line: string): Promise<Nameable[]> => {
  const words = [...new Set(line.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [])].slice(0, MOST_WORDS)
  if (words.length === 0) return []
  // One condition for each word: the trigram index serves each of them.
  const named = sql.join(
    words.map((w) => sql`(lower(name) || ' ' || email) like ${containing(w)}`),
    sql` or `,
  )
  const { rows } = await sql<{ id: string; name: string; mail: string }>`
    select id, name, email as mail from users where disabled_at is null and (${named}) limit ${MOST_PEOPLE}`.execute(
    ctx.db,
  )
  return rows
}
