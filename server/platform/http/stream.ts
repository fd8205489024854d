import type { FastifyInstance } from 'fastify'
import { scopeFor } from '../access.ts'
import { AppError } from '../errors.ts'
import { type Feed, type FeedEvent, maySee, parsePlace, placeText, readAfter } from '../feed.ts'
import type { Platform } from '../platform.ts'
import type { Authenticate } from './api.ts'

/** Keeps proxies from closing it, and looks again at who reads: whoever was disabled or signed out is cut off. */
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
export const mountStream = (app: FastifyInstance, platform: Platform, feed: Feed, authenticate: Authenticate): void => {
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
    const unsubscribe = feed.subscribe({
      actor,
      take: (events) => {
        if (held) held.push(...events)
        else for (const e of events) send(message(e))
      },
    })
    const beat = setInterval(() => {
      send(': still here\n\n')
      authenticate(request).then(
        (present) => scopeFor(present, 'event.read') ?? raw.destroy(),
        // The database is away: nobody is signed out by that.
        () => undefined,
      )
    }, HEARTBEAT_MS)
    platform.metrics.streams.inc()
    raw.on('close', () => {
      clearInterval(beat)
      unsubscribe()
      platform.metrics.streams.dec()
    })
    const sent = await catchUp(platform, request.headers['last-event-id'], scope, send, feed)
    // What arrived while the past was being read; what both hold is sent once.
    for (const e of held) if (!sent.has(e.id)) send(message(e))
    held = null
    send(`event: ready\ndata: {}\n\n`)
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
  send(`id: ${placeText(feed.place())}\nevent: reset\ndata: {}\n\n`)
  return sent
}
