import { sql } from 'kysely'
import { z } from 'zod'
import { type Actor, actorRow } from './access.ts'
import type { Instant } from './clock.ts'
import type { Db } from './db/pool.ts'
import { prepared } from './db/prepared.ts'
import { newId } from './ids.ts'
import { withoutNul } from './text.ts'

export type Audience = 'internal' | 'requester' | 'public'

/**
 * A kind of event. `say` turns its data into the plain sentence that timelines show; it is read at the time of
 * reading, so that old events get better words too. `tone` colours it: risk only.
 */
export type EventType<D> = {
  name: string
  data: z.ZodType<D>
  say(data: D, actor: string): string
  tone?: 'bad' | 'warn' | 'good'
}

export const eventType = <D>(
  name: string,
  data: z.ZodType<D>,
  say: EventType<D>['say'],
  tone?: EventType<D>['tone'],
): EventType<D> => ({
  name,
  data,
  say,
  ...(tone ? { tone } : {}),
})

/** References are `kind:id`. */
export const ref = (kind: string, id: string): string => `${kind}:${id}`
export const refId = (reference: string): string => reference.slice(reference.indexOf(':') + 1)

export type Recorded<D> = {
  subject: string
  /** Other things whose timeline it belongs to; the subject is always among them. */
  about?: (string | null | undefined)[]
  team?: string | null
  audience?: Audience
  /** Who did it, where only the act itself finds out: a person who is not signed in yet. */
  by?: { id: string; name: string }
  data: D
}

export type PendingEvent = {
  id: string
  at: Instant
  type: string
  actor: { kind: string; id: string | null; name: string }
  subject: string
  about: string[]
  team: string | null
  audience: Audience
  data: unknown
  cause: string | null
}

export const pendingEvent = <D>(
  type: EventType<D>,
  given: Recorded<D>,
  at: Instant,
  actor: Actor,
  cause: string | null,
): PendingEvent => ({
  id: newId(),
  at,
  type: type.name,
  actor: given.by ? { kind: 'user', id: given.by.id, name: given.by.name } : actorRow(actor),
  subject: given.subject,
  about: [...new Set([given.subject, ...(given.about ?? []).filter((r): r is string => !!r)])],
  team: given.team ?? null,
  audience: given.audience ?? 'internal',
  data: type.data.parse(given.data),
  cause,
})

/** Writes the events of a transaction and the index of what they are about, in one statement. */
export const writeEvents = async (db: Db, events: readonly PendingEvent[]): Promise<void> => {
  if (events.length === 0) return
  const rows = withoutNul(JSON.stringify(events))
  await sql`${prepared}
    with written as (
      insert into events (id, at, type, actor_kind, actor_id, actor_name, subject, about, team_id, audience, data, cause)
      select id, at, type, actor->>'kind', actor->>'id', actor->>'name', subject, about, team, audience, data, cause
      from jsonb_to_recordset(${rows}::jsonb)
        as r(id uuid, at timestamptz, type text, actor jsonb, subject text, about text[], team uuid, audience text, data jsonb, cause uuid)
      returning seq, at, about)
    insert into event_about (ref, at, seq) select unnest(about), at, seq from written`.execute(db)
}

/** What a reaction receives. `data` is parsed by the type that recorded it. */
export const eventInput = <D>(type: EventType<D>) =>
  z.object({
    id: z.string(),
    at: z.string().transform((t) => Temporal.Instant.from(t)),
    type: z.string(),
    actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
    subject: z.string(),
    about: z.array(z.string()),
    team: z.string().nullable(),
    data: type.data,
  })
