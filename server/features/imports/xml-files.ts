import { parseXml, XmlElement, XmlError } from '@rgrove/parse-xml'
import type { ImportFile, Refusal } from './define-importer.ts'
import { lineFinder } from './line-finder.ts'

export type Element = { name: string; attributes: Record<string, string>; children: Element[]; line: number }

const MOST_DEEP = 60

/**
 * The elements of an XML file with their lines. What a document defines itself is never put in for it: one that defines
 * entities is refused, and of one that only names its document type that is passed over.
 */
export const readXml = ({ name: file, text }: ImportFile): Element | Refusal => {
  const refuse = (line: number, reason: string): Refusal => ({ file, line, reason })
  const lineAt = lineFinder(text)
  const entity = /<!ENTITY|<!DOCTYPE[^<>[]*\[/i.exec(text)
  if (entity)
    return refuse(lineAt(entity.index), 'It defines entities of its own, which are not read. Export it without them.')
  if (text.slice(0, 200).includes('\ufffd'))
    return refuse(1, 'It is not written in UTF-8. Save it as UTF-8, and with encoding="UTF-8" in its first line.')
  try {
    const { root } = parseXml(text.trimStart(), { includeOffsets: true })
    const skipped = text.length - text.trimStart().length
    return root ? elementOf(root, (at) => lineAt(at + skipped), 0) : refuse(1, 'It has no element.')
  } catch (error) {
    if (error instanceof XmlError) {
      const [why = ''] = error.message.split('\n')
      return refuse(error.line, `It cannot be read as XML: ${why.slice(0, 200)}.`)
    }
    if (error instanceof RangeError || error instanceof TooDeep)
      return refuse(1, `Its elements are nested more than ${MOST_DEEP} deep, as no export of a scheduler is.`)
    throw error
  }
}

class TooDeep extends Error {}

const elementOf = (given: XmlElement, lineAt: (at: number) => number, deep: number): Element => {
  if (deep > MOST_DEEP) throw new TooDeep()
  const line = lineAt(given.start)
  return {
    name: given.name,
    attributes: given.attributes,
    line,
    children: given.children.flatMap((child) =>
      child instanceof XmlElement ? [elementOf(child, lineAt, deep + 1)] : [],
    ),
  }
}
