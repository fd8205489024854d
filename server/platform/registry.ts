import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** A file in a folder of kinds that cannot be used; the message names it. Meant to end the start. */
export class KindError extends Error {
  constructor(file: string, problem: string, cause?: unknown) {
    super(`${file}: ${problem}`, { cause })
    this.name = 'KindError'
  }
}

/**
 * Loads every kind of a folder, one per `*.ts` file (tests, declarations and subfolders aside), and returns them by
 * kind in the order of their names.
 *
 * `isKind` is given each exported value and says whether it is a definition; it throws a sentence where the value is a
 * broken one. Rejects with a KindError for a folder without kinds and for a
 * file that cannot be imported, holds none or several, or holds one whose `kind` is not the file's name.
 *
 * @param folder URL of the folder, such as `new URL('./channels/', import.meta.url)`
 */
export const loadKinds = async <T extends { kind: string }>(
  folder: URL,
  isKind: (exported: unknown) => exported is T,
): Promise<Map<string, T>> => {
  const base = folder.href.endsWith('/') ? folder : new URL(`${folder.href}/`)
  const entries = await readdir(base, { withFileTypes: true }).catch((error: unknown) => {
    throw new KindError(fileURLToPath(base), 'the folder of kinds cannot be read', error)
  })
  const names = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(test|d)\.ts$/.test(entry.name))
    .map((entry) => entry.name)
    .sort()
  if (names.length === 0) throw new KindError(fileURLToPath(base), 'the folder of kinds is empty')
  const kinds = await Promise.all(names.map((name) => loadKind(new URL(name, base), name, isKind)))
  return new Map(kinds.map((kind) => [kind.kind, kind]))
}

const loadKind = async <T extends { kind: string }>(
  url: URL,
  name: string,
  isKind: (exported: unknown) => exported is T,
): Promise<T> => {
  const file = fileURLToPath(url)
  const loaded = await import(url.href).catch((error: unknown) => {
    throw new KindError(file, `cannot be loaded: ${inWords(error)}`, error)
  })
  const picked = pickAll(loaded as Record<string, unknown>, file, isKind)
  const [found, another] = picked
  if (!found) throw new KindError(file, 'exports no definition; each file of this folder exports exactly one')
  if (another) throw new KindError(file, `exports ${picked.length} definitions; write one file for each`)
  const wanted = name.replace(/\.ts$/, '')
  if (found.kind !== wanted) {
    throw new KindError(file, `its kind is "${found.kind}" but the file is called ${name}; make the two the same`)
  }
  return found
}

const pickAll = <T>(
  loaded: Record<string, unknown>,
  file: string,
  isKind: (exported: unknown) => exported is T,
): T[] => {
  // The same definition under two names is one definition.
  const values = [...new Set(Object.values(loaded))]
  try {
    return values.filter(isKind)
  } catch (error) {
    throw new KindError(file, inWords(error), error)
  }
}

const inWords = (error: unknown) => (error instanceof Error ? error.message : String(error))
