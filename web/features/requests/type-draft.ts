import type { RequestIcon } from '../../../contract/requests/words.ts'
import type { TypeView } from './words.ts'

/** A request type as its editor holds it: a form is a list of fields, each with what its kind needs. */

export const fieldKinds = {
  line: 'a line of text',
  text: 'several lines of text',
  choice: 'one of some choices',
  choices: 'several of some choices',
  number: 'a number',
  date: 'a date',
  person: 'a person',
  people: 'several people',
  service: 'a service',
  yesNo: 'yes or no',
} as const
export type FieldKind = keyof typeof fieldKinds

type Loose = Record<string, unknown>

export type FieldDraft = {
  /** Stays while the field is edited, so that the form keeps its place in the page. */
  key: number
  /** In the answers; made of the title for a new field, and kept for one that there is. */
  name: string
  kind: FieldKind
  title: string
  help: string
  required: boolean
  /** One a line. */
  choices: string
  unit: string
  minimum: number | null
  maximum: number | null
  /** As it was stored: what this editor does not show is kept while the kind stays. */
  was?: Loose
}

export type StageDraft = {
  key: number
  kind: 'people' | 'leads'
  people: readonly { id: string; name: string }[]
  teamId: string | null
  all: boolean
  expiryHours: number
  reminderHours: number | null
}
export type StepDraft = { key: number; title: string; help: string; required: boolean }

export type TypeDraft = {
  name: string
  slug: string
  description: string
  category: string
  icon: RequestIcon
  teamId: string | null
  serviceId: string | null
  priority: number
  businessUnitIds: string[]
  fields: FieldDraft[]
  steps: StepDraft[]
  stages: StageDraft[]
}

let keys = 0
const key = () => ++keys

export const newField = (): FieldDraft => ({
  key: key(),
  name: '',
  kind: 'line',
  title: '',
  help: '',
  required: true,
  choices: '',
  unit: '',
  minimum: null,
  maximum: null,
})
export const newStep = (): StepDraft => ({ key: key(), title: '', help: '', required: true })
export const newStage = (): StageDraft => ({
  key: key(),
  kind: 'people',
  people: [],
  teamId: null,
  all: false,
  expiryHours: 168,
  reminderHours: 24,
})

export const emptyType = (): TypeDraft => ({
  name: '',
  slug: '',
  description: '',
  category: '',
  icon: 'other',
  teamId: null,
  serviceId: null,
  priority: 4,
  businessUnitIds: [],
  fields: [newField()],
  steps: [],
  stages: [],
})

