import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isBefore, later, millisBetween, plusSeconds } from '../../platform/clock.ts'
import { bundleMessage, decidePages, type WaitingPage } from './bundle.ts'
import type { ContactLimits } from './limits.ts'
import type { Message, Priority } from './message.ts'

const start = Temporal.Instant.from('2026-03-04T06:00:00Z')
const limits: ContactLimits = { perMinute: 10, per15Minutes: 30, perHour: 60 }
/** Full after one message in three hours. */
const none: ContactLimits = { per3Hours: 1 }
const at = (seconds: number) => plusSeconds(start, seconds)
const page = (id: string, seconds: number, priority?: Priority): WaitingPage => ({ id, at: at(seconds), priority })
const decide = (waiting: WaitingPage[], sent: number[], now: number, l = limits) =>
  decidePages({ waiting, sent: sent.map(at), limits: l, now: at(now) })

describe('pages to one contact', () => {
  test('nothing waits', () => {
    expect(decide([], [], 0)).toEqual({ kind: 'none' })
  })

  test('the first goes at once, whatever its priority', () => {
    expect(decide([page('a', 0, 'P5')], [], 0)).toMatchObject({ kind: 'send', ids: ['a'] })
  })

  test('the first in ten minutes goes at once even when the hour is full', () => {
    const sent = Array.from({ length: 60 }, (_, i) => -2000 + i)
    expect(decide([page('a', 0, 'P4')], sent, 0)).toMatchObject({ kind: 'send', ids: ['a'] })
  })

  test('ten minutes after the last page the next one is a first one again', () => {
    expect(decide([page('a', 599, 'P5')], [-60, -30, 0], 599, none)).toMatchObject({ kind: 'wait' })
    expect(decide([page('a', 600, 'P5')], [-60, -30, 0], 600, none)).toMatchObject({ kind: 'send' })
  })

  test('a P4 that has waited its five minutes does not wait for a P1 that came just now', () => {
    const waiting = [page('new', 300, 'P1'), page('old', 1, 'P4')]
    expect(decide(waiting, [0], 300, none)).toMatchObject({ kind: 'wait', until: at(301) })
    expect(decide(waiting, [0], 301, none)).toMatchObject({ kind: 'send', ids: ['new', 'old'] })
  })

  test.each<[string, number[], number]>([
    ['after one page: 10 s', [0], 10],
    ['after two: 30 s', [-30, 0], 30],
    ['after three: 60 s', [-60, -30, 0], 60],
    ['after many: 60 s', [-300, -240, -180, -120, -60, 0], 60],
  ])('the gap grows %s', (_, sent, gap) => {
    expect(decide([page('a', 1, 'P3')], sent, 1)).toMatchObject({ kind: 'wait', until: at(gap) })
    expect(decide([page('a', 1, 'P3')], sent, gap)).toMatchObject({ kind: 'send', ids: ['a'] })
  })

  test('what waited goes together, the most urgent first, then the oldest', () => {
    const waiting = [page('c', 3, 'P3'), page('n', 1), page('b', 2, 'P2'), page('a', 4, 'P1')]
    expect(decide(waiting, [0], 10)).toMatchObject({ kind: 'send', ids: ['a', 'b', 'n', 'c'] })
  })

  test('a P1 waits five seconds at most, and takes the others with it', () => {
    const sent = [-120, -60, 0]
    const waiting = [page('low', 1, 'P4'), page('top', 2, 'P1')]
    expect(decide(waiting, sent, 2)).toMatchObject({ kind: 'wait', until: at(7) })
    expect(decide(waiting, sent, 7)).toMatchObject({
      kind: 'send',
      ids: ['top', 'low'],
      reason: 'A P1 is not held back any longer.',
    })
  })

  test('the limits hold a P3 longer than the gap, and say so', () => {
    const decision = decide([page('a', 1, 'P3')], [-200, -100, 0], 61, { ...limits, per15Minutes: 3 })
    expect(decision).toMatchObject({
      kind: 'wait',
      until: at(301),
      reason: 'This contact may get 3 messages in 15 minutes, and has had them.',
    })
  })

  const arrivals = fc.array(
    fc.record({
      gap: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 900 })),
      priority: fc.constantFrom<(Priority | undefined)[]>('P1', 'P2', 'P3', 'P4', 'P5', undefined),
    }),
    { minLength: 1, maxLength: 80 },
  )
  const held: Record<Priority, number> = { P1: 5, P2: 60, P3: 300, P4: 300, P5: 300 }

  test('in any storm each page is sent exactly once, none later than its priority allows, the first at once', () => {
    fc.assert(
      fc.property(arrivals, fc.constantFrom(limits, none, {}), (given, limits) => {
        let clock = start
        const pages = given.map((g, i) => {
          clock = plusSeconds(clock, g.gap)
          return { id: `${i}`, at: clock, priority: g.priority }
        })
        const sentAt = new Map<string, Temporal.Instant>()
        const sends: Temporal.Instant[] = []
        let waiting: WaitingPage[] = []
        let coming = [...pages]
        let now = start
        for (;;) {
          waiting = [...waiting, ...coming.filter((p) => !isBefore(now, p.at))]
          coming = coming.filter((p) => isBefore(now, p.at))
          const decision = decidePages({ waiting, sent: sends, limits, now })
          if (decision.kind === 'send') {
            expect(decision.ids.toSorted()).toEqual(waiting.map((p) => p.id).toSorted())
            for (const id of decision.ids) {
              expect(sentAt.has(id)).toBe(false)
              sentAt.set(id, now)
            }
            sends.push(now)
            waiting = []
          }
          const next = coming[0]?.at
          if (decision.kind === 'wait') {
            expect(isBefore(now, decision.until)).toBe(true)
            now = next && isBefore(next, decision.until) ? next : decision.until
          } else if (next) now = later(now, next)
          else break
        }
        expect(sentAt.size).toBe(pages.length)
        expect(sends[0]).toEqual(pages[0]?.at)
        for (const p of pages) {
          const waited = millisBetween(p.at, sentAt.get(p.id) ?? start)
          expect(waited).toBeLessThanOrEqual(held[p.priority ?? 'P3'] * 1000)
        }
      }),
    )
  })

  test('a storm of 1,000 P3 over five minutes is a handful of messages', () => {
    const sends: number[] = []
    let waiting: WaitingPage[] = []
    for (let second = 0; second <= 400; second++) {
      if (second < 300) waiting.push(...[0, 1, 2].map((i) => page(`${second}/${i}`, second, 'P3')))
      if (decide(waiting, sends, second).kind === 'send') {
        sends.push(second)
        waiting = []
      }
    }
    expect(waiting).toEqual([])
    expect(sends).toEqual([0, 10, 40, 100, 160, 220, 280, 340])
  })
})

