import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance, type Flip, type Look, noSpanChange, type Span, type StateRow, type Watch } from './advance.ts'
import type { Outcome } from './judge.ts'

const watch: Watch = {
  version: 1,
  enabled: true,
  intervalSeconds: 10,
  timeoutSeconds: 5,
  downAfter: 3,
  ofLooks: 3,
  upAfter: 1,
}
const start = 1_000_000
const fresh: StateRow = {
  state: 'unknown',
  decided: false,
  since: start,
  reason: null,
  flip: 0,
  looks: [],
  term: 0,
  seq: 0,
  span: null,
  spanFrom: null,
  watchedUntil: null,
  lastAt: null,
}

const look = (at: number, outcome: Outcome, more: Partial<Look> = {}): Look => ({
  monitorId: 'm',
  version: 1,
  at,
  outcome,
  ms: 5,
  code: outcome,
  message: `it is ${outcome}`,
  turn: { term: 1, seq: at },
  ...more,
})

/** Applies looks as batches do, and keeps the table of spans. */
const run = (looks: Look[], given = fresh) => {
  let row = given
  let table: Span[] = []
  const flips: Flip[] = []
  for (const each of looks) {
    const step = advance(row, noSpanChange, each, watch)
    if (step.spans.endAt !== null) table = table.map((s) => (s.to === null ? { ...s, to: step.spans.endAt } : s))
    if (step.spans.drop) table = table.filter((s) => s.to !== null)
    table = [...table, ...step.spans.added]
    if (step.flip) flips.push(step.flip)
    row = step.row
  }
  return { row, table, flips }
}
const at = (seconds: number) => start + seconds * 1000

describe('looks one after another', () => {
  it('go up, down and up again, with a span for each', () => {
    const { row, table, flips } = run([
      look(at(0), 'ok'),
      look(at(10), 'failed'),
      look(at(20), 'failed'),
      look(at(30), 'failed'),
      look(at(40), 'ok'),
    ])
    expect(flips.map((f) => [f.flip, f.from, f.state, f.at])).toEqual([
      [1, null, 'up', at(0)],
      [2, 'up', 'down', at(30)],
      [3, 'down', 'up', at(40)],
    ])
    expect(flips[1]).toMatchObject({ why: '3 of 3 looks failed', message: 'it is failed' })
    expect(table).toEqual([
      { from: at(0), to: at(30), state: 'up', message: 'it is ok' },
      { from: at(30), to: at(40), state: 'down', message: '3 of 3 looks failed, last: it is failed' },
      { from: at(40), to: null, state: 'up', message: 'it is ok' },
    ])
    expect(row).toMatchObject({ state: 'up', since: at(40), lastAt: at(40), watchedUntil: at(65) })
  })

  it('leave time that nobody spoke for unobserved, and forget what was before it', () => {
    const { row, table, flips } = run([
      look(at(0), 'ok'),
      look(at(10), 'failed'),
      look(at(20), 'failed'),
      look(at(3620), 'failed'),
    ])
    expect(flips).toHaveLength(1)
    expect(row).toMatchObject({ state: 'up', looks: ['failed'] })
    expect(table.map((s) => [s.state, s.from, s.to])).toEqual([
      ['up', at(0), at(20)],
      ['unobserved', at(20), at(3620)],
      ['up', at(3620), null],
    ])
  })

  it('do not count when they were made under an older lease, of an older version, or twice', () => {
    const { row } = run([look(at(0), 'ok', { turn: { term: 5, seq: 1 } })])
    for (const late of [
      look(at(10), 'failed', { turn: { term: 4, seq: 99 } }),
      look(at(10), 'failed', { turn: { term: 5, seq: 1 } }),
      look(at(10), 'failed', { turn: { term: 5, seq: 2 }, version: 0 }),
    ])
      expect(advance(row, noSpanChange, late, watch)).toEqual({ row, spans: noSpanChange, flip: null, counted: false })
    expect(
      advance(row, noSpanChange, look(at(10), 'failed', { turn: { term: 5, seq: 2 } }), { ...watch, enabled: false })
        .counted,
    ).toBe(false)
  })

  it('by hand count once each and leave the order of the others alone', () => {
    const { row } = run([look(at(0), 'ok', { turn: { term: 5, seq: 7 } }), look(at(1), 'failed', { turn: null })])
    expect(row).toMatchObject({ term: 5, seq: 7, looks: ['failed'] })
  })

  it('go on after the clock was stepped back by an hour, and forward again', () => {
    const { row, flips, table } = run([
      look(at(4000), 'ok', { turn: { term: 1, seq: 1 } }),
      look(at(400), 'failed', { turn: { term: 1, seq: 2 } }),
      look(at(410), 'failed', { turn: { term: 1, seq: 3 } }),
      look(at(4010), 'ok', { turn: { term: 1, seq: 4 } }),
    ])
    expect(flips.map((f) => f.state)).toEqual(['up'])
    expect(row.lastAt).toBe(at(4010))
    expect(table.filter((s) => s.state === 'down')).toEqual([])
  })
})

const anyLooks = fc.array(
  fc.record({
    gap: fc.integer({ min: -20, max: 60 }),
    outcome: fc.constantFrom<Outcome>('ok', 'degraded', 'failed', 'blind'),
  }),
  { maxLength: 40 },
)

describe('whatever comes, whatever the clock does', () => {
  it('spans follow each other without a hole, none empty, the last open and true', () => {
    fc.assert(
      fc.property(anyLooks, (given) => {
        let now = start
        const looks = given.map(({ gap, outcome }, i) => {
          now += gap * 1000
          return look(now, outcome, { turn: { term: 1, seq: i + 1 } })
        })
        const { row, table, flips } = run(looks)
        if (looks.length === 0) return
        for (const [i, span] of table.entries()) {
          const next = table[i + 1]
          expect(span.to).toBe(next ? next.from : null)
          if (span.to !== null) expect(span.to).toBeGreaterThan(span.from)
        }
        expect(table.at(-1)).toMatchObject({ state: row.span, from: row.spanFrom })
        expect(row.span).toBe(row.state)
        expect(flips.map((f) => f.flip)).toEqual(flips.map((_, i) => i + 1))
        for (const [i, f] of flips.entries()) if (i > 0) expect(f.at).toBeGreaterThanOrEqual(flips[i - 1]?.at ?? 0)
      }),
    )
  })

  it('several looks of one batch give what they give one by one', () => {
    fc.assert(
      fc.property(anyLooks, (given) => {
        let now = start
        const looks = given.map(({ gap, outcome }, i) => {
          now += gap * 1000
          return look(now, outcome, { turn: { term: 1, seq: i + 1 } })
        })
        const alone = run(looks)
        let [row, spans] = [fresh, noSpanChange]
        for (const each of looks) ({ row, spans } = advance(row, spans, each, watch))
        expect(row).toEqual(alone.row)
        expect(spans.added).toEqual(alone.table)
        expect([spans.endAt, spans.drop]).toEqual([null, false])
      }),
    )
  })
})
