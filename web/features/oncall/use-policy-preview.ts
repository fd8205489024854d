import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { formProblems } from '../../parts/use-act.ts'
import type { stepsOf } from './policy-draft.ts'

export type Steps = ReturnType<typeof stepsOf>

/** Whom steps would turn to now, found by the API as a page finds them; nothing while a step has no target. */
export const usePolicyPreview = (steps: Steps, repeats: number) => {
  const [settled] = useDebouncedValue({ steps, repeats }, 250)
  const complete = settled.steps.every(({ targets }) => targets.length > 0)
  const found = useQuery({
    ...query.oncall.previewPolicy.queryOptions({ input: complete ? settled : skipToken }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
    retry: false,
  })
  return { data: found.data, complete, ...formProblems(found.error, []) }
}
