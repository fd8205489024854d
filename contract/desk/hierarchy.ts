import { z } from 'zod'
import { id, line, named } from '../base.ts'
import { ticketRef } from './words.ts'

/** Hierarchical escalation: the leads of a team, then its managers, are told by the clock or by hand. */

const priority = z.number('must be 1 to 5').int().min(1).max(5, 'must be 1 to 5')
const minutes = z
  .number('must be a number of minutes')
  .int()
  .min(1, 'must be at least 1')
  .max(43_200, 'must be at most 43200')
export const tellWhom = z.enum(['leads', 'managers'], 'must be leads or managers')
export type TellWhom = z.output<typeof tellWhom>

export const hierarchyRule = z.discriminatedUnion('when', [
  z.object({ when: z.literal('not_taken'), priority, minutes, tell: tellWhom }),
  z.object({ when: z.literal('not_accepted'), priority, minutes, tell: tellWhom }),
  z.object({
    when: z.literal('resolution'),
    priority,
    percent: z.number().int().min(10, 'must be at least 10').max(300, 'must be at most 300'),
    tell: tellWhom,
  }),
])
export type HierarchyRule = z.output<typeof hierarchyRule>

/** As long as nobody has set others. `priority`: this one and more pressing ones. */
export const defaultRules: readonly HierarchyRule[] = [
  { when: 'not_taken', priority: 1, minutes: 15, tell: 'leads' },
  { when: 'not_taken', priority: 1, minutes: 30, tell: 'managers' },
  { when: 'not_taken', priority: 2, minutes: 60, tell: 'leads' },
  { when: 'not_accepted', priority: 1, minutes: 10, tell: 'leads' },
  { when: 'not_accepted', priority: 1, minutes: 30, tell: 'managers' },
  { when: 'not_accepted', priority: 2, minutes: 30, tell: 'leads' },
  { when: 'not_accepted', priority: 5, minutes: 480, tell: 'leads' },
  { when: 'resolution', priority: 2, percent: 80, tell: 'leads' },
  { when: 'resolution', priority: 2, percent: 100, tell: 'managers' },
  { when: 'resolution', priority: 3, percent: 100, tell: 'leads' },
]

export const setRulesInput = z.object({
  teamId: id.nullable().meta({ description: 'null: for all teams without rules of their own' }),
  managerIds: z.array(id).max(20, 'must name at most 20 people'),
  rules: z.array(hierarchyRule).max(50, 'must be at most 50 rules'),
})

export const hierarchySettings = z.object({
  items: z.array(
    z.object({
      team: named.nullable(),
      managers: z.array(named),
      rules: z.array(hierarchyRule),
      own: z.boolean().meta({ description: 'Somebody has set them; else they are the defaults' }),
      mayChange: z.boolean(),
      version: z.number().int(),
    }),
  ),
})

export const teamRulesInput = z.object({ teamId: id })

export const escalateUpInput = z.object({ id: ticketRef, to: tellWhom.default('leads'), reason: line(500) })
