import { isKnownZone } from '../../../../platform/wall-clock.ts'

const cities = (): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const city = zone.split('/').at(-1)?.toLowerCase()
    if (city && !found.has(city)) found.set(city, zone)
  }
  return found
}
let known: ReadonlyMap<string, string> | undefined

/** The zone that `timezone` names: one of the operating system, or a city of those as AutoSys lists them. null when neither. */
export const zoneNamed = (text: string): string | null => {
  if (isKnownZone(text)) return text
  known ??= cities()
  return known.get(text.toLowerCase().replaceAll(' ', '_')) ?? null
}
