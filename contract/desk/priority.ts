import type { Level } from './words.ts'

/** 1 is the most pressing. Shown as P1 to P5. */
export type PriorityNumber = 1 | 2 | 3 | 4 | 5

/** Impact × urgency = priority: the usual ITIL matrix (also the default of ServiceNow). */
export const priorityMatrix: Record<Level, Record<Level, PriorityNumber>> = {
  high: { high: 1, medium: 2, low: 3 },
  medium: { high: 2, medium: 3, low: 4 },
  low: { high: 3, medium: 4, low: 5 },
}

/** The priority that the matrix gives. */
export const priorityOf = (impact: Level, urgency: Level): PriorityNumber => priorityMatrix[impact][urgency]

/** "P1" */
export const priorityName = (priority: number): 'P1' | 'P2' | 'P3' | 'P4' | 'P5' =>
  (['P1', 'P2', 'P3', 'P4', 'P5'] as const)[Math.min(5, Math.max(1, priority)) - 1] ?? 'P5'
