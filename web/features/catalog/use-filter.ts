import { skipToken, useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { rowsOf, type Source } from '../../ui/list.ts'
import { readCatalogFilter, type Words } from './catalog-filter.ts'

/** What a filter asks for, with the names of teams that it may name; `teams` is what is waited for without `ask`. */
export const useCatalogFilter = <W extends Words>(filter: string, known: W) => {
  const mayTeams = useMay('team.read') !== undefined
  const teams = useQuery(query.identity.teams.list.queryOptions({ input: mayTeams ? { limit: 200 } : skipToken }))
  const names = (teams.data?.items ?? []).map(({ name }) => name)
  return { ...readCatalogFilter(filter, teams.data?.items, known), teams, names }
}

type Pages<Row> = Source & { data: { pages: readonly { items: readonly Row[] }[] } | undefined }
type Found<Row> = { problem?: string | undefined; waiting?: true | undefined; teams: Source; found: Pages<Row> }

/** The rows of a list with where they come from, or why there are none. */
export const listed = <Row>({
  problem,
  waiting,
  teams,
  found,
}: Found<Row>): {
  rows: readonly Row[] | undefined
  problem?: string
  source?: Source
} => {
  if (problem) return { problem, rows: [] }
  // Without its team the list is not asked for: that the team could not be read is what there is to say.
  if (waiting) return { rows: undefined, source: teams }
  return { rows: rowsOf(found.data), source: found }
}
