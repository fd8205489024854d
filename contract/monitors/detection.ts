/** How a monitor looks and decides; seconds. */
export type Rhythm = { intervalSeconds: number; timeoutSeconds: number; downAfter: number }

/** The longest time in seconds from the moment at which a target dies until it is found down. */
export const foundDownWithin = (r: Rhythm): number => r.intervalSeconds * r.downAfter + r.timeoutSeconds

/** "Found down within 3 min 10 s." */
export const detectionSentence = (r: Rhythm): string => `Found down within ${seconds(foundDownWithin(r))}.`

const seconds = (total: number): string => {
  const whole = Math.ceil(total)
  const parts = [
    [Math.floor(whole / 3600), 'h'],
    [Math.floor((whole % 3600) / 60), 'min'],
    [whole % 60, 's'],
  ] as const
  return parts
    .filter(([n]) => n > 0)
    .map(([n, unit]) => `${n} ${unit}`)
    .join(' ')
}
