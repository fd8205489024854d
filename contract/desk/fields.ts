/**
 * Fields of canned replies and macros: {{ticket.number}} and the like. Plain substitution of known names by values, in
 * one pass: what a value contains is never read as a field again, and nothing is ever computed.
 */
export const fieldNames = [
  'requester.name',
  'requester.firstName',
  'ticket.number',
  'ticket.title',
  'ticket.priority',
  'service.name',
  'team.name',
  'me.name',
  'me.firstName',
] as const
export type FieldName = (typeof fieldNames)[number]
export type FieldValues = Record<FieldName, string>

const field = /\{\{\s*([^{}]*?)\s*\}\}/g

const isField = (name: string): name is FieldName => (fieldNames as readonly string[]).includes(name)

/** The names in double braces that are no fields, such as a mistyped one. */
export const unknownFields = (text: string): string[] => [
  ...new Set([...text.matchAll(field)].map((m) => m[1] ?? '').filter((name) => !isField(name))),
]

export const fillIn = (text: string, values: FieldValues): string =>
  text.replace(field, (whole, name: string) => (isField(name) ? values[name] : whole))

/** 'Priya N.' → 'Priya'; of 'L. Brandt', whose first name is an initial, the whole name. */
export const firstNameOf = (name: string): string => {
  const [first = ''] = name.trim().split(/\s+/)
  return /^\p{L}\.?$|\.$/u.test(first) ? name.trim() : first
}
