import type { FieldProblem } from '../errors.ts'
import { type Declaration, type ForeignDocuments, knownBy } from './declaration.ts'
import { at, type Written } from './documents.ts'

/** A document that its kind could read. */
export type Item = { declaration: Declaration; wanted: object; id: string; name: string; from: Written }

type Read = { items: Item[]; problems: FieldProblem[]; notes: { file: string; line: number; text: string }[] }

/** Documents as what they declare, in the order in which they can be applied; all that is wrong with any of them. */
export const readItems = (
  written: readonly Written[],
  declarations: ReadonlyMap<string, Declaration>,
  foreign: readonly ForeignDocuments[],
): Read => {
  const read: Read = { items: [], problems: [], notes: [] }
  const seen = new Map<string, Written>()
  for (const document of translated(written, foreign, read)) {
    const item = itemOf(document, declarations, read.problems)
    if (!item) continue
    const id = `${item.declaration.kind} ${item.id}`
    const twin = seen.get(id)
    if (twin)
      read.problems.push({ field: at(document, called(item)), problem: `stands in ${at(twin)} as well; say it once` })
    else {
      seen.set(id, document)
      read.items.push(item)
    }
  }
  const order = [...declarations.keys()]
  read.items = read.items
    .map((item, i) => ({ item, i }))
    .sort((a, b) => order.indexOf(a.item.declaration.kind) - order.indexOf(b.item.declaration.kind) || a.i - b.i)
    .map(({ item }) => item)
  return read
}

const translated = (written: readonly Written[], foreign: readonly ForeignDocuments[], read: Read): Written[] =>
  written.flatMap((document) => {
    const reader = foreign.find((f) => f.claims(document.fields))
    if (!reader) return [document]
    const { documents, notes } = reader.read(document.fields)
    read.notes.push(...notes.map((text) => ({ file: document.file, line: document.line, text })))
    return documents.map((fields) => ({ ...document, fields }))
  })

const itemOf = (
  document: Written,
  declarations: ReadonlyMap<string, Declaration>,
  problems: FieldProblem[],
): Item | null => {
  const { kind, ...fields } = document.fields
  const declaration = declarations.get(String(kind))
  if (!declaration) {
    const known = [...declarations.keys()].join(', ')
    problems.push({
      field: at({ ...document, line: document.lineOf('kind') }, 'kind'),
      problem: kind === undefined ? `must be given: one of ${known}` : `must be one of ${known}`,
    })
    return null
  }
  const parsed = declaration.schema.safeParse(fields)
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const field = [...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])].join('.')
      const what = field ? `${kind} ${field}` : String(kind)
      problems.push({ field: at({ ...document, line: document.lineOf(field) }, what), problem: issue.message })
    }
    return null
  }
  return { declaration, wanted: parsed.data, ...knownBy(declaration, parsed.data), from: document }
}

/** As problems call it: `team dba`, `macro Look again (dba)`, `priority-matrix`. */
export const called = ({ declaration, name }: Pick<Item, 'declaration' | 'name'>): string =>
  `${declaration.kind} ${name}`.trimEnd()
