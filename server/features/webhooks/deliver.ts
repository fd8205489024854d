import { z } from 'zod'
import { plusMillis } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import type { DueInput } from '../../platform/due.ts'
import { effect } from '../../platform/effect.ts'
import { type FeedEvent, type Place, readAfter } from '../../platform/feed.ts'
import { inWords } from '../../platform/timeline.ts'
import { postSigned } from '../notify/index.ts'
import { type Config, openConfig } from './rows.ts'

const input = z.object({ id: z.uuid() })
/** Of the log in one turn, and of what is posted: others have their turn in between. */
const SCANNED = 1_000
const POSTED = 40
/** In a turn: a claim on due work must not grow old. */
const LONGEST_MS = 20_000
const ANSWER_MS = 5_000
const FIRST_RETRY_MS = 5_000
const LONGEST_RETRY_MS = 15 * 60_000

export const deliveryKey = (id: string): string => `webhook:${id}`
export const deliveryDue = (id: string, at: Temporal.Instant): DueInput => ({
  key: deliveryKey(id),
  at,
  run: { name: 'webhook.deliver' },
  input: { id },
})

type Post = { place: Place; id: string; body: string }
/** `more`: the log goes on after `end`. */
type Work = { id: string; config: Config | null; posts: Post[]; end: Place; more: boolean; failures: number }
/** `reached` is null where nothing was posted: the place stays as it is. */
type Result = { reached: Place | null; sent: number; problem: string | null; afterMs?: number | undefined }

/** Posts what has changed since the place of a webhook, in order; where one is not taken, it goes on from there later. */
export const deliverWebhook = effect('webhook.deliver', {
  input,
  async begin(ctx, { id }): Promise<Work | null> {
    const row = await ctx.db.selectFrom('webhooks').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) return null
    const place = { xid: row.place_xid, seq: row.place_seq }
    const events = await readAfter(ctx.db, place, SCANNED)
    const wanted = events.filter((e) => isWanted(row, e)).slice(0, POSTED)
    const all = wanted.length < POSTED
    const last = (all ? events.at(-1) : wanted.at(-1)) ?? place
    return {
      id,
      config: openConfig(ctx.crypto, row.config),
      posts: wanted.map((e) => ({ place: e, id: e.id, body: bodyOf(ctx, e) })),
      end: { xid: last.xid, seq: last.seq },
      more: !all || events.length === SCANNED,
      failures: row.failures,
    }
  },
  async perform({ config, posts, end }, { platform, signal: stop }): Promise<Result> {
    if (posts.length === 0) return { sent: 0, reached: end, problem: null }
    if (!config) return { sent: 0, reached: null, problem: UNREADABLE }
    let reached: Place | null = null
    let sent = 0
    const until = performance.now() + LONGEST_MS
    for (const { place, id, body } of posts) {
      if (performance.now() > until || stop.aborted) break
      const signal = AbortSignal.any([stop, AbortSignal.timeout(ANSWER_MS)])
      const outcome = await postSigned(config, { id, body }, { net: platform.net, now: platform.clock.now(), signal })
      // That we are stopped is no fault of the other side.
      if (outcome.kind !== 'sent' && stop.aborted) break
      if (outcome.kind !== 'sent') {
        const afterMs = outcome.kind === 'retry' ? outcome.afterMs : undefined
        return { sent, reached, problem: outcome.reason, afterMs }
      }
      reached = place
      sent++
    }
    return { sent, reached: sent === posts.length ? end : reached, problem: null }
  },
  async settle(ctx, { id, failures, more }, { reached, sent, problem, afterMs }) {
    const row = await ctx.db.selectFrom('webhooks').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (!row) return
    const failed = problem !== null
    await ctx.db
      .updateTable('webhooks')
      .set({
        ...(reached && { place_xid: reached.xid, place_seq: reached.seq }),
        delivered_at: sent > 0 ? ctx.now() : row.delivered_at,
        failing_since: failed ? (row.failing_since ?? ctx.now()) : sent > 0 ? null : row.failing_since,
        problem: failed ? problem : sent > 0 ? null : row.problem,
        failures: failed ? (sent > 0 ? 1 : failures + 1) : sent > 0 ? 0 : failures,
      })
      .where('id', '=', id)
      .execute()
    if (failed) ctx.due(deliveryDue(id, plusMillis(ctx.now(), waitMs(sent > 0 ? 0 : failures, afterMs))))
    else if (more) ctx.due(deliveryDue(id, ctx.now()))
  },
})

const UNREADABLE = 'Its address cannot be opened: it was sealed with another SECRET_KEY. Delete it and make it anew.'

/** However long it asks to be left alone, it must not be silent for days over a mistake. */
const waitMs = (failures: number, askedMs = 0): number =>
  Math.min(LONGEST_RETRY_MS, Math.max(askedMs, FIRST_RETRY_MS * 3 ** Math.min(failures, 10)))

/** The first that it has not been told of. */
export const nextFor = async (db: Db, row: Reader): Promise<FeedEvent | undefined> => {
  let place: Place = { xid: row.place_xid, seq: row.place_seq }
  for (;;) {
    const events = await readAfter(db, place, SCANNED)
    const found = events.find((e) => isWanted(row, e))
    const last = events.at(-1)
    if (found || !last || events.length < SCANNED) return found
    place = { xid: last.xid, seq: last.seq }
  }
}

type Reader = { about: string[]; team_id: string | null; place_xid: string; place_seq: number }
const isWanted = (of: Pick<Reader, 'about' | 'team_id'>, e: FeedEvent): boolean =>
  of.about.includes(e.type.slice(0, e.type.indexOf('.'))) && (of.team_id === null || of.team_id === e.team_id)

/** As Standard Webhooks has it: the type, when it happened, and what it is, with a sentence for people. */
const bodyOf = (ctx: Pick<Context, 'registry'>, e: FeedEvent): string =>
  JSON.stringify({
    type: e.type,
    timestamp: e.at.toString(),
    data: {
      id: e.id,
      text: inWords(ctx.registry, e).text,
      subject: e.subject,
      about: e.about,
      team: e.team_id,
      actor: { kind: e.actor_kind, id: e.actor_id, name: e.actor_name },
      facts: e.data,
    },
  })
