import { type Document, isMap, isSeq, LineCounter, parseAllDocuments } from 'yaml'
import type { ImportFile, Place, Refusal } from './define-importer.ts'
import { isObject, type Json } from './json-values.ts'
import { linesOfWords } from './line-finder.ts'

export type KubeObject = Json
export type Placed = Place & { object: KubeObject }

const MOST_ALIASES = 100
/** YAML is read at about a megabyte a second, in which nothing else is done; JSON at a hundred. */
const MOST_YAML = 2_000_000

const nameIn = (object: KubeObject): string => String(isObject(object.metadata) ? object.metadata.name : '')

/** The objects of manifests and of what the API answers; those of a list one by one. */
export const readKubeFile = (file: ImportFile): { objects: Placed[]; refused: Refusal[] } =>
  /^\s*[{[]/.test(file.text) ? readJson(file) : readYaml(file)

const itemsOf = (value: unknown): KubeObject[] => {
  if (Array.isArray(value)) return value.filter(isObject)
  if (!isObject(value)) return []
  return Array.isArray(value.items) && /List$/.test(String(value.kind ?? 'List')) ? itemsOf(kindred(value)) : [value]
}

/** What a list of CronJobs holds does not name its own kind. */
const kindred = (list: KubeObject): KubeObject[] => {
  const kind = String(list.kind ?? '').replace(/List$/, '')
  return (list.items as unknown[]).filter(isObject).map((item) => (item.kind || !kind ? item : { ...item, kind }))
}

const readJson = ({ name: file, text }: ImportFile): { objects: Placed[]; refused: Refusal[] } => {
  try {
    const objects = itemsOf(JSON.parse(text))
    const lines = linesOfWords(
      text,
      objects.map((o) => JSON.stringify(nameIn(o))),
    )
    return { objects: objects.map((object, at) => ({ file, line: lines[at] ?? 1, object })), refused: [] }
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    return { objects: [], refused: [{ file, line: 1, reason: `It cannot be read as JSON: ${said.slice(0, 200)}.` }] }
  }
}

const readYaml = ({ name: file, text }: ImportFile): { objects: Placed[]; refused: Refusal[] } => {
  const lines = new LineCounter()
  const objects: Placed[] = []
  const refused: Refusal[] = []
  const refuse = (line: number, said: string) =>
    refused.push({ file, line, reason: `It cannot be read as YAML: ${said.slice(0, 200)}` })
  if (text.length > MOST_YAML) {
    refused.push({ file, line: 1, reason: 'It is more than 2 MB of YAML. Print it with -o json instead, or split it.' })
    return { objects, refused }
  }
  try {
    const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, stringKeys: true })
    for (const document of Array.isArray(parsed) ? parsed : []) {
      const [fault] = document.errors
      const lineOf = (node: unknown) => lines.linePos((node as { range?: [number] } | null)?.range?.[0] ?? 0).line || 1
      if (fault) refuse(lines.linePos(fault.pos[0]).line, fault.message)
      else {
        const places = placesIn(document)
        const found = itemsOf(document.toJS({ maxAliasCount: MOST_ALIASES }))
        for (const [at, object] of found.entries())
          objects.push({ file, line: lineOf(places?.[at] ?? document.contents), object })
      }
    }
  } catch (error) {
    // Too many aliases, or nested deeper than anything can be read.
    refuse(1, error instanceof Error ? `${error.message}.` : String(error))
  }
  return { objects, refused }
}

/** The nodes of a list's items; null where the document is one object. */
const placesIn = (document: Document): unknown[] | null => {
  const { contents } = document
  const list = isMap(contents) ? contents.get('items', true) : contents
  return isSeq(list) ? list.items : null
}
