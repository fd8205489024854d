import { invalid } from '../../platform/errors.ts'
import { loadKinds } from '../../platform/registry.ts'
import { type ImporterKind, type ImportFile, isImporterKind } from './define-importer.ts'

/** Every kind of importer: one file each in kinds/, found by scanning. */
export const importerKinds: Map<string, ImporterKind> = await loadKinds(
  new URL('./kinds', import.meta.url),
  isImporterKind,
)

const names = () => [...importerKinds.keys()].join(', ')

/** The kind that is named, or the one whose files these seem to be. Throws `invalid_input`. */
export const importerOf = (kind: string | undefined, files: readonly ImportFile[]): ImporterKind => {
  if (kind !== undefined) {
    const found = importerKinds.get(kind)
    if (found) return found
    throw invalid('kind', `there is no importer "${kind}"; choose one of ${names()}.`)
  }
  const [best] = [...importerKinds.values()]
    .map((of) => ({ of, sure: Math.max(0, ...files.map((file) => of.accepts(file))) }))
    .toSorted((a, b) => b.sure - a.sure)
  if (best && best.sure > 0) return best.of
  if (files.some(({ text }) => /^kind: job$/m.test(text)))
    throw invalid('files', 'this is our own YAML: watchfloor apply -f brings it in.')
  throw invalid('files', `it cannot be told what this is; say what it is to be read as: ${names()}.`)
}
