import { z } from 'zod'
import { environment, id, line } from '../base.ts'
import { ticketKind, ticketPriority, ticketState } from './words.ts'

/** What narrows a list of tickets: of each field one of several values, and none of those that are left out. */

/** More values than these stand in no filter. */
const most = 50

/** One value, a list, or text with commas, as addresses have it (`state=new,pending`); what comes out is a list. */
const several = <Item extends z.ZodType>(item: Item, said: string) => {
  const items = z.array(item).min(1).max(most)
  const text = z
    .string()
    .max(most * 40)
    .transform((given): unknown[] => given.split(',').map((one) => one.trim()))
    .pipe(items as unknown as z.ZodType<z.output<Item>[], unknown[]>)
  const anyOf = z.union([items, text, item.transform((one) => [one])], `must be ${said}; several with commas`)
  return anyOf as unknown as z.ZodType<z.output<Item>[], z.input<Item> | z.input<Item>[]>
}

const idOrNone = z.union([id, z.literal('none')])
const dueWords = 'overdue, today, none, or less than a time such as <30m, <4h or <2d'
const due = z.union([
  z.enum(['overdue', 'today', 'none']),
  z.string().regex(/^<[1-9]\d{0,2}[mhd]$/, `must be ${dueWords}`),
])

const kinds = several(ticketKind, 'incident, request, problem or change')
const states = several(ticketState, 'new, in_progress, pending, resolved, closed or cancelled')
const priorities = several(ticketPriority, '1, 2, 3, 4 or 5')
const teams = several(idOrNone, 'the id of a team, or none')
const people = several(idOrNone, 'the id of a person, or none')
const services = several(idOrNone, 'the id of a service, or none')
const environments = several(environment, 'prod, uat, test or dev')
const units = several(id, 'the id of a business unit')
const dues = several(due, dueWords)

const none = { description: 'None of these' }

export const ticketFilter = {
  kind: kinds.optional(),
  state: states.optional(),
  priority: ticketPriority.optional().meta({ description: 'This priority or more pressing' }),
  priorities: priorities.optional().meta({ description: 'Exactly these priorities' }),
  teamId: teams.optional().meta({ description: 'What a team has or is to accept; none: no team has it' }),
  assigneeId: people.optional().meta({ description: 'Who has it; none: nobody. For the desk' }),
  serviceId: services.optional().meta({ description: 'none: about no service' }),
  environment: environments.optional(),
  requesterId: people.optional().meta({ description: 'Who asked; none: nobody, as of an alert' }),
  unitId: units.optional().meta({
    description:
      'A business unit: somebody who works there asked, or it is about a service that the unit uses, or that such a service depends on. For the desk',
  }),
  due: dues.optional().meta({
    description:
      'Open tickets by what is left on the clock that runs out first: overdue; less than a time (<30m, <4h, <2d), what is overdue as well; today, until midnight in your zone (UTC for a key); none: no clock runs. For the desk',
  }),
  notKind: kinds.optional().meta(none),
  notState: states.optional().meta(none),
  notPriorities: priorities.optional().meta(none),
  notTeamId: teams.optional().meta(none),
  notAssigneeId: people.optional().meta(none),
  notServiceId: services.optional().meta(none),
  notEnvironment: environments.optional().meta(none),
  notRequesterId: people.optional().meta(none),
  notUnitId: units.optional().meta(none),
  notDue: dues.optional().meta(none),
  q: line(100)
    .refine((t) => t.length >= 3, 'must have at least 3 characters')
    .optional()
    .meta({
      description:
        'Words of the title, the description, the messages or the resolution, the last one or its beginning; "side by side", -without; or a number',
    }),
}
