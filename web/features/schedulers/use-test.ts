import { useMutation } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { formProblems } from '../../parts/use-act.ts'
import type { SchedulerTest } from './data.ts'
import { type Draft, testOf } from './draft.ts'

export type Tested = {
  run: () => void
  busy: boolean
  /** What exactly this draft was answered; undefined before, and once it was changed. */
  answer: SchedulerTest | undefined
  /** What an earlier form of it was answered. */
  old: SchedulerTest | undefined
  problems: Record<string, string | undefined>
  failed: string | undefined
}

/** Asks the scheduler once with what is written, without saving anything. */
export const useTest = (draft: Draft, schedulerId?: string): Tested => {
  const asked = testOf(draft)
  const mutation = useMutation({
    mutationFn: (input: typeof asked) => api.schedulers.test({ ...input, ...(schedulerId && { schedulerId }) }),
    // Told beside the form, not in a toast.
    onError: () => undefined,
  })
  const same = JSON.stringify(mutation.variables) === JSON.stringify(asked)
  const told = formProblems(mutation.error, ['host', 'teamId', ...Object.keys(draft.config).map((n) => `config.${n}`)])
  return {
    run: () => mutation.mutate(asked),
    busy: mutation.isPending,
    answer: same ? mutation.data : undefined,
    old: same ? undefined : mutation.data,
    problems: same ? told.problems : {},
    failed: same ? told.failed : undefined,
  }
}

/** Why what is written cannot be saved yet; undefined once it was asked as it is now, whatever it answered. */
export const whyNotSave = ({ busy, answer, old }: Pick<Tested, 'busy' | 'answer' | 'old'>): string | undefined => {
  if (busy) return 'It is being asked.'
  if (answer) return undefined
  return old
    ? 'It was changed since it was tested. Test it again first.'
    : 'Test it first: nothing is saved until you have seen what it answers.'
}
