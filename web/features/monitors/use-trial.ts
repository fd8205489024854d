import { useMutation } from '@tanstack/react-query'
import type { Seen } from '../../../contract/monitors/index.ts'
import { api } from '../../api.ts'
import { formProblems } from '../../parts/use-act.ts'
import { configOf, type Draft, trialKey } from './draft.ts'

export type Trial = {
  run: (draft: Draft, monitorId?: string) => void
  busy: boolean
  /** What was seen of exactly this draft; undefined before, and once what is looked at has changed. */
  seen: Seen | undefined
  /** What was seen of an earlier form of it. */
  old: Seen | undefined
  problems: Record<string, string | undefined>
  failed: string | undefined
}

/** Look once with what is written, without saving anything. */
export const useTrial = (draft: Draft): Trial => {
  const mutation = useMutation({
    mutationFn: ({ of, monitorId }: { of: Draft; monitorId: string | undefined }) =>
      api.monitors.try({ kind: of.kind, config: configOf(of), ...(monitorId && { monitorId }) }),
    // Told beside the form, not in a toast.
    onError: () => undefined,
  })
  const same = mutation.variables !== undefined && trialKey(mutation.variables.of) === trialKey(draft)
  const told = formProblems(
    mutation.error,
    Object.keys(draft.config).map((name) => `config.${name}`),
  )
  return {
    run: (of, monitorId) => mutation.mutate({ of, monitorId }),
    busy: mutation.isPending,
    seen: same ? mutation.data : undefined,
    old: same ? undefined : mutation.data,
    problems: same ? told.problems : {},
    failed: same ? told.failed : undefined,
  }
}
