/** Midnights as milliseconds, as if their zone were UTC. */

export const DAY = 86_400_000

/** Of a midnight as above. It is asked for a million times: Temporal takes fifty times as long. */
export const yearAndMonth = (day: number): [year: number, month: number] => {
  const date = new Date(day)
  return [date.getUTCFullYear(), date.getUTCMonth() + 1]
}
