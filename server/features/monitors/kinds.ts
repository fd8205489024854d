import { type Check, isCheck } from '../../../checks/lib/define.ts'
import { formSchema } from '../../../checks/lib/secrets.ts'
import { invalid } from '../../platform/errors.ts'
import { loadKinds } from '../../platform/registry.ts'

/** Every way to look at something: one file each in checks/, found by scanning. */
export const checks: Map<string, Check> = await loadKinds(new URL('../../../checks/', import.meta.url), isCheck)

/** Throws `invalid_input` for a kind that does not exist. */
export const checkOf = (kind: string): Check => {
  const check = checks.get(kind)
  if (check) return check
  throw invalid('kind', `there is no check "${kind}"; choose one of ${[...checks.keys()].join(', ')}.`)
}

/** What forms are built from. */
export const checkForms = () =>
  [...checks.values()].map((c) => ({
    kind: c.kind,
    title: c.title,
    summary: c.summary,
    help: c.help,
    schema: formSchema(c.config) as Record<string, unknown>,
    example: c.example,
  }))
