/** What a run says it has worked through, by name: rows, files, trades. */
export type Volumes = Record<string, number>

const MOST = 10
const SEEN_CHARACTERS = 4_000
const volume = /^([a-z][a-z0-9_.-]{0,39})=(\d{1,15}(?:\.\d{1,6})?)$/
/** Is measured anyway. */
const reserved = 'duration'

/** Of names with what they say, those that are amounts; the last of a name counts. */
export const volumesOf = (pairs: Iterable<readonly [name: string, value: string]>): Volumes | null => {
  const found: Volumes = {}
  let count = 0
  for (const [name, value] of pairs) {
    const [, known, amount] = volume.exec(`${name}=${value}`) ?? []
    if (known === undefined || known === reserved || (!(known in found) && count === MOST)) continue
    if (!Object.hasOwn(found, known)) count++
    found[known] = Number(amount)
  }
  return count > 0 ? found : null
}

/** Of the query of a ping, whatever is a number and means nothing else. */
export const volumesOfQuery = (query: Record<string, unknown>, known: ReadonlySet<string>): Volumes | null => {
  // Most pings have none, and thousands come in a second.
  let some: [string, string][] | null = null
  for (const name in query) {
    const value = query[name]
    if (known.has(name) || typeof value !== 'string') continue
    some ??= []
    some.push([name, value])
  }
  return some && volumesOf(some)
}

/** Of the end of what a run printed, the lines that are nothing but `rows=12345`, one or several; the last of a name counts. */
export const volumesOfOutput = (output: string | null): Volumes | null => {
  if (output === null || !output.includes('=')) return null
  const pairs: [string, string][] = []
  for (const line of output.slice(-SEEN_CHARACTERS).split('\n')) {
    const words = line.trim().split(/[\s,;]+/)
    const read = words.map((word) => volume.exec(word))
    if (read.every((found) => found !== null)) for (const [, name = '', value = ''] of read) pairs.push([name, value])
  }
  return volumesOf(pairs)
}
