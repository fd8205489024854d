import { fieldKind, type RequestForm } from '../../../contract/requests/index.ts'
import type { Db } from '../../platform/db/pool.ts'
import { AppError, type FieldProblem } from '../../platform/errors.ts'
import type { Names } from './answer-words.ts'

type Kind = 'person' | 'service'
type Reference = { kind: Kind; field: string; id: string }

/** The people and services that the answers refer to, with the place of each. */
export const referencesOf = (form: RequestForm, answers: Record<string, unknown>): Reference[] =>
  Object.entries(form.properties).flatMap(([name, field]): Reference[] => {
    const value = answers[name]
    const kind = fieldKind(field)
    if (value === undefined || (kind !== 'person' && kind !== 'people' && kind !== 'service')) return []
    if (kind === 'people')
      return (value as string[]).map((id, at) => ({
        kind: 'person',
        field: `answers.${name}.${at}`,
        id: id.toLowerCase(),
      }))
    return [{ kind, field: `answers.${name}`, id: String(value).toLowerCase() }]
  })

const idsOf = (references: readonly Reference[], kind: Kind) => [
  ...new Set(references.filter((r) => r.kind === kind).map((r) => r.id)),
]

const readReferences = async (db: Db, references: readonly Reference[]) => {
  const [people, services] = [idsOf(references, 'person'), idsOf(references, 'service')]
  const users =
    people.length > 0
      ? await db.selectFrom('users').select(['id', 'name', 'disabled_at as gone']).where('id', 'in', people).execute()
      : []
  const named =
    services.length > 0
      ? await db
          .selectFrom('services')
          .select(['id', 'name', 'archived_at as gone'])
          .where('id', 'in', services)
          .execute()
      : []
  return new Map([...users, ...named].map((r) => [r.id, { name: r.name, gone: r.gone !== null }]))
}

/** Names of what answers refer to, also of who has left and what is archived by now. */
export const namesIn = async (db: Db, form: RequestForm, answers: Record<string, unknown>): Promise<Names> => {
  const found = await readReferences(db, referencesOf(form, answers))
  return new Map([...found].map(([id, { name }]) => [id, name]))
}

const words: Record<Kind, { none: string; gone: string }> = {
  person: { none: 'there is no such person', gone: 'this person has left' },
  service: { none: 'there is no such service', gone: 'this service is archived' },
}

/** Throws `invalid_input` for people who are not there or have left, and services that are not there or archived. */
export const requireReferences = async (
  db: Db,
  form: RequestForm,
  answers: Record<string, unknown>,
): Promise<Names> => {
  const references = referencesOf(form, answers)
  const found = await readReferences(db, references)
  const fields = references.flatMap(({ kind, field, id }): FieldProblem[] => {
    const one = found.get(id)
    if (one && !one.gone) return []
    return [{ field, problem: `${one ? words[kind].gone : words[kind].none}; choose another` }]
  })
  if (fields.length > 0)
    throw new AppError('invalid_input', fields.map((f) => `${f.field}: ${f.problem}`).join('; '), { fields })
  return new Map([...found].map(([id, { name }]) => [id, name]))
}
