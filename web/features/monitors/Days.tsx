import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { days } from '../../../contract/monitors/shapes.ts'
import { query } from '../../api.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { Strip, type StripCell } from '../../ui/Strip.tsx'
import { span } from '../../ui/time.ts'
import { percent, stripState } from './words.ts'

type Answer = z.output<typeof days>
type Day = Answer['days'][number]

/** 'down 12 min, not observed 1 h 04 min': what there was of a day that was not up; undefined when all of it was. */
export const dayWords = (day: Day): string | undefined => {
  const parts = [
    ['down', day.downMs],
    ['degraded', day.degradedMs],
    ['unknown', day.unknownMs],
    ['not observed', day.unobservedMs],
  ] as const
  const said = parts.filter(([, ms]) => ms >= 1000).map(([word, ms]) => `${word} ${span(ms, 'long')}`)
  return said.length > 0 && day.state !== 'none' ? said.join(', ') : undefined
}

/** The uptime in words: 'business hours 99.93 %, all hours 99.81 %, unobserved 11 min'. */
export const uptimeWords = ({ businessHours, allHours }: Pick<Answer, 'businessHours' | 'allHours'>): string =>
  [
    businessHours && `business hours ${percent(businessHours.percent)}`,
    `all hours ${percent(allHours.percent)}`,
    allHours.blindMs >= 1000 && `unknown ${span(allHours.blindMs, 'long')}`,
    allHours.unobservedMs >= 60_000 && `unobserved ${span(allHours.unobservedMs, 'long')}`,
  ]
    .filter(Boolean)
    .join(', ')

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
