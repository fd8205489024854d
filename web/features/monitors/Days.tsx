import { useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { Strip } from '../../ui/Strip.tsx'
import type { StripCell } from '../../ui/strip.ts'
import { type Day, dayWords, uptimeWords } from './days-words.ts'
import { stripState } from './words.ts'

const cellOf = (day: Day): StripCell => {
  const words = dayWords(day)
  return { from: day.from, to: day.to, state: stripState[day.state], ...(words && { words }) }
}

/** The last 90 days, a cell for each, with the uptime. */
export function Days({ id, name }: { id: string; name: string }) {
  const answer = useQuery({ ...query.monitors.days.queryOptions({ input: { id } }), refetchInterval: 300_000 })
  return (
    <Panel
      title="Last 90 days"
      words={answer.data ? `one cell = a day · ${uptimeWords(answer.data)}` : 'one cell = a day'}
      pad={Boolean(answer.data)}
    >
      {answer.data && <Strip label={`${name}, last 90 days`} cells={answer.data.days.map(cellOf)} tall />}
      {!answer.data && answer.isError && (
        <Failed what="The days could not be loaded." error={answer.error} retry={() => void answer.refetch()} />
      )}
      {!answer.data && !answer.isError && <Loading lines={1} />}
    </Panel>
  )
}
