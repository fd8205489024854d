import type { Actor } from './access.ts'
import type { Instant } from './clock.ts'
import type { Context } from './context.ts'
import type { Crypto } from './crypto.ts'
import type { Db } from './db/pool.ts'
import { newId } from './ids.ts'

/**
 * Makes a link that lets its bearer run one verb with one input, and read some things, until it expires. Returns the
 * link's id; the token is derived from it when the message is sent (`linkToken`) and stands nowhere.
 */
export const createLink = async (
  ctx: Context,
  link: { userId: string; run: { name: string }; input: unknown; readable: string[]; expiresAt: Instant },
): Promise<string> => {
  const id = newId()
  await ctx.db
    .insertInto('signed_links')
    .values({
      id,
      user_id: link.userId,
      verb: link.run.name,
      input: JSON.stringify(link.input),
      readable: link.readable,
      created_at: ctx.now(),
      expires_at: link.expiresAt,
    })
    .execute()
  return id
}

const compact = (id: string) => id.replaceAll('-', '')

export const linkToken = (crypto: Crypto, id: string): string => `${compact(id)}.${crypto.sign('link', compact(id))}`

export type LinkState =
  | { state: 'unknown' }
  | { state: 'expired' }
  | { state: 'good'; actor: Extract<Actor, { kind: 'link' }>; usedAt: Instant | null }

/** Who the bearer of a token is. Forged and unknown tokens look the same. `nameOf` looks the user's name up. */
export const readLink = async (
  db: Db,
  crypto: Crypto,
  token: string,
  now: Instant,
  nameOf: (userId: string) => Promise<string | null>,
): Promise<LinkState> => {
  const match = /^([0-9a-f]{32})\.([\w-]{43})$/.exec(token)
  if (!match?.[1] || !match[2] || !crypto.verify('link', match[1], match[2])) return { state: 'unknown' }
  const id = match[1].replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  const row = await db.selectFrom('signed_links').selectAll().where('id', '=', id).executeTakeFirst()
  const name = row ? await nameOf(row.user_id) : null
  if (!row || name === null) return { state: 'unknown' }
  if (Temporal.Instant.compare(row.expires_at, now) <= 0) return { state: 'expired' }
  const actor = {
    kind: 'link',
    id,
    userId: row.user_id,
    name,
    verb: row.verb,
    input: row.input,
    readable: row.readable,
  } as const
  return { state: 'good', actor, usedAt: row.used_at }
}

/** Marks a link as used, once; false when it had been used before. */
export const useLink = async (ctx: Context, linkId: string): Promise<boolean> => {
  const { numUpdatedRows } = await ctx.db
    .updateTable('signed_links')
    .set({ used_at: ctx.now() })
    .where('id', '=', linkId)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
