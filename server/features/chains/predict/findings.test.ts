import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Condition } from '../../../../contract/jobs/waits.ts'
import { all, any, type NightJob, nightOf, s } from '../../../../test/harness/chains.ts'
import { findingsOf } from './findings.ts'
import { predictNight } from './forward.ts'

const found = (jobs: Record<string, NightJob>) => {
  const { graph } = nightOf(0, jobs)
  const name = (i: number | null) => (i === null ? null : graph.nodes[i]?.name)
  return findingsOf(graph).map((one) => {
    if (one.kind === 'circle') return `${one.mutex ? 'mutex' : 'circle'} ${one.nodes.map(name).join(' ')}`
    if (one.kind === 'dangling') return `${name(one.node)} names ${one.ref}`
    if (one.kind === 'latch') return `${name(one.node)} may start on an old ${name(one.of)}`
    return `${name(one.node)} contradicts itself about ${one.name ?? name(one.of)}`
  })
}
const when = (condition: Condition, more: NightJob = {}): NightJob => ({ ...more, waits: { condition, ...more.waits } })
const n = (job: string): Condition => ({ kind: 'job', job, is: 'not-running', within: 'ever' })
const f = (job: string): Condition => ({ kind: 'job', job, is: 'failed', within: 'ever' })
const e = (job: string, compare: '=' | '!=' | '<' | '>', code: number): Condition => ({
  kind: 'exit',
  job,
  compare,
  code,
  within: 'ever',
})
const v = (value: string, compare: '=' | '!=' | '<' | '>=' = '='): Condition => ({
  kind: 'global',
  name: 'V',
  compare,
  value,
})

describe('findings', () => {
  const A: NightJob = { gates: [0] }
  it.each<[string, Record<string, NightJob>, string[]]>([
    ['nothing', { A, B: when(s('A')) }, []],
    ['a circle', { A: when(s('C')), B: when(s('A')), C: when(s('B')) }, ['circle A B C']],
    ['a circle of one', { A: when(s('A')) }, ['circle A']],
    ['two that must not run together', { A: when(n('B')), B: when(n('A')) }, ['mutex A B']],
    [
      'a circle beside one that does no harm',
      { A: when(n('B')), B: when(n('A')), C: when(s('D')), D: when(s('C')) },
      ['circle C D', 'mutex A B'],
    ],
    [
      'a member that waits for its own box',
      { BOX: { gates: [0], waits: { isBox: true } }, M: when(s('BOX'), { waits: { box: 'BOX' } }) },
      ['circle BOX M'],
    ],
    [
      'boxes that lie in each other',
      {
        A: { waits: { isBox: true, box: 'C' } },
        B: { waits: { isBox: true, box: 'A' } },
        C: { waits: { isBox: true, box: 'B' } },
        D: { waits: { isBox: true, box: 'D' } },
      },
      ['circle A B C', 'circle D'],
    ],
    ['a job that nobody knows', { A: when(all(s('GONE'), s('A2', 'same-date'))), A2: A }, ['A names GONE']],
    ['a box that nobody knows', { A: { gates: [0], waits: { box: 'GONE' } } }, ['A names GONE']],
    ['a success that is also a failure', { A, B: when(all(s('A'), f('A'))) }, ['B contradicts itself about A']],
    ['a success or a failure', { A, B: when(any(s('A'), f('A'))) }, []],
    [
      'one in an OR',
      { A, B: when(any(s('A'), all(e('A', '=', 1), e('A', '>', 1)))) },
      ['B contradicts itself about A'],
    ],
    ['bounds that meet', { A, B: when(all(e('A', '>', 1), e('A', '<', 3))) }, []],
    ['bounds that do not', { A, B: when(all(e('A', '>', 1), e('A', '<', 2))) }, ['B contradicts itself about A']],
    [
      'a variable that is two things',
      { B: when(all(v('Y'), v('N')), { gates: [0] }) },
      ['B contradicts itself about V'],
    ],
    [
      'a variable that is not what it is',
      { B: when(all(v('Y'), v('Y', '!=')), { gates: [0] }) },
      ['B contradicts itself about V'],
    ],
    [
      'a variable between numbers',
      { B: when(all(v('9', '<'), v('10', '>=')), { gates: [0] }) },
      ['B contradicts itself about V'],
    ],
    ['an old success, at a time of its own', { A, B: when(s('A'), { gates: [10] }) }, ['B may start on an old A']],
    [
      'an old success, among several',
      { A, B: when(all(s('A'), s('C'))), C: A },
      ['B may start on an old A', 'B may start on an old C'],
    ],
    ['with a look-back', { A, B: when(s('A', { seconds: 3600 }), { gates: [10] }) }, []],
    [
      'in one box',
      {
        BOX: { gates: [0], waits: { isBox: true } },
        A: { waits: { box: 'BOX' } },
        B: when(s('A'), { waits: { box: 'BOX' } }),
      },
      [],
    ],
  ])('%s', (_, jobs, findings) => expect(found(jobs)).toEqual(findings))
})

it('nothing that can be written down makes it fail', () => {
  const names = ['A', 'B', 'C', 'BOX', 'INNER', 'GONE']
  const name = fc.constantFrom(...names)
  const within = fc.constantFrom('ever', 'own-last-run', 'same-date', 'previous-date', { seconds: 60 })
  const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { depthSize: 'small' },
      fc.record({
        kind: fc.constant('job'),
        job: name,
        is: fc.constantFrom('succeeded', 'failed', 'done', 'terminated', 'not-running'),
        within,
      }),
      fc.record({
        kind: fc.constant('exit'),
        job: name,
        compare: fc.constantFrom('=', '<', '>='),
        code: fc.nat(2),
        within,
      }),
      fc.record({
        kind: fc.constantFrom('all', 'any'),
        of: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
      }),
    ) as fc.Arbitrary<Condition>,
  }))
  const run = fc.option(
    fc
      .tuple(
        fc.integer({ min: -90, max: -40 }),
        fc.option(fc.integer({ min: -40, max: 0 })),
        fc.constantFrom('succeeded', 'failed', 'terminated'),
      )
      .map(([from, to, outcome]): NonNullable<NightJob['ran']> => (to === null ? [from, null] : [from, to, outcome])),
  )
  const job = fc
    .record({
      gates: fc.option(fc.array(fc.integer({ min: -60, max: 60 }), { maxLength: 2 })),
      condition: fc.option(condition),
      box: fc.option(fc.constantFrom('BOX', 'INNER', 'GONE')),
      hold: fc.constantFrom('none', 'held', 'iced', 'bypassed'),
      retries: fc.nat(1),
      ran: run,
    })
    .map(
      ({ gates, ran, ...waits }): NightJob => ({
        gates: gates?.toSorted((a, b) => a - b) ?? null,
        ...(ran && { ran }),
        waits,
      }),
    )
  const jobs = fc.record({ A: job, B: job, C: job, BOX: job, INNER: job })
  fc.assert(
    fc.property(jobs, (made) => {
      for (const box of ['BOX', 'INNER'] as const) made[box].waits = { ...made[box].waits, isBox: true }
      const { graph, state, models } = nightOf(0, made, { db: 1 })
      expect(Array.isArray(findingsOf(graph))).toBe(true)
      const { times, phases } = predictNight(graph, state, models)
      graph.nodes.forEach((_, i) => {
        if (phases[i]?.kind === 'done' || phases[i]?.kind === 'failed') return
        expect(times.end[i]).toBeGreaterThanOrEqual(state.now)
      })
    }),
    { numRuns: 400 },
  )
})
