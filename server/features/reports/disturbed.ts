import type { DisturbedService } from '../../../contract/reports/index.ts'

/** From and until, in epoch milliseconds. */
export type Span = readonly [from: number, to: number]

export type Trouble = { serviceId: string; serviceName: string; span: Span; open: boolean }

const MINUTE = 60_000
export const minutesOf = ([from, to]: Span): number => Math.max(0, Math.round((to - from) / MINUTE))

/** What lies in both. */
export const within = ([from, to]: Span, [first, last]: Span): Span => [Math.max(from, first), Math.min(to, last)]

/** Spans put together where they overlap, so that a minute of two incidents is one minute. */
export const joined = (spans: readonly Span[]): Span[] => {
  const out: [number, number][] = []
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = out.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else out.push([from, to])
  }
  return out
}

/** By service, the longest disturbed first. Pure: what was trouble and the month in, figures out. */
export const byService = (found: readonly Trouble[], month: Span): DisturbedService[] =>
  [...Map.groupBy(found, ({ serviceId }) => serviceId)]
    .map(([id, some]) => {
      const spans = joined(some.map(({ span }) => within(span, month)))
      return {
        id,
        name: some[0]?.serviceName ?? '',
        times: some.length,
        minutes: spans.reduce((sum, span) => sum + minutesOf(span), 0),
        longestMinutes: Math.max(...some.map(({ span }) => minutesOf(within(span, month)))),
        open: some.filter(({ open }) => open).length,
      }
    })
    .sort((a, b) => b.minutes - a.minutes || (a.name < b.name ? -1 : 1))
