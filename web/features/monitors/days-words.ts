import type { z } from 'zod'
import type { days } from '../../../contract/monitors/shapes.ts'
import { span } from '../../ui/time.ts'
import { percent } from './words.ts'

type Answer = z.output<typeof days>
export type Day = Answer['days'][number]
type Lasting = Pick<Day, 'state' | 'downMs' | 'degradedMs' | 'unknownMs' | 'unobservedMs'>

/** 'down 12 min, not observed 1 h 04 min': what there was of a day that was not up; undefined when all of it was. */
export const dayWords = (day: Lasting): string | undefined => {
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
