import { invalid } from '../../platform/errors.ts'
import { loadKinds } from '../../platform/registry.ts'
import { isSourceKind, type SourceKind } from './define-source.ts'

/** Every kind of source: one file each in sources/, found by scanning. */
export const sourceKinds: Map<string, SourceKind> = await loadKinds(
  new URL('./sources/', import.meta.url),
  isSourceKind,
)

/** A kind that people may make a source of. Throws `invalid_input`. */
export const creatableKind = (kind: string, field = 'kind'): SourceKind => {
  const found = sourceKinds.get(kind)
  if (found && !found.builtIn) return found
  const names = [...sourceKinds.values()].filter((k) => !k.builtIn).map((k) => k.kind)
  throw invalid(field, `there is no source "${kind}"; choose one of ${names.join(', ')}.`)
}

/** A kind that a stored source has; one that a newer version made may be unknown here. */
export const knownKind = (kind: string): SourceKind | null => sourceKinds.get(kind) ?? null
