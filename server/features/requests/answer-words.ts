import { fieldKind, type RequestForm } from '../../../contract/requests/index.ts'

export type AnswerInWords = { name: string; title: string; text: string }
/** Names of the people and services that answers refer to, by id. */
export type Names = ReadonlyMap<string, string>

const longDate = (text: string) =>
  Temporal.PlainDate.from(text).toLocaleString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  })

const labelled = (field: { labels?: Record<string, string> | undefined }, value: unknown) =>
  field.labels?.[String(value)] ?? String(value)

/** The answers in words, in the order of the form; what was left empty is left out. */
export const answersInWords = (form: RequestForm, answers: Record<string, unknown>, names: Names): AnswerInWords[] =>
  Object.entries(form.properties).flatMap(([name, field]) => {
    const value = answers[name]
    if (value === undefined) return []
    return [{ name, title: field.title, text: inWords(field, value, names) }]
  })

const inWords = (field: RequestForm['properties'][string], value: unknown, names: Names): string => {
  const nameOf = (id: unknown) => names.get(String(id).toLowerCase()) ?? 'somebody or something that is gone'
  switch (fieldKind(field)) {
    case 'yesNo':
      return value === true ? 'yes' : 'no'
    case 'date':
      return longDate(String(value))
    case 'number':
      return `${Number(value).toLocaleString('en-GB')}${'unit' in field && field.unit ? ` ${field.unit}` : ''}`
    case 'choice':
      return labelled(field as { labels?: Record<string, string> }, value)
    case 'choices':
      return (value as unknown[])
        .map((one) => labelled((field as { items: { labels?: Record<string, string> } }).items, one))
        .join(', ')
    case 'person':
    case 'service':
      return nameOf(value)
    case 'people':
      return (value as unknown[]).map(nameOf).join(', ')
    default:
      return String(value)
  }
}

const LONG = 60

/** The answers as the description of a ticket: short ones on a line, long ones below their question. */
export const summaryOf = (answers: readonly AnswerInWords[]): string =>
  answers
    .map(({ title, text }) => (text.length > LONG || text.includes('\n') ? `${title}:\n${text}` : `${title}: ${text}`))
    .join('\n')

/** The title of a ticket that was given none: the type, and the first short answer, which says what it is about. */
export const titleOf = (type: string, answers: readonly AnswerInWords[]): string => {
  const first = answers.find(
    ({ text }) => text.length <= LONG && !text.includes('\n') && text !== 'yes' && text !== 'no',
  )
  return first ? `${type}: ${first.text}` : type
}
