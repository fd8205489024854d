import type { Instant } from './clock.ts'
import type { ReadContext } from './context.ts'
import { isDatabaseAway } from './errors.ts'

/** One thing that is, or is not, in order with Watchfloor itself. `what` names it, `detail` is a sentence with the remedy. */
export type HealthItem = {
  what: string
  state: 'ok' | 'warn' | 'bad' | 'unknown'
  detail: string
  since: Instant | null
}

/**
 * What a part of the house knows to be wrong with its own work: read, not remembered, so that any process can answer.
 * The floor asks often and shows each item on every page: a few items, by an index, and none when all is fine.
 */
export type HealthCheck = (ctx: ReadContext) => Promise<HealthItem[]>

/** Asks all parts. One that fails is itself told; that the database is away is thrown on, for then nothing is known. */
export const askHealth = async (
  ctx: ReadContext,
  checks: readonly { name: string; look: HealthCheck }[],
): Promise<HealthItem[]> => {
  const found = await Promise.all(
    checks.map(({ name, look }) =>
      look(ctx).catch((error: unknown): HealthItem[] => {
        if (isDatabaseAway(error)) throw error
        ctx.log.error({ err: error, part: name }, 'a part of the house could not say how it is')
        const said = error instanceof Error ? error.message : String(error)
        return [
          { what: `Self-check of ${name}`, state: 'unknown', detail: `It could not be made: ${said}`, since: null },
        ]
      }),
    ),
  )
  return found.flat()
}

/** A time within a sentence: "07:02 UTC", with its day when that is another one. */
export const timeWords = (at: Instant, now: Instant): string => {
  const [then, today] = [at.toZonedDateTimeISO('UTC'), now.toZonedDateTimeISO('UTC')]
  const time = then.toPlainTime().toString({ smallestUnit: 'minute' })
  if (then.toPlainDate().equals(today.toPlainDate())) return `${time} UTC`
  return `${then.toLocaleString('en-GB', { day: 'numeric', month: 'short' })} ${time} UTC`
}
