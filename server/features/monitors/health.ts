import { earlier, type Instant, plusSeconds } from '../../platform/clock.ts'
import { type HealthCheck, type HealthItem, timeWords } from '../../platform/health.ts'
import { selectMonitors } from './rows.ts'

const MOST = 1_000
const SHOWN = 3
/** A new monitor is looked at within its first interval; until then nobody has missed anything. */
const NEW_SECONDS = 60

type Blind = { name: string; since: Instant; unobserved: boolean; said: string | null }

const names = (all: Blind[]): string => {
  const shown = all
    .slice(0, SHOWN)
    .map((m) => m.name)
    .join(', ')
  const more = all.length - SHOWN
  return more > 0 ? `${shown} and ${all.length >= MOST ? 'more than 1,000' : more} more` : shown
}

/** Monitors of which nobody knows how their targets are: because nobody looks, or because looks cannot be made. */
export const monitorsHealth: HealthCheck = async (ctx) => {
  const rows = await ctx.db
    .selectFrom(selectMonitors(ctx.db, ctx.now()).select('m.updated_at').as('seen'))
    .selectAll()
    .where('status', '=', 'unknown')
    .where('updated_at', '<', plusSeconds(ctx.now(), -NEW_SECONDS))
    .orderBy('name')
    .limit(MOST)
    .execute()
  const blind = rows.map(
    (r): Blind => ({
      name: r.name,
      since: r.since ?? r.updated_at,
      unobserved: r.last_at === null || r.unobserved_since !== null,
      said: r.reason,
    }),
  )
  const item = (state: HealthItem['state'], found: Blind[], detail: (since: string) => string): HealthItem[] => {
    const since = found.map((m) => m.since).reduce<Instant | null>((a, b) => (a ? earlier(a, b) : b), null)
    return since ? [{ what: 'Monitors', state, detail: detail(timeWords(since, ctx.now())), since }] : []
  }
  const unobserved = blind.filter((m) => m.unobserved)
  const looking = blind.filter((m) => !m.unobserved)
  return [
    ...item(
      'bad',
      unobserved,
      (since) =>
        `Nobody has looked at ${names(unobserved)} since ${since}. Look whether a process with the role worker runs.`,
    ),
    ...item(
      'unknown',
      looking,
      (since) => `Blind since ${since}: ${names(looking)}. ${looking[0]?.said ?? 'Looks cannot be made'}.`,
    ),
  ]
}
