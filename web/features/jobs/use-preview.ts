import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { formProblems } from '../../parts/use-act.ts'
import { type Draft, fieldNames, isWritten, scheduleOf } from './draft.ts'

const pause = 300

/** When the job would be expected, a moment after somebody has stopped typing. */
export const usePreview = (draft: Draft) => {
  const [settled] = useDebouncedValue(JSON.stringify(scheduleOf(draft)), pause)
  const asked =
    draft.kind === 'period' ? (draft.seconds ?? 0) >= 10 : !isWritten(draft.kind) || draft.expression.trim() !== ''
  const preview = useQuery({
    ...query.jobs.preview.queryOptions({ input: { schedule: JSON.parse(settled) } }),
    enabled: asked,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 10_000,
  })
  const { problems, failed } = formProblems(preview.error, fieldNames)
  return {
    data: preview.isError ? undefined : preview.data,
    problems: asked && preview.isError ? problems : {},
    failed: failed === undefined ? undefined : preview.error,
    retry: () => void preview.refetch(),
  }
}
