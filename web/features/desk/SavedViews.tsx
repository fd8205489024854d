import { skipToken, useQuery } from '@tanstack/react-query'
import type { SavedView } from '../../../contract/desk/views.ts'
import { query } from '../../api.ts'
import { refreshOn } from '../../live.ts'
import { Toggle } from '../../ui/Chip.tsx'
import type { Reader } from './data.ts'
import { meaningOf } from './queue-filter.ts'
import { isSame } from './queue-language.ts'
import { useNames } from './use-names.ts'
import { countWords } from './views.ts'

refreshOn('view.', () => [query.desk.views.key()])
refreshOn('ticket.', () => [query.desk.count.key()])

/** My saved views and those of my teams. */
export const useSavedViews = (reader: Reader): readonly SavedView[] =>
  useQuery(query.desk.views.queryOptions({ enabled: reader.desk })).data?.items ?? []

/** Saved views as chips, each with how many it finds now. */
export const SavedViews = ({
  views,
  reader,
  filter,
  onChange,
}: {
  views: readonly SavedView[]
  reader: Reader
  filter: string
  onChange: (filter: string) => void
}) =>
  views.map((view) => (
    <SavedChoice
      key={view.id}
      view={view}
      reader={reader}
      on={isSame(view.filter, filter)}
      onChoose={() => onChange(view.filter)}
    />
  ))

function SavedChoice({
  view,
  reader,
  on,
  onChoose,
}: {
  view: SavedView
  reader: Reader
  on: boolean
  onChoose: () => void
}) {
  const meaning = meaningOf(view.filter, reader, useNames(view.filter))
  const found = useQuery(query.desk.count.queryOptions({ input: 'input' in meaning ? meaning.input : skipToken }))
  return (
    <Toggle on={on} onChange={onChoose}>
      {view.name} {found.data ? countWords(found.data.count) : ''}
    </Toggle>
  )
}
