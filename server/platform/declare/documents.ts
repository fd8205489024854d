import { type Document, LineCounter, parseAllDocuments } from 'yaml'
import type { FieldProblem } from '../errors.ts'

export type Place = { file: string; line: number }

/** A document as it was written, and where each of its fields stands. */
export type Written = Place & {
  fields: Record<string, unknown>
  /** The line of a field (`steps.0.delay`), or of the nearest thing around it. */
  lineOf(field: string): number
}

const mostAliases = 100

/** Reads YAML files. What cannot be read is told with its file and line; empty documents are left out. */
export const readDocuments = (
  files: readonly { name: string; text: string }[],
): { documents: Written[]; problems: FieldProblem[] } => {
  const documents: Written[] = []
  const problems: FieldProblem[] = []
  for (const { name, text } of files) {
    const lines = new LineCounter()
    const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, stringKeys: true })
    for (const document of Array.isArray(parsed) ? parsed : []) {
      const [fault] = document.errors
      if (fault) {
        problems.push({ field: at({ file: name, line: lines.linePos(fault.pos[0]).line }), problem: sentence(fault) })
        continue
      }
      const line = lines.linePos(document.contents?.range?.[0] ?? 0).line || 1
      const fields = valueIn(document)
      if (fields === null) continue
      if (fields instanceof Error || typeof fields !== 'object' || Array.isArray(fields))
        problems.push({
          field: at({ file: name, line }),
          problem: fields instanceof Error ? sentence(fields) : 'must be fields, such as "kind: service"',
        })
      else
        documents.push({
          file: name,
          line,
          fields: fields as Record<string, unknown>,
          lineOf: (field) => lineIn(document, lines, field) ?? line,
        })
    }
  }
  return { documents, problems }
}

/** `services.yaml:12`, and after it what it is about. */
export const at = ({ file, line }: Place, what = ''): string => `${file}:${line}${what ? ` ${what}` : ''}`

const valueIn = (document: Document): unknown => {
  try {
    return document.toJS({ maxAliasCount: mostAliases })
  } catch (error) {
    return error
  }
}

const sentence = (error: Error) => `cannot be read as YAML: ${error.message}`

const lineIn = (document: Document, lines: LineCounter, field: string): number | null => {
  const path = field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part))
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined
    if (node?.range) return lines.linePos(node.range[0]).line
  }
  return null
}
