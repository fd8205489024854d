import { formSchema } from '../../../checks/lib/secrets.ts'
import { invalid } from '../../platform/errors.ts'
import { loadKinds } from '../../platform/registry.ts'
import type { ActionKind } from './define-kind.ts'

/** Every way to tell a scheduler something: one file each in kinds/, found by scanning. */
export const actionKinds: Map<string, ActionKind> = await loadKinds<ActionKind>(
  new URL('./kinds/', import.meta.url),
  isActionKind,
)

/** Throws `invalid_input` for a kind that does not exist. */
export const actionKindOf = (kind: string): ActionKind => {
  const found = actionKinds.get(kind)
  if (found) return found
  throw invalid('kind', `there is no kind "${kind}"; choose one of ${[...actionKinds.keys()].join(', ')}.`)
}

/** What forms are built from. */
export const actionForms = () =>
  [...actionKinds.values()].map((k) => ({
    kind: k.kind,
    title: k.title,
    help: k.help,
    definedBy: k.definedBy,
    schema: formSchema(k.config) as Record<string, unknown>,
    example: k.example,
  }))

export function isActionKind(value: unknown): value is ActionKind {
  return typeof value === 'object' && value !== null && 'prepare' in value && 'keeps' in value
}
