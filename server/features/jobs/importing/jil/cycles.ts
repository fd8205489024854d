import type { Finding } from '../define-importer.ts'
import { boxNameOf } from './estate.ts'
import type { Built } from './job.ts'
import { placeOf } from './said.ts'

/**
 * Jobs that wait for one another, and boxes that stand in one another. Each job is two points, its start and its end: a
 * start waits for the end of what its condition names and for the start of its box, an end for its start and for the ends
 * of its members. `n()` is no order. Boxes in a circle are taken out of it; conditions stay as they are.
 */
export const cyclesOf = (all: readonly Built[]): Finding[] => {
  const at = new Map(all.map(({ definition }, index) => [definition.name, index]))
  const findings = boxCircles(all, at)
  const edges: number[][] = Array.from({ length: all.length * 2 }, () => [])
  for (const [index, { definition, condition, job }] of all.entries()) {
    const [start, end] = [index * 2, index * 2 + 1]
    edges[end]?.push(start)
    for (const { name, instance, is } of condition?.atoms ?? []) {
      const other = instance === null && is !== 'not-running' ? at.get(name) : undefined
      if (other !== undefined) edges[start]?.push(other * 2 + 1)
    }
    const box = job.waits.box === null ? undefined : at.get(boxNameOf(definition) ?? '')
    if (box === undefined) continue
    edges[start]?.push(box * 2)
    edges[box * 2 + 1]?.push(end)
  }
  for (const points of circles(edges)) {
    const jobs = [...new Set(points.map((point) => point >> 1))]
      .sort((a, b) => a - b)
      .flatMap((index) => all[index] ?? [])
    const first = jobs.find(({ condition }) => condition) ?? jobs[0]
    if (!first) continue
    const { file, line } = placeOf(first.definition, 'condition')
    findings.push({
      file,
      line,
      rule: 'condition-cycle',
      severity: 'warn',
      message: `${words(jobs)} ${jobs.length === 1 ? 'waits for itself' : 'wait for one another'}: none of them starts by its conditions before another has run.`,
    })
  }
  return findings
}

const MOST_NAMED = 8
const words = (jobs: readonly Built[]): string => {
  const names = jobs.slice(0, MOST_NAMED).map(({ definition }) => definition.name)
  return names.join(', ') + (jobs.length > MOST_NAMED ? ` and ${jobs.length - MOST_NAMED} more` : '')
}

const boxCircles = (all: readonly Built[], at: ReadonlyMap<string, number>): Finding[] => {
  const edges = all.map(({ definition }) => {
    const box = at.get(boxNameOf(definition) ?? '')
    return box === undefined ? [] : [box]
  })
  return circles(edges).flatMap((points): Finding[] => {
    const boxes = points.sort((a, b) => a - b).flatMap((point) => all[point] ?? [])
    for (const { job } of boxes) job.waits.box = null
    const [first] = boxes
    if (!first) return []
    const { file, line } = placeOf(first.definition, 'box_name')
    return [
      {
        file,
        line,
        rule: 'box-cycle',
        severity: 'warn',
        message: `${words(boxes)} ${boxes.length === 1 ? 'stands in itself' : 'stand in one another'}: they are taken out of their boxes.`,
      },
    ]
  })
}

/** The strongly connected parts of a graph that hold a circle, after Tarjan, without calling itself: chains are long. */
export const circles = (edges: readonly (readonly number[])[]): number[][] => {
  const order = new Int32Array(edges.length)
  const low = new Int32Array(edges.length)
  const next = new Int32Array(edges.length)
  const isOpen = new Uint8Array(edges.length)
  const open: number[] = []
  const found: number[][] = []
  let count = 0
  for (let root = 0; root < edges.length; root++) {
    if (order[root]) continue
    const path = [root]
    for (let point = path.at(-1); point !== undefined; point = path.at(-1)) {
      if (!order[point]) {
        order[point] = low[point] = ++count
        open.push(point)
        isOpen[point] = 1
      }
      const to = edges[point]?.[next[point] ?? 0]
      if (to !== undefined) {
        next[point] = (next[point] ?? 0) + 1
        if (!order[to]) path.push(to)
        else if (isOpen[to]) low[point] = Math.min(low[point] ?? 0, order[to] ?? 0)
        continue
      }
      path.pop()
      const before = path.at(-1)
      if (before !== undefined) low[before] = Math.min(low[before] ?? 0, low[point] ?? 0)
      if (low[point] !== order[point]) continue
      const part = open.splice(open.lastIndexOf(point))
      for (const one of part) isOpen[one] = 0
      if (part.length > 1 || edges[point]?.includes(point)) found.push(part)
    }
  }
  return found
}
