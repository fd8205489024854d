import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { formProblems } from '../../parts/use-act.ts'
import { type Draft, layersOf } from './draft.ts'
import type { Known } from './ShiftDetails.tsx'

/** Who would be on call with a draft, a moment after it was last changed; nothing while it is not complete. */
export const usePreview = (id: string | undefined, draft: Draft, { from, to }: Known) => {
  const [settled] = useDebouncedValue(draft, 300)
  const layers = layersOf(settled.layers)
  const found = useQuery({
    ...query.oncall.previewSchedule.queryOptions({
      input: layers
        ? {
            ...(id && { id }),
            zone: settled.zone,
            layers,
            from: new Date(from).toISOString(),
            to: new Date(to).toISOString(),
          }
        : skipToken,
    }),
    placeholderData: keepPreviousData,
    retry: false,
  })
  return { data: found.data, ...formProblems(found.error, []) }
}
