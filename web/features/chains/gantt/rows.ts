import { millis } from '../../../ui/time.ts'
import type { NightJob } from '../data.ts'

/** A row of the chain: a job, how deep it stands in boxes, and whether its members are shown. */
export type Row = { job: NightJob; depth: number; open: boolean | undefined; inside: Inside }
/** From the first start of a box's members to the last end of them; undefined where none has a time. */
type Inside = { from: number; to: number } | undefined

const insideOf = (box: string, members: ReadonlyMap<string, readonly NightJob[]>): Inside => {
  const seen = new Set([box])
  const all: NightJob[] = []
  const put = (id: string) => {
    for (const member of members.get(id) ?? []) {
      if (seen.has(member.id)) continue
      seen.add(member.id)
      all.push(member)
      put(member.id)
    }
  }
  put(box)
  const starts = all.flatMap((job) => job.startedAt ?? job.startsAt ?? [])
  const ends = all.flatMap((job) => job.endedAt ?? job.endsAt ?? [])
  if (starts.length === 0 || ends.length === 0) return undefined
  return { from: Math.min(...starts.map(millis)), to: Math.max(...ends.map(millis)) }
}

/**
 * The jobs in their order, members below their box and hidden where that is closed. A box that is in itself, which no
 * scheduler should have, is shown at the top all the same.
 */
export const rowsOf = (jobs: readonly NightJob[], closed: ReadonlySet<string>): Row[] => {
  const known = new Set(jobs.map(({ id }) => id))
  const members = Map.groupBy(jobs, ({ box }) => (box !== null && known.has(box) ? box : ''))
  const rows: Row[] = []
  const seen = new Set<string>()
  const put = (job: NightJob, depth: number, shown: boolean) => {
    if (seen.has(job.id)) return
    seen.add(job.id)
    const inside = members.get(job.id) ?? []
    const open = inside.length > 0 ? !closed.has(job.id) : undefined
    if (shown) rows.push({ job, depth, open, inside: inside.length > 0 ? insideOf(job.id, members) : undefined })
    for (const member of inside) put(member, depth + 1, shown && open === true)
  }
  for (const job of members.get('') ?? []) put(job, 0, true)
  for (const job of jobs) put(job, 0, true)
  return rows
}

/** Of jobs that stand on each other: by row, so that a hidden member is drawn at its box. */
export const placesOf = (rows: readonly Row[], jobs: readonly NightJob[]): ReadonlyMap<string, number> => {
  const places = new Map(rows.map(({ job }, index) => [job.id, index]))
  const boxes = new Map(jobs.map(({ id, box }) => [id, box]))
  const found = new Map<string, number>()
  for (const { id } of jobs) {
    let at: string | null | undefined = id
    for (let steps = 0; at && !places.has(at) && steps < 50; steps += 1) at = boxes.get(at)
    const place = at ? places.get(at) : undefined
    if (place !== undefined) found.set(id, place)
  }
  return found
}
