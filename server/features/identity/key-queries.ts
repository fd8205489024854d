import { type SqlBool, sql } from 'kysely'
import { keyId, listKeysInput } from '../../../contract/identity/keys.ts'
import type { Instant } from '../../platform/clock.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import type { Db } from '../../platform/db/pool.ts'
import { notFound } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { byName } from './search.ts'

type SecretInfo = {
  id: string
  hint: string
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
  state: 'valid' | 'expired' | 'revoked'
}

// As text in UTC: within JSON the server would write its own form of a time.
const iso = (column: string) => sql`to_char(${sql.ref(column)}, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

const selectKeys = (db: Db, now: Instant) =>
  db
    .selectFrom('api_keys as k')
    .leftJoin('users as u', 'u.id', 'k.created_by')
    .select([
      'k.id',
      'k.name',
      'k.scopes',
      'k.version',
      'k.created_at as createdAt',
      'k.revoked_at as revokedAt',
      sql<{
        id: string
        name: string
      } | null>`case when u.id is not null then json_build_object('id', u.id, 'name', u.name) end`.as('createdBy'),
      sql<Instant | null>`(select max(s.last_used_at) from api_key_secrets s where s.key_id = k.id)`.as('lastUsedAt'),
      sql<SecretInfo[]>`coalesce((
        select json_agg(json_build_object('id', s.id, 'hint', s.hint, 'createdAt', ${iso('s.created_at')},
          'expiresAt', ${iso('s.expires_at')}, 'lastUsedAt', ${iso('s.last_used_at')},
          'state', case when s.revoked_at is not null or k.revoked_at is not null then 'revoked'
            when s.expires_at <= ${now} then 'expired' else 'valid' end) order by s.created_at desc, s.id desc)
        from api_key_secrets s where s.key_id = k.id), '[]')`.as('secrets'),
    ])

/** A key as the API shows it, without its secrets' text. Throws `not_found`. */
export const loadKey = async (db: Db, id: string, now: Instant) => {
  const row = await selectKeys(db, now).where('k.id', '=', id).executeTakeFirst()
  if (!row) throw notFound('This key')
  return row
}

export const listKeys = query('key.list', {
  permission: 'key.read',
  input: listKeysInput,
  async run(ctx, input) {
    const sort = sql<string>`lower(k.name)`
    let page = selectKeys(ctx.db, ctx.now())
      .select(sort.as('sort'))
      .orderBy(sort)
      .orderBy('k.id')
      .limit(input.limit + 1)
    if (input.cursor) {
      const [name, id] = readCursor(input.cursor, byName)
      page = page.where(sql<SqlBool>`(lower(k.name), k.id) > (${name}::text, ${id}::uuid)`)
    }
    if (input.state !== 'all') page = page.where('k.revoked_at', input.state === 'valid' ? 'is' : 'is not', null)
    return toPage(await page.execute(), input.limit, (k) => [k.sort, k.id])
  },
})

export const readKey = query('key.read', {
  permission: 'key.read',
  input: keyId,
  run: (ctx, { id }) => loadKey(ctx.db, id, ctx.now()),
})
