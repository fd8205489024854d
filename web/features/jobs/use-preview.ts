import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { formProblems } from '../../parts/use-act.ts'
import { type Draft, fieldNames, scheduleOf, scheduleProblems } from './draft.ts'

const pause = 300

/** When the job would be expected, a moment after somebody has stopped typing. */
export const usePreview = (draft: Draft) => {
  const [given, isAsked] = [JSON.stringify(scheduleOf(draft)), Object.keys(scheduleProblems(draft)).length === 0]
  const [settled] = useDebouncedValue(given, pause)
  const preview = useQuery({
    ...query.jobs.preview.queryOptions({ input: { schedule: JSON.parse(settled) } }),
    // What was written a moment ago may have been what cannot be asked.
    enabled: isAsked && settled === given,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 10_000,
  })
  const { problems, failed } = formProblems(preview.error, fieldNames)
  return {
    data: preview.isError ? undefined : preview.data,
    problems: isAsked && preview.isError ? problems : {},
    failed: failed === undefined ? undefined : preview.error,
    retry: () => void preview.refetch(),
  }
}
