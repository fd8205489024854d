import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { formProblems } from '../../parts/use-act.ts'
import { previewInput, previewPlace, type RouteDraft, routeFields } from './route-draft.ts'
import type { AlertRoute, RoutePreview } from './words.ts'

export type ShownPreview = {
  /** Nothing is asked while there is no condition. */
  asked: boolean
  data: RoutePreview | undefined
  /** What is wrong with the draft, by field. */
  problems: Record<string, string | undefined>
  /** What is wrong otherwise. */
  failed: unknown
  retry: () => void
}

const pause = 400

/** What a route would have done with the newest alerts, a moment after somebody has stopped typing. */
export const useRoutePreview = (
  draft: RouteDraft,
  routes: readonly AlertRoute[],
  id: string | undefined,
): ShownPreview => {
  const [settled] = useDebouncedValue(draft, pause)
  const asked = draft.condition.trim() !== '' && settled.condition.trim() !== ''
  const preview = useQuery({
    ...query.alerts.routes.preview.queryOptions({
      input: { ...previewInput(settled), ...previewPlace(routes, id) },
    }),
    enabled: asked,
    placeholderData: keepPreviousData,
    staleTime: 0,
    // One answer for each pause while somebody types: none is looked at twice.
    gcTime: 10_000,
  })
  const { problems, failed } = formProblems(preview.error, routeFields)
  return {
    asked,
    data: preview.data,
    problems: asked ? problems : {},
    failed: failed === undefined ? undefined : preview.error,
    retry: () => void preview.refetch(),
  }
}
