import { formSchema } from '../../../checks/lib/secrets.ts'
import { invalid } from '../../platform/errors.ts'
import { loadKinds } from '../../platform/registry.ts'
import { isSchedulerKind, type SchedulerKind } from './define-scheduler.ts'

/** Every kind of scheduler that can be connected: one file each in kinds/, found by scanning. */
export const schedulerKinds: Map<string, SchedulerKind> = await loadKinds(
  new URL('./kinds/', import.meta.url),
  isSchedulerKind,
)

/** Throws `invalid_input` for a kind that does not exist. */
export const kindOf = (kind: string): SchedulerKind => {
  const found = schedulerKinds.get(kind)
  if (found) return found
  throw invalid('kind', `there is no scheduler "${kind}"; choose one of ${[...schedulerKinds.keys()].join(', ')}.`)
}

/** What forms are built from. */
export const kindForms = () =>
  [...schedulerKinds.values()].map((k) => ({
    kind: k.kind,
    title: k.title,
    summary: k.summary,
    help: k.help,
    setup: k.setup,
    schema: formSchema(k.config) as Record<string, unknown>,
    example: k.example,
  }))
