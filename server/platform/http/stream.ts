import type { ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { scopeFor } from '../access.ts'
import { AppError } from '../errors.ts'
import {
  endOfLog,
  type Feed,
  type FeedEvent,
  maySee,
  parsePlace,
  placeText,
  readAfter,
  type Subscriber,
} from '../feed.ts'
import type { Platform } from '../platform.ts'
import type { Authenticate } from './api.ts'

/**
 * Keeps proxies from closing it, and looks again at who reads: whoever was disabled or signed out is cut off. A page takes
 * a line on which it has not heard this for half a minute for dead (web/live-stream.ts).
 */
const HEARTBEAT_MS = 10_000
/** A reader that is this far behind is cut off; it comes back with Last-Event-ID and loses nothing. */
const MOST_BUFFERED_BYTES = 1_000_000
/** A reader that was away for longer than this many events is told to read everything anew. */
const MOST_CAUGHT_UP = 5_000
const CATCH_UP_BATCH = 500

const message = (e: FeedEvent): string =>
  `id: ${placeText(e)}\nevent: change\ndata: ${JSON.stringify({ id: e.id, type: e.type, subject: e.subject, about: e.about, team: e.team_id, at: e.at, actor: e.actor_name })}\n\n`

/**
 * GET /api/events/stream: server-sent events of what the reader may see. Browsers share one reader of the log and no
 * database connection of their own; each has a bounded buffer.
 */
export const mountStream = (
  app: FastifyInstance,
  platform: Platform,
  feed: Feed,
  authenticate: Authenticate,
  given: { heartbeatMs?: number } = {},
): void => {
  const open = new Set<ServerResponse>()
  // A stop does not wait for those who only listen; they come back to another process, or to the next one.
  app.addHook('preClose', async () => {
    for (const raw of open) raw.end()
  })
  app.get('/api/events/stream', async (request, reply) => {
    const actor = await authenticate(request)
    const scope = scopeFor(actor, 'event.read')
    if (!scope) throw new AppError('unauthenticated', 'Sign in to follow what happens.')
    const raw = reply.raw
    reply.hijack()
    raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      connection: 'keep-alive',
    })
    const send = (text: string) => {
      if (raw.writableEnded || raw.destroyed) return
      raw.write(text)
      if (raw.writableLength > MOST_BUFFERED_BYTES) raw.destroy()
    }
    let held: FeedEvent[] | null = []
    const subscriber: Subscriber = {
      actor,
      take: (events) => {
        if (!held) for (const e of events) send(message(e))
        else if (held.push(...events) > MOST_CAUGHT_UP) raw.destroy()
      },
      moved: (subjects) => send(`event: moved\ndata: ${JSON.stringify(subjects)}\n\n`),
    }
    const unsubscribe = feed.subscribe(subscriber)
    const lookAgain = async () => {
      const present = await authenticate(request)
      if (!scopeFor(present, 'event.read')) return raw.destroy()
      // Whose role or teams are others now reads by these.
      subscriber.actor = present
    }
    const beat = setInterval(() => {
      send('event: beat\ndata: {}\n\n')
      lookAgain().catch((error: unknown) => {
        // A key that was revoked ends it. The database being away signs nobody out.
        if (error instanceof AppError && error.code === 'unauthenticated') raw.destroy()
      })
    }, given.heartbeatMs ?? HEARTBEAT_MS)
    open.add(raw)
    platform.metrics.streams.inc()
    raw.on('close', () => {
      clearInterval(beat)
      unsubscribe()
      open.delete(raw)
      platform.metrics.streams.dec()
    })
    try {
      const sent = await catchUp(platform, request.headers['last-event-id'], scope, send, feed)
      // What arrived while the past was being read; what both hold is sent once.
      for (const e of held) if (!sent.has(e.id)) send(message(e))
      held = null
      send(`event: ready\ndata: {}\n\n`)
    } catch (error) {
      // The reader comes back with the place that it has, and misses nothing.
      platform.log.warn({ err: (error as Error).message, id: request.id }, 'a live stream could not read the past')
      raw.destroy()
    }
  })
}

const catchUp = async (
  platform: Platform,
  header: string | string[] | undefined,
  scope: NonNullable<ReturnType<typeof scopeFor>>,
  send: (text: string) => void,
  feed: Feed,
) => {
  const sent = new Set<string>()
  const start = typeof header === 'string' ? parsePlace(header) : null
  if (!start) {
    send(`id: ${placeText(feed.place())}\nevent: hello\ndata: {}\n\n`)
    return sent
  }
  const reset = () => send(`id: ${placeText(feed.place())}\nevent: reset\ndata: {}\n\n`)
  // A place that this log has not come to is of another one: a backup was restored, or a copy took over that was behind.
  if (BigInt(start.xid) > BigInt((await endOfLog(platform.db)).xid)) {
    reset()
    return sent
  }
  let place = start
  for (let read = 0; read < MOST_CAUGHT_UP; read += CATCH_UP_BATCH) {
    const events = await readAfter(platform.db, place, CATCH_UP_BATCH)
    for (const e of events) {
      if (!maySee(scope, e)) continue
      sent.add(e.id)
      send(message(e))
    }
    const last = events.at(-1)
    if (!last || events.length < CATCH_UP_BATCH) return sent
    place = { xid: last.xid, seq: last.seq }
  }
  reset()
  return sent
}
