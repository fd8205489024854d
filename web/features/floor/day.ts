import { type Instant, millis, span } from '../../ui/time.ts'

export type Market = {
  name: string
  zone: string
  preview: { openNow: boolean; nextOpen: { at: Instant | null }; nextClose: { at: Instant | null } }
}

const near = 12 * 3_600_000
/** Before the open counts as such for these hours; earlier it is the night. */
const beforeTheOpen = 3 * 3_600_000

const partOfDay = (hour: number): string => {
  if (hour < 5 || hour >= 22) return 'night'
  if (hour < 12) return 'morning'
  return hour < 18 ? 'afternoon' : 'evening'
}

const local = (now: number, zone: string) => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'long',
    hour: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(now)
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
  return { weekday: of('weekday'), hour: Number(of('hour')) }
}

const opensIn = (market: Market, now: number): number | undefined => {
  const { openNow, nextOpen } = market.preview
  const wait = nextOpen.at === null ? undefined : millis(nextOpen.at) - now
  return !openNow && wait !== undefined && wait > 0 && wait < near ? wait : undefined
}

/** 'Thursday, before the open' when a market of the reader's own zone is about to open, else 'Thursday morning'. */
export const dayWords = (now: number, zone: string, markets: readonly Market[]): string => {
  const { weekday, hour } = local(now, zone)
  const own = markets.filter((market) => market.zone === zone)
  const before =
    own.some((market) => (opensIn(market, now) ?? near) < beforeTheOpen) && !own.some(({ preview }) => preview.openNow)
  return before ? `${weekday}, before the open` : `${weekday} ${partOfDay(hour)}`
}

/** 'London opens in 48 min', 'Tokyo closes in 20 min': the next opening or closing of the markets, when it is near. */
export const marketWords = (now: number, markets: readonly Market[]): string | undefined => {
  const coming = markets.flatMap((market) => {
    const opens = opensIn(market, now)
    const close =
      market.preview.openNow && market.preview.nextClose.at !== null
        ? millis(market.preview.nextClose.at) - now
        : undefined
    return [
      ...(opens !== undefined ? [{ in: opens, words: `${market.name} opens in ${span(opens, 'long')}` }] : []),
      ...(close !== undefined && close > 0 && close < near / 6
        ? [{ in: close, words: `${market.name} closes in ${span(close, 'long')}` }]
        : []),
    ]
  })
  return coming.toSorted((a, b) => a.in - b.in)[0]?.words
}

/** '2 things need someone now'; `waiting`: what nobody has and is not urgent. */
export const needWords = (count: number, waiting: number): string => {
  if (count === 0 && waiting > 0)
    return `nothing is urgent, ${waiting} ${waiting === 1 ? 'waits' : 'wait'} for somebody`
  if (count === 0) return 'nothing needs anyone now'
  return count === 1 ? '1 thing needs someone now' : `${count} things need someone now`
}
