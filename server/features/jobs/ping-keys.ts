import { sql } from 'kysely'
import { endPingKeyInput, makePingKeyInput, ofTeam, type PingKeyKind } from '../../../contract/jobs/ping-keys.ts'
import type { Context, ReadContext } from '../../platform/context.ts'
import { randomToken, sha256 } from '../../platform/crypto.ts'
import { invalid, notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { query } from '../../platform/query.ts'
import { verb } from '../../platform/verb.ts'
import { findTeam } from '../identity/index.ts'
import { requireCovered, requireOwnTeam } from '../monitors/index.ts'
import { pingKeyEnded, pingKeyMade } from './events.ts'

/** What ping keys are sealed for. */
export const SEALED_PING_KEY = 'ping key'

/** As healthchecks has them: its senders and programs check the length. */
const lengths: Record<PingKeyKind, number> = { ping: 22, write: 32, read: 32 }

export const readPingKeys = query('job.ping_keys', {
  permission: 'job.write',
  input: ofTeam,
  async run(ctx, { teamId }) {
    await requireCovered(ctx, 'This', teamId)
    return showKeys(ctx, teamId)
  },
})

/** Makes a key, or another in place of the one that is there, which ends within three seconds. */
export const makePingKey = verb('job.make_ping_key', {
  permission: 'job.write',
  input: makePingKeyInput,
  async run(ctx, { teamId, kind, key: given }) {
    await requireOwnTeam(ctx, teamId)
    const length = lengths[kind]
    if (given && given.length !== length)
      throw invalid('key', `must have ${length} characters, as healthchecks has it.`)
    const key = given ?? newKey(length)
    const hash = sha256(key)
    if (given) await requireUnknown(ctx, hash)
    const set = {
      ping: { ping_key: ctx.crypto.seal(SEALED_PING_KEY, key), ping_hash: hash },
      write: { write_hash: hash, write_hint: key.slice(-4) },
      read: { read_hash: hash, read_hint: key.slice(-4) },
    }[kind]
    const before = await showKeys(ctx, teamId)
    await ctx.db
      .insertInto('ping_keys')
      .values({
        team_id: teamId,
        ...set,
        badge_key: randomToken(16),
        created_at: ctx.now(),
        updated_at: ctx.now(),
      })
      .onConflict((c) =>
        c.column('team_id').doUpdateSet((eb) => ({
          ...set,
          updated_at: ctx.now(),
          version: eb('ping_keys.version', '+', 1),
        })),
      )
      .execute()
    const keys = await showKeys(ctx, teamId)
    ctx.record(pingKeyMade, {
      subject: ref('team', teamId),
      team: teamId,
      data: { name: keys.team.name, kind, replaced: before[kind] !== null },
    })
    return { ...keys, key }
  },
})

export const endPingKey = verb('job.end_ping_key', {
  permission: 'job.write',
  input: endPingKeyInput,
  async run(ctx, { teamId, kind }) {
    await requireOwnTeam(ctx, teamId)
    const hash = `${kind}_hash` as const
    const { numUpdatedRows } = await ctx.db
      .updateTable('ping_keys')
      .set((eb) => ({
        [hash]: null,
        [kind === 'ping' ? 'ping_key' : `${kind}_hint`]: null,
        updated_at: ctx.now(),
        version: eb('version', '+', 1),
      }))
      .where('team_id', '=', teamId)
      .where(hash, 'is not', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return ctx.unchanged({ ok: true as const })
    const { team } = await showKeys(ctx, teamId)
    ctx.record(pingKeyEnded, { subject: ref('team', teamId), team: teamId, data: { name: team.name, kind } })
    return { ok: true as const }
  },
})

/** Letters and digits alone: a dash at its end would get lost where it is copied. */
const newKey = (length: number): string => {
  let key = ''
  while (key.length < length) key += randomToken(length).replace(/[-_]/g, '')
  return key.slice(0, length)
}

const requireUnknown = async (ctx: Context, hash: string): Promise<void> => {
  const { rows } = await sql`
    select 1 from ping_keys where ping_hash = ${hash} or write_hash = ${hash} or read_hash = ${hash}`.execute(ctx.db)
  if (rows.length > 0) throw invalid('key', 'is in use already; leave it out to get a new one.')
}

const showKeys = async (ctx: ReadContext, teamId: string) => {
  const team = await findTeam(ctx.db, teamId)
  if (!team) throw notFound('The team')
  const row = await ctx.db.selectFrom('ping_keys').selectAll().where('team_id', '=', teamId).executeTakeFirst()
  const base = ctx.config.BASE_URL ?? `http://localhost:${ctx.config.PORT}`
  return {
    team: { id: teamId, name: team.name },
    ping: row?.ping_key ? ctx.crypto.open(SEALED_PING_KEY, row.ping_key) : null,
    pingUrl: `${base.replace(/\/$/, '')}/ping`,
    write: row?.write_hint ? { hint: row.write_hint } : null,
    read: row?.read_hint ? { hint: row.read_hint } : null,
    changedAt: row?.updated_at ?? null,
  }
}
