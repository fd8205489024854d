import { sql } from 'kysely'
import { z } from 'zod'
import type { Net } from '../../checks/lib/net.ts'
import type { ReadContext } from './context.ts'
import { effect } from './effect.ts'
import { type HealthCheck, timeWords } from './health.ts'
import { periodic } from './periodic.ts'

const EVERY_SECONDS = 60
const DEADLINE_MS = 10_000
/** One ping may be lost on the way; the second place waits longer than that. */
const LOUD_AFTER_SECONDS = 180

const state = z.object({
  toldAt: z.string().nullable(),
  failing: z.object({ since: z.string(), why: z.string() }).nullable(),
})
type State = z.output<typeof state>

const stateOf = async ({ db }: ReadContext): Promise<State> => {
  const row = await db.selectFrom('settings').select('value').where('name', '=', 'dead-man').executeTakeFirst()
  return state.safeParse(row?.value).data ?? { toldAt: null, failing: null }
}

const ping = async (url: string, { net }: { net: Net }, stop: AbortSignal): Promise<string | null> => {
  const { host } = new URL(url)
  try {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(DEADLINE_MS)])
    const { status } = await net.request(url, {
      method: 'GET',
      headers: { 'user-agent': 'Watchfloor' },
      signal,
      maxRedirects: 3,
      maxBytes: 10_000,
    })
    return status >= 200 && status < 300 ? null : `${host} answered ${status}`
  } catch (error) {
    return `${host} could not be reached: ${error instanceof Error ? error.message : String(error)}`
  }
}

/**
 * Tells a second place that we are alive. It comes from due work like a page does: while that stands still, nothing is
 * told, and the second place calls somebody.
 */
export const tellSecondPlace = effect('dead_man.tell', {
  input: z.object({}),
  begin: async (ctx) => (ctx.config.DEAD_MAN_URL ? { url: ctx.config.DEAD_MAN_URL } : null),
  perform: ({ url }, { platform, signal }) => ping(url, platform, signal),
  async settle(ctx, _work, why) {
    const before = await stateOf(ctx)
    const now = ctx.now().toString()
    const after: State = why
      ? { toldAt: before.toldAt, failing: { since: before.failing?.since ?? now, why } }
      : { toldAt: now, failing: null }
    await sql`insert into settings (name, value, updated_at) values ('dead-man', ${JSON.stringify(after)}::jsonb, ${ctx.now()})
      on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at`.execute(ctx.db)
    ctx.unchanged(undefined)
  },
})

export const deadMan = periodic(
  'dead_man.beat',
  EVERY_SECONDS,
  'Tells the second place of DEAD_MAN_URL that we are alive',
  async (ctx) => {
    if (ctx.config.DEAD_MAN_URL)
      ctx.due({ key: 'dead-man', at: ctx.now(), run: tellSecondPlace, input: {}, priority: 0 })
  },
)

/** Whether the second place hears of us; nothing where there is none. */
export const deadManHealth: HealthCheck = async (ctx) => {
  if (!ctx.config.DEAD_MAN_URL) return []
  const { toldAt, failing } = await stateOf(ctx)
  const what = 'Dead-man ping'
  if (!failing) {
    const detail = toldAt
      ? `The second place was told last at ${timeWords(Temporal.Instant.from(toldAt), ctx.now())}.`
      : 'The second place has not been told yet.'
    return [{ what, state: 'ok', detail, since: null }]
  }
  const since = Temporal.Instant.from(failing.since)
  const loud = ctx.now().epochMilliseconds - since.epochMilliseconds >= LOUD_AFTER_SECONDS * 1000
  const detail = `The second place cannot be told that we are alive: ${failing.why}. It will raise an alarm of its own. Look at DEAD_MAN_URL and the way there.`
  return [{ what, state: loud ? 'bad' : 'warn', detail, since }]
}
