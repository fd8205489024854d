import { inOrder } from '../../../platform/in-order.ts'
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
  for (const points of inOrder(edges).circles) {
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
  return inOrder(edges).circles.flatMap((points): Finding[] => {
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