describe('a bundle', () => {
  const message = (n: number, priority?: Priority): Message => ({
    id: `m${n}`,
    class: 'page',
    title: `Service ${n} is down`,
    lines: ['long story'],
    links: [
      { label: 'Timeline', url: `https://w.example/t/${n}/timeline` },
      { label: 'Open and acknowledge', url: `https://w.example/ack/${n}`, primary: true },
    ],
    ...(priority && { priority }),
    at: '2026-03-04T06:00:00Z',
  })
  const as = { id: 'bundle-1', at: '2026-03-04T06:01:00Z', listUrl: 'https://w.example/pages' }

  test('names how many, counts by priority and lists the most urgent first with their links', () => {
    const bundle = bundleMessage([message(1, 'P3'), message(2, 'P1'), message(3), message(4, 'P1')], as)
    expect(bundle).toMatchObject({ id: 'bundle-1', class: 'page', title: '4 incidents need you', priority: 'P1' })
    expect(bundle.lines).toEqual(['2 × P1, 2 × P3.'])
    expect(bundle.links).toEqual([
      { label: 'Open all of them', url: 'https://w.example/pages', primary: true },
      { label: 'P1: Service 2 is down', url: 'https://w.example/ack/2' },
      { label: 'P1: Service 4 is down', url: 'https://w.example/ack/4' },
      { label: 'P3: Service 1 is down', url: 'https://w.example/ack/1' },
      { label: 'Service 3 is down', url: 'https://w.example/ack/3' },
    ])
  })

  test('lists twenty and counts the rest', () => {
    const bundle = bundleMessage(
      Array.from({ length: 50 }, (_, i) => message(i, 'P2')),
      as,
    )
    expect(bundle.links).toHaveLength(21)
    expect(bundle.lines).toContain('The 20 most urgent are below; the list has all 50.')
  })

  test('a page without a link is named all the same, and a possible repeat is not hidden', () => {
    const bundle = bundleMessage(
      [
        { ...message(1), links: [] },
        { ...message(2), mayRepeat: true },
      ],
      as,
    )
    expect(bundle.lines).toContain('Service 1 is down')
    expect(bundle.mayRepeat).toBe(true)
  })
})
