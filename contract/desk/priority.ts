import type { Level } from './words.ts'

/** 1 is the most pressing. Shown as P1 to P5. */
export type PriorityNumber = 1 | 2 | 3 | 4 | 5

/** Impact first, then urgency. */
export type PriorityMatrix = Record<Level, Record<Level, PriorityNumber>>

/** Impact × urgency = priority until an administrator changes it: the usual ITIL matrix (also the default of ServiceNow). */
export const defaultMatrix: PriorityMatrix = {
  high: { high: 1, medium: 2, low: 3 },
  medium: { high: 2, medium: 3, low: 4 },
  low: { high: 3, medium: 4, low: 5 },
}

/** The priority that a matrix gives. */
export const priorityOf = (impact: Level, urgency: Level, matrix: PriorityMatrix = defaultMatrix): PriorityNumber =>
  matrix[impact][urgency]

/** "P1" */
export const priorityName = (priority: number): 'P1' | 'P2' | 'P3' | 'P4' | 'P5' =>
  (['P1', 'P2', 'P3', 'P4', 'P5'] as const)[Math.min(5, Math.max(1, priority)) - 1] ?? 'P5'