/** 'Who needs it?' → 'whoNeedsIt'; a name that is taken gets a number. */
export const nameOf = (title: string, taken: readonly string[]): string => {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
  const camel = words.map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('')
  const base = (/^[a-z]/.test(camel) ? camel : `field${camel.charAt(0).toUpperCase()}${camel.slice(1)}`).slice(0, 36)
  let name = base
  for (let at = 2; taken.includes(name); at += 1) name = `${base}${at}`
  return name
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

/** 'repo = Repo blotter' stores repo and shows the rest; a line without = is both. */
const choicesOf = (text: string) => {
  const pairs = linesOf(text).map((line): [string, string] => {
    const at = line.indexOf(' = ')
    return at < 0 ? [line, line] : [line.slice(0, at).trim(), line.slice(at + 3).trim()]
  })
  const labels = Object.fromEntries(pairs.filter(([value, label]) => value !== label))
  return { enum: pairs.map(([value]) => value), ...(Object.keys(labels).length > 0 && { labels }) }
}

const unshown = ['maxLength', 'placeholder', 'maxItems'] as const
const keptOf = ({ was, kind }: FieldDraft): Loose =>
  was && kindOf(was) === kind
    ? Object.fromEntries(unshown.filter((word) => was[word] !== undefined).map((word) => [word, was[word]]))
    : {}

const schemaOf = (field: FieldDraft): Loose => {
  const { kind, unit, minimum, maximum } = field
  const common = {
    title: field.title.trim(),
    ...(field.help.trim() && { description: field.help.trim() }),
    ...keptOf(field),
  }
  const person = { type: 'string', format: 'uuid', reference: 'person' }
  switch (kind) {
    case 'text':
      return { type: 'string', multiline: true, ...common }
    case 'choice':
      return { type: 'string', ...common, ...choicesOf(field.choices) }
    case 'choices':
      return { type: 'array', ...common, items: { type: 'string', ...choicesOf(field.choices) }, uniqueItems: true }
    case 'number':
      return {
        type: field.was?.type === 'integer' ? 'integer' : 'number',
        ...common,
        ...(minimum !== null && { minimum }),
        ...(maximum !== null && { maximum }),
        ...(unit.trim() && { unit: unit.trim() }),
      }
    case 'date':
      return { type: 'string', format: 'date', ...common }
    case 'person':
      return { ...person, ...common }
    case 'people':
      return { type: 'array', ...common, items: person, uniqueItems: true }
    case 'service':
      return { type: 'string', format: 'uuid', reference: 'service', ...common }
    case 'yesNo':
      return { type: 'boolean', ...common }
    default:
      return { type: 'string', ...common }
  }
}

/** The form as JSON Schema, with each field named; what has no title yet is left out. */
export const formOf = (fields: readonly FieldDraft[]) => {
  const properties: Record<string, Loose> = {}
  const required: string[] = []
  const named = fields.filter(({ title }) => title.trim() !== '')
  const taken = named.map(({ name }) => name).filter(Boolean)
  for (const field of named) {
    const name = field.name || nameOf(field.title, [...taken, ...Object.keys(properties)])
    properties[name] = schemaOf(field)
    if (field.required && field.kind !== 'yesNo') required.push(name)
  }
  return { type: 'object' as const, properties, required, additionalProperties: false as const }
}

const kindOf = (schema: Loose): FieldKind => {
  const items = schema.items as Loose | undefined
  if (schema.type === 'boolean') return 'yesNo'
  if (schema.type === 'number' || schema.type === 'integer') return 'number'
  if (items) return items.reference ? 'people' : 'choices'
  if (schema.reference) return schema.reference === 'service' ? 'service' : 'person'
  if (schema.enum) return 'choice'
  if (schema.format === 'date') return 'date'
  return schema.multiline ? 'text' : 'line'
}

const choiceLines = (schema: Loose): string => {
  const source = ((schema.items as Loose | undefined) ?? schema) as {
    enum?: readonly string[]
    labels?: Record<string, string>
  }
  return (source.enum ?? [])
    .map((value) => (source.labels?.[value] ? `${value} = ${source.labels[value]}` : value))
    .join('\n')
}

const fieldOf = (name: string, schema: Loose, required: boolean): FieldDraft => ({
  key: key(),
  name,
  was: schema,
  kind: kindOf(schema),
  title: String(schema.title ?? ''),
  help: String(schema.description ?? ''),
  required,
  choices: choiceLines(schema),
  unit: String(schema.unit ?? ''),
  minimum: typeof schema.minimum === 'number' ? schema.minimum : null,
  maximum: typeof schema.maximum === 'number' ? schema.maximum : null,
})

export const typeDraftOf = (type: TypeView): TypeDraft => ({
  name: type.name,
  slug: type.slug,
  description: type.description,
  category: type.category,
  icon: type.icon,
  teamId: type.team?.id ?? null,
  serviceId: type.service?.id ?? null,
  priority: type.priority,
  businessUnitIds: type.businessUnits.map(({ id }) => id),
  fields: Object.entries(type.form.properties).map(([name, schema]) =>
    fieldOf(name, schema as unknown as Loose, type.form.required.includes(name)),
  ),
  steps: type.checklist.map((step) => ({ key: key(), ...step })),
  stages: type.approvals.map((stage) => ({
    key: key(),
    kind: stage.by.kind,
    people: stage.by.people,
    teamId: stage.by.team?.id ?? null,
    all: stage.all,
    expiryHours: stage.expiryHours,
    reminderHours: stage.reminderHours,
  })),
})

/** What is missing, by field; empty when it may be sent. The server says the rest. */
export const typeProblems = (draft: TypeDraft): Record<string, string> => ({
  ...(draft.name.trim() === '' && { name: 'Give it a name, as people would ask for it.' }),
  ...(draft.category.trim() === '' && { category: 'Say under which heading it stands.' }),
  ...(draft.teamId === null && { teamId: 'Choose the team that fulfils it.' }),
  ...Object.fromEntries(
    draft.fields.flatMap(({ key: at, title, kind, choices }) => [
      ...(title.trim() === '' ? [[`field ${at} title`, 'Say what is asked, or take the field out.']] : []),
      ...((kind === 'choice' || kind === 'choices') && linesOf(choices).length === 0
        ? [[`field ${at} choices`, 'Write the choices, one a line.']]
        : []),
    ]),
  ),
  ...Object.fromEntries(
    draft.steps.flatMap(({ key: at, title }) =>
      title.trim() === '' ? [[`step ${at}`, 'Say what is to be done, or take the step out.']] : [],
    ),
  ),
  ...Object.fromEntries(
    draft.stages.flatMap((stage) => {
      const nobody = stage.kind === 'people' ? stage.people.length === 0 : stage.teamId === null
      return nobody ? [[`stage ${stage.key}`, 'Say who approves, or take the stage out.']] : []
    }),
  ),
})

/** What the API is sent. */
export const typeInput = (draft: TypeDraft) => ({
  name: draft.name.trim(),
  description: draft.description.trim(),
  category: draft.category.trim(),
  icon: draft.icon,
  teamId: draft.teamId ?? '',
  serviceId: draft.serviceId,
  priority: draft.priority,
  businessUnitIds: draft.businessUnitIds,
  form: formOf(draft.fields),
  checklist: draft.steps.map(({ title, help, required }) => ({ title: title.trim(), help: help.trim(), required })),
  approvals: draft.stages.map((stage) => ({
    by:
      stage.kind === 'people'
        ? { kind: 'people' as const, userIds: stage.people.map(({ id }) => id) }
        : { kind: 'leads' as const, teamId: stage.teamId ?? '' },
    all: stage.all,
    expiryHours: stage.expiryHours,
    reminderHours: stage.reminderHours,
  })),
})

/** The list with one of it one place earlier or later. */
export const moved = <One>(list: readonly One[], at: number, by: -1 | 1): One[] => {
  const next = [...list]
  const [one] = next.splice(at, 1)
  if (one !== undefined) next.splice(at + by, 0, one)
  return next
}
