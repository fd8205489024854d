import { z } from 'zod'
import { eventType } from '../../platform/events.ts'
import { inWords } from './changes.ts'

const fields = z.record(z.string(), z.unknown())
const changed = z.object({ name: z.string(), before: fields, after: fields })
const named = z.object({ name: z.string() })
const created = named.extend({ after: fields })

export const serviceCreated = eventType(
  'service.created',
  created,
  (d, actor) => `${actor} added the service ${d.name}.`,
)
export const serviceChanged = eventType(
  'service.changed',
  changed,
  (d, actor) => `${actor} changed ${d.name}: ${inWords(d.before, d.after)}.`,
)
export const serviceArchived = eventType('service.archived', named, (d, actor) => `${actor} archived ${d.name}.`)
export const serviceRestored = eventType(
  'service.restored',
  named,
  (d, actor) => `${actor} took ${d.name} out of the archive.`,
)

const dependency = named.extend({ on: z.string(), kind: z.enum(['service', 'host']), id: z.string() })
export const dependencyAdded = eventType(
  'service.dependency_added',
  dependency,
  (d, actor) => `${actor} noted that ${d.name} depends on ${d.on}.`,
)
export const dependencyRemoved = eventType(
  'service.dependency_removed',
  dependency,
  (d, actor) => `${actor} noted that ${d.name} no longer depends on ${d.on}.`,
)

const list = z.array(z.object({ id: z.string(), name: z.string() }))
export const businessUnitsSet = eventType(
  'service.business_units_set',
  named.extend({ added: list, removed: list }),
  (d, actor) =>
    `${actor} changed who uses ${d.name}: ${unitWords(d.added, 'now')}${unitWords(d.removed, 'no longer')}`.trim(),
)
const unitWords = (units: z.output<typeof list>, how: string) =>
  units.length === 0 ? '' : `${how} ${units.map((u) => u.name).join(', ')}. `

const cutOff = z.object({ name: z.string(), atTime: z.string(), zone: z.string(), days: z.array(z.number()) })
export const cutOffAdded = eventType(
  'service.cut_off_added',
  named.extend({ cutOff }),
  (d, actor) => `${actor} added the cut-off ${d.cutOff.name} (${d.cutOff.atTime} ${d.cutOff.zone}) to ${d.name}.`,
)
export const cutOffChanged = eventType(
  'service.cut_off_changed',
  changed.extend({ cutOff: z.string() }),
  (d, actor) => `${actor} changed the cut-off ${d.cutOff} of ${d.name}: ${inWords(d.before, d.after)}.`,
)
export const cutOffRemoved = eventType(
  'service.cut_off_removed',
  named.extend({ cutOff }),
  (d, actor) => `${actor} removed the cut-off ${d.cutOff.name} of ${d.name}.`,
)

export const hostAdded = eventType('host.added', created, (d, actor) => `${actor} added the host ${d.name}.`)
export const hostChanged = eventType(
  'host.changed',
  changed,
  (d, actor) => `${actor} changed the host ${d.name}: ${inWords(d.before, d.after)}.`,
)
export const hostDeleted = eventType('host.deleted', named, (d, actor) => `${actor} deleted the host ${d.name}.`)

export const unitAdded = eventType('unit.added', created, (d, actor) => `${actor} added the business unit ${d.name}.`)
export const unitChanged = eventType(
  'unit.changed',
  changed,
  (d, actor) => `${actor} changed the business unit ${d.name}: ${inWords(d.before, d.after)}.`,
)
export const unitDeleted = eventType(
  'unit.deleted',
  named,
  (d, actor) => `${actor} deleted the business unit ${d.name}.`,
)
export const unitsOfPersonSet = eventType(
  'unit.set_of_person',
  z.object({ name: z.string(), before: z.array(z.string()), after: z.array(z.string()) }),
  (d, actor) =>
    `${actor} said that ${d.name} works in ${d.after.length > 0 ? d.after.join(', ') : 'no business unit'}.`,
)

export const serviceChangeNoted = eventType(
  'service.change_noted',
  z.object({ title: z.string(), environment: z.string(), at: z.string(), origin: z.string() }),
  (d, actor) => `${d.origin === 'hand' ? `${actor} noted a change` : 'A change'} in ${d.environment}: ${d.title}`,
)
export const serviceChangeRemoved = eventType(
  'service.change_removed',
  z.object({ title: z.string() }),
  (d, actor) => `${actor} removed the note of a change: ${d.title}`,
)

export const catalogEvents = [
  serviceChangeNoted,
  serviceChangeRemoved,
  serviceCreated,
  serviceChanged,
  serviceArchived,
  serviceRestored,
  dependencyAdded,
  dependencyRemoved,
  businessUnitsSet,
  cutOffAdded,
  cutOffChanged,
  cutOffRemoved,
  hostAdded,
  hostChanged,
  hostDeleted,
  unitAdded,
  unitChanged,
  unitDeleted,
  unitsOfPersonSet,
] as const
