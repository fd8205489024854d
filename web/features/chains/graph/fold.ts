import type { GraphJob } from '../../../../contract/chains/graph.ts'
import type { NightEdge } from '../../../../contract/chains/night.ts'

export type Around = { jobs: readonly GraphJob[]; edges: readonly NightEdge[] }
/** A job as it is drawn: a box that is closed stands for all of its members. */
export type Folded = { jobs: (GraphJob & { members: number; closed: boolean })[]; edges: NightEdge[] }

/** So many can be read at once; with more, boxes begin closed. */
export const readable = 60

/** The boxes in which a job is, from its own outwards. */
const boxesOf = (id: string, boxOf: ReadonlyMap<string, string | null>): string[] => {
  const found: string[] = []
  for (let at = boxOf.get(id) ?? null; at && !found.includes(at); at = boxOf.get(at) ?? null) found.push(at)
  return found
}

/** The boxes that begin closed: where there is much to read, all that the job in the middle is not in. */
export const closedFirst = ({ jobs }: Around, middle: string): Set<string> => {
  if (jobs.length <= readable) return new Set()
  const own = new Set([middle, ...boxesOf(middle, new Map(jobs.map(({ id, box }) => [id, box])))])
  return new Set(jobs.filter(({ id, isBox }) => isBox && !own.has(id)).map(({ id }) => id))
}

/** Members of closed boxes go into them, with their lines; a line from a box to itself falls away. */
export const folded = ({ jobs, edges }: Around, closed: ReadonlySet<string>): Folded => {
  const boxOf = new Map(jobs.map(({ id, box }) => [id, box]))
  const shownAs = new Map(
    jobs.map(({ id }) => [id, boxesOf(id, boxOf).findLast((box) => closed.has(box) && boxOf.has(box)) ?? id] as const),
  )
  const members = new Map<string, number>()
  for (const { id } of jobs) for (const box of boxesOf(id, boxOf)) members.set(box, (members.get(box) ?? 0) + 1)
  const lines = new Map<string, NightEdge>()
  for (const edge of edges) {
    const [from, to] = [shownAs.get(edge.from), shownAs.get(edge.to)]
    if (from && to && from !== to && !lines.has(`${from} ${to}`)) lines.set(`${from} ${to}`, { ...edge, from, to })
  }
  return {
    jobs: jobs
      .filter(({ id }) => shownAs.get(id) === id)
      .map((job) => ({ ...job, members: members.get(job.id) ?? 0, closed: closed.has(job.id) })),
    edges: [...lines.values()],
  }
}
