import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterOf } from '../../jobs/index.ts'
import { controlm } from '../kinds/controlm.ts'
import { ctmCalendars } from './calendars.ts'
import { compileDays } from './days.ts'
import { type CtmDays, type CtmExpression, type CtmJob, noDays } from './shape.ts'
import { readExpression, type Token } from './words.ts'

/** Rules of Control-M against the plainest way of saying the same. */

const now = Temporal.Instant.from('2026-11-23T07:00:00Z')

describe('a signed list of events', () => {
  type Tree = { leaf: number } | { sign: 'AND' | 'OR'; of: Tree[] }
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.record({ leaf: fc.nat(5) }),
      fc.record({
        sign: fc.constantFrom('AND' as const, 'OR' as const),
        of: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
      }),
    ),
  }))
  const event = (n: number): CtmExpression => ({ event: { name: String(n), date: 'ODAT' } })
  const written = (t: Tree): Token[] =>
    'leaf' in t ? [event(t.leaf)] : ['(', ...t.of.flatMap((o, at) => [...(at > 0 ? [t.sign] : []), ...written(o)]), ')']
  const holds = (t: Tree, there: number): boolean => {
    if ('leaf' in t) return ((there >> t.leaf) & 1) === 1
    return t.sign === 'AND' ? t.of.every((o) => holds(o, there)) : t.of.some((o) => holds(o, there))
  }
  const isTrue = (e: CtmExpression | null | undefined, there: number): boolean => {
    if (!e) return true
    if ('event' in e) return ((there >> Number(e.event.name)) & 1) === 1
    return 'all' in e ? e.all.every((o) => isTrue(o, there)) : e.any.some((o) => isTrue(o, there))
  }

  it('in brackets means what its tree does, whatever is there', () => {
    fc.assert(
      fc.property(tree, fc.nat(63), (t, there) => {
        expect(isTrue(readExpression(written(t))?.expression, there)).toBe(holds(t, there))
      }),
    )
  })

  it('never fails, whatever stands in it', () => {
    const token = fc.oneof(fc.constantFrom<Token[]>('(', ')', 'AND', 'OR'), fc.nat(5).map(event))
    fc.assert(fc.property(fc.array(token), (tokens) => void readExpression(tokens)))
  })
})

describe('days', () => {
  const subset = (values: readonly number[]) => fc.subarray([...values], { minLength: 1 })
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at)
  const text = (numbers: readonly number[]) => numbers.map(String)
  const days: fc.Arbitrary<CtmDays> = fc
    .record({
      week: fc.oneof(fc.constant<string[]>([]), fc.constant<string[]>(['ALL']), subset(range(0, 6)).map(text)),
      month: fc.oneof(fc.constant<string[]>(['ALL']), subset(range(1, 28)).map(text)),
      months: fc.oneof(fc.constant(range(1, 12)), subset(range(1, 12))),
      both: fc.boolean(),
    })
    .map((some) => ({ ...noDays, ...some }))

  it('written as a schedule are those that the rule orders, also after midnight', () => {
    fc.assert(
      fc.property(days, fc.constantFrom('0900', '2330', '0200'), (given, from) => {
        const names = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
        const months = names.map((m, at) => `${m}="${given.months.includes(at + 1) ? 1 : 0}"`).join(' ')
        const xml = `<DEFTABLE><FOLDER FOLDER_NAME="F"><JOB JOBNAME="A" WEEKDAYS="${given.week}" DAYS="${given.month}" DAYS_AND_OR="${given.both ? 'A' : 'O'}" TIMEFROM="${from}" ${months}/></FOLDER></DEFTABLE>`
        const { jobs } = controlm.read([{ name: 'x', text: xml }], { zone: 'UTC', host: null, now })
        const schedule = jobs[0]?.schedule
        const job = { server: '', path: ['F', 'A'], kind: 'job' } as CtmJob
        const { test } = compileDays(
          given,
          ctmCalendars().view({ ...job, rules: { included: [], excluded: [], and: false } }),
        )
        const wanted: string[] = []
        const later = from < '0700' ? 1 : 0
        for (let at = 0; at < 380 && wanted.length < 5; at++) {
          const date = Temporal.PlainDate.from('2026-11-23').add({ days: at - later })
          if (test({ date, text: date.toString() }) && (at > 0 || from > '0700'))
            wanted.push(date.add({ days: later }).toString())
        }
        if (!schedule || schedule.kind === 'waits') {
          // Only days after midnight are named one by one, and may be more than a schedule holds.
          expect(later).toBe(1)
          return
        }
        const found: string[] = []
        for (let ms: number | null = now.epochMilliseconds; ms !== null && found.length < wanted.length; ) {
          ms = afterOf(schedule)(ms)
          if (ms !== null) found.push(Temporal.Instant.fromEpochMilliseconds(ms).toString().slice(0, 10))
        }
        expect(found).toEqual(wanted)
      }),
      { numRuns: 60 },
    )
  })
})
