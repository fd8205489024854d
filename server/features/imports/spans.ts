const units: [RegExp, number][] = [
  [/^(us|usec|µs|microseconds?)$/, 1e-6],
  [/^(ms|msec|milliseconds?)$/, 1e-3],
  [/^(|s|sec|seconds?)$/, 1],
  [/^(m|min|minutes?)$/, 60],
  [/^(h|hr|hours?)$/, 3_600],
  [/^(d|days?)$/, 86_400],
  [/^(w|weeks?)$/, 604_800],
  [/^(M|months?)$/, 2_629_800],
  [/^(y|years?)$/, 31_557_600],
]

/** Seconds of a span after systemd.time(7), timeout(1) or Go: `1h 30min`, `90`, `2.5d`, `1h0m0s`. null when it is none. */
export const spanSeconds = (text: string): number | null => {
  const given = text.trim()
  if (given === '' || given.replace(/\d+(\.\d+)?\s*[a-zA-Zµ]*\s*/g, '') !== '') return null
  let sum = 0
  for (const [, number = '', unit = ''] of given.matchAll(/(\d+(?:\.\d+)?)\s*([a-zA-Zµ]*)/g)) {
    const size = units.find(([name]) => name.test(unit))?.[1]
    if (size === undefined) return null
    sum += Number(number) * size
  }
  return sum
}
