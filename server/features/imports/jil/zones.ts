import { isKnownZone } from '../../../platform/wall-clock.ts'

const cities = (): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const city = zone.split('/').at(-1)?.toLowerCase()
    if (city && !found.has(city)) found.set(city, zone)
  }
  return found
}
let known: ReadonlyMap<string, string> | undefined
const asked = new Map<string, string | null>()
/** There are some hundred zones; what else is asked for is not remembered for ever. */
const MOST_ASKED = 1_000

const cityNamed = (text: string): string | null => {
  known ??= cities()
  return known.get(text.toLowerCase().replaceAll(' ', '_')) ?? null
}

/** The zone that `timezone` names: one of the operating system, or a city of those as AutoSys lists them. null when neither. */
export const zoneNamed = (text: string): string | null => {
  const before = asked.get(text)
  if (before !== undefined) return before
  const found = isKnownZone(text) ? text : cityNamed(text)
  if (asked.size < MOST_ASKED) asked.set(text, found)
  return found
}
