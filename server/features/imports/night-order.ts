import type { Condition, Within } from '../../../contract/jobs/waits.ts'
import { inOrder } from '../../platform/in-order.ts'
import type { ImportedJob } from './define-importer.ts'

/** In which order the jobs of one business date can begin and end, and which of them never can. */

/** A job's start is twice its place in the list, its end one more. */
export type NightOrder = { points: number[]; stuck: ImportedJob[][]; at: ReadonlyMap<string, number> }

/** The jobs that a condition needs on its own business date. */
const neededIn = (condition: Condition | null | undefined, counts: Counts): string[] => {
  const found: string[] = []
  const open = condition ? [condition] : []
  for (let c = open.pop(); c; c = open.pop()) {
    if (c.kind === 'all' || c.kind === 'any') open.push(...c.of)
    else if (counts(c)) found.push(c.job)
  }
  return [...new Set(found)]
}

type Atom = Extract<Condition, { job: string }>
type Counts = (c: Condition) => c is Atom

/** `scopes`: which runs of another job are those of the same night. */
export const nightOrder = (jobs: readonly ImportedJob[], scopes: readonly Within[] = ['same-date']): NightOrder => {
  const isSameNight = (c: Condition): c is Atom =>
    'job' in c && scopes.includes(c.within) && !(c.kind === 'job' && c.is === 'not-running')
  const at = new Map(jobs.map((job, index) => [job.externalId, index]))
  const placeOf = (id: string | null | undefined) => (id === null || id === undefined ? undefined : at.get(id))
  const members: number[][] = jobs.map(() => [])
  const needs = jobs.map((job) => neededIn(job.waits?.condition, isSameNight).flatMap((id) => placeOf(id) ?? []))
  const after: number[][] = jobs.flatMap(() => [[], []])
  for (const [index, job] of jobs.entries()) {
    const box = placeOf(job.waits?.box)
    if (box !== undefined) {
      members[box]?.push(index)
      after[box * 2]?.push(index * 2)
      after[index * 2 + 1]?.push(box * 2 + 1)
    }
    for (const other of needs[index] ?? []) after[other * 2 + 1]?.push(index * 2)
    after[index * 2]?.push(index * 2 + 1)
  }
  const reached = new Uint8Array(jobs.length * 2)
  const isMet = (c: Condition): boolean => {
    if (c.kind === 'all') return c.of.every(isMet)
    if (c.kind === 'any') return c.of.some(isMet)
    const other = isSameNight(c) ? at.get(c.job) : undefined
    return other === undefined || reached[other * 2 + 1] === 1
  }
  const canReach = (point: number): boolean => {
    const index = point >> 1
    if (point % 2 === 1) return reached[point - 1] === 1 && (members[index] ?? []).every((m) => reached[m * 2 + 1])
    const { condition, box } = jobs[index]?.waits ?? {}
    const outer = placeOf(box)
    return (outer === undefined || reached[outer * 2] === 1) && (!condition || isMet(condition))
  }
  const points: number[] = []
  const open = jobs.map((_, index) => index * 2).reverse()
  for (let point = open.pop(); point !== undefined; point = open.pop()) {
    if (reached[point] || !canReach(point)) continue
    reached[point] = 1
    points.push(point)
    open.push(...(after[point] ?? []))
  }
  // What is not reached waits in a circle, or for one.
  const waiting = after.map((_, point) => (reached[point] ? [] : (after[point] ?? []).filter((p) => !reached[p])))
  const stuck = inOrder(waiting).circles.map((part) =>
    [...new Set(part.map((point) => point >> 1))].sort((a, b) => a - b).flatMap((index) => jobs[index] ?? []),
  )
  return { points, stuck, at }
}

const MOST_NAMED = 8

/** `A, B and 3 more` */
export const namesOf = (jobs: readonly ImportedJob[]): string => {
  const names = jobs.slice(0, MOST_NAMED).map(({ name }) => name)
  return names.join(', ') + (jobs.length > MOST_NAMED ? ` and ${jobs.length - MOST_NAMED} more` : '')
}
