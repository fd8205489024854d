import type { Definitions } from './definitions.ts'

/** Asked each second of the same chains: worked out once for each reading of the definitions. */
const known = new WeakMap<Definitions, Map<string, ReadonlySet<string>>>()

/**
 * A job with all that its end waits for: what its condition names, its boxes and what they wait for, and of a box that is
 * waited for its members. The members beside it in its own box are not: its end does not wait for theirs.
 */
export const ancestorsOf = (definitions: Definitions, target: string): ReadonlySet<string> => {
  const ofThese = known.get(definitions) ?? new Map<string, ReadonlySet<string>>()
  known.set(definitions, ofThese)
  const found = ofThese.get(target) ?? ancestors(definitions, target)
  ofThese.set(target, found)
  return found
}

const ancestors = ({ jobs, members }: Definitions, target: string): Set<string> => {
  const ends = new Set<string>()
  const begins = new Set<string>()
  const todo: { id: string; end: boolean }[] = [{ id: target, end: true }]
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { id, end } = next
    const job = jobs.get(id)
    if (!job || ends.has(id) || (!end && begins.has(id))) continue
    if (end) {
      ends.add(id)
      for (const member of members.get(id) ?? []) todo.push({ id: member, end: true })
    }
    if (begins.has(id)) continue
    begins.add(id)
    for (const before of job.before) todo.push({ id: before, end: true })
    if (job.waits.box) todo.push({ id: job.waits.box, end: false })
  }
  return begins
}
