import { describe, expect, it } from 'vitest'
import type { ImportFile, Reading } from '../define-importer.ts'
import { jil } from '../kinds/jil.ts'

/** What is seen of all jobs together: each rule finds what it should, with its line, and nothing where all is well. */

const now = Temporal.Instant.from('2026-11-23T07:00:00Z')
const readFiles = (...files: ImportFile[]): Reading => jil.read(files, { zone: 'Europe/London', host: null, now })
const read = (text: string): Reading => readFiles({ name: 'a.jil', text })
const found = ({ findings }: Reading) => findings.map((f) => [f.line, f.rule])
const said = ({ findings }: Reading) => findings.map((f) => f.message)
const daily = (name: string, more = '') => `insert_job: ${name}\ndate_conditions: 1\nstart_times: "22:00"\n${more}`
const job = (name: string, more = '') => `insert_job: ${name}\n${more}`
const boxed = (name: string, more = '') => `insert_job: ${name}   job_type: BOX\n${more}`

describe('a condition', () => {
  it('on what is not among the files is told, unless it is another instance', () => {
    const reading = read(job('A', 'condition: s(B) & f(C^DR) & n(D) & v(G) = 1\n'))
    expect(found(reading)).toEqual([[2, 'unknown-job']])
    expect(said(reading)).toEqual([expect.stringMatching(/^A: its condition names B, D, not among the files/)])
  })

  it('that cannot be read is told, and kept as text', () => {
    const reading = read(job('A', 'condition: s(A & s(B)\n'))
    expect(found(reading)).toEqual([[2, 'condition']])
    expect(reading.jobs[0]?.waits).toMatchObject({ condition: null, conditionText: 's(A & s(B)' })
  })

  it('with & and | side by side is told', () => {
    expect(found(read(job('A') + job('B') + job('C', 'condition: s(A) & s(B) | f(A)\n')))).toEqual([
      [4, 'mixed-operators'],
    ])
  })

  it('on a job on ice is told', () => {
    expect(found(read(job('A', 'status: ON_ICE\n') + job('B', 'condition: s(A)\n')))).toEqual([
      [2, 'on-hold'],
      [4, 'iced'],
    ])
  })

  it('without look-back of a job that runs each day is told, but for its own box and for what only excludes', () => {
    const a = job('A')
    expect(found(read(a + daily('B', 'condition: s(A)\n')))).toEqual([[5, 'same-day-latch']])
    expect(
      found(
        read(a + boxed('X', 'date_conditions: 1\nstart_times: "22:00"\n') + job('B', 'box_name: X\ncondition: d(A)\n')),
      ),
    ).toEqual([[7, 'same-day-latch']])
    for (const condition of ['s(A,12.00)', 's(A,0)', 'n(A)', 's(A^DR)'])
      expect(found(read(a + daily('B', `condition: ${condition}\n`)))).toEqual([])
    // Without a time of its own it starts whenever the other ends.
    expect(found(read(a + job('B', 'condition: s(A)\n')))).toEqual([])
    const box = boxed('X', 'date_conditions: 1\nstart_times: "22:00"\n')
    expect(found(read(box + job('A', 'box_name: X\n') + job('B', 'box_name: X\ncondition: s(A)\n')))).toEqual([])
  })
})

describe('jobs that wait for one another', () => {
  it.each([
    [
      'two',
      job('A', 'condition: s(B)\n') + job('B', 'condition: f(A)\n'),
      [[2, 'condition-cycle']],
      'A, B wait for one another',
    ],
    ['one for itself', job('A', 'condition: s(A)\n'), [[2, 'condition-cycle']], 'A waits for itself'],
    [
      'a member for its box',
      boxed('X') + job('A', 'box_name: X\ncondition: s(X)\n'),
      [
        [4, 'waits-for-own-box'],
        [4, 'condition-cycle'],
      ],
      'X, A wait for one another',
    ],
    [
      'a box for what comes after its member',
      boxed('X', 'condition: s(B)\n') + job('A', 'box_name: X\n') + job('B', 'condition: s(A)\n'),
      [[2, 'condition-cycle']],
      'X, A, B wait for one another',
    ],
  ])('%s', (_what, text, lines, words) => {
    const reading = read(text)
    expect(found(reading)).toEqual(lines)
    expect(said(reading).at(-1)).toContain(words)
  })

  it('are none where one only keeps the other from running at the same time', () => {
    expect(found(read(job('A', 'condition: n(B)\n') + job('B', 'condition: n(A)\n')))).toEqual([])
  })

  it('are found in a chain of thousands', () => {
    const chain = Array.from({ length: 20_000 }, (_, at) =>
      job(`J${at}`, `condition: s(J${(at + 1) % 20_000})\n`),
    ).join('')
    expect(said(read(chain))).toEqual([expect.stringMatching(/^J0, J1, .* and 19992 more wait for one another/)])
    expect(found(read(chain.replace('condition: s(J0)', 'condition: n(J0)')))).toEqual([])
  })
})

describe('boxes', () => {
  it('in one another are told, and stand in none', () => {
    const text =
      boxed('X', 'box_name: Y\n') +
      boxed('Y', 'box_name: Z\n') +
      boxed('Z', 'box_name: X\n') +
      job('A', 'box_name: X\n') +
      boxed('S', 'box_name: S\n')
    const reading = read(text)
    expect(found(reading)).toEqual([
      [2, 'box-cycle'],
      [10, 'box-cycle'],
    ])
    expect(reading.jobs.map((j) => [j.name, j.waits?.box])).toEqual([
      ['X', null],
      ['Y', null],
      ['Z', null],
      ['A', 'X'],
      ['S', null],
    ])
  })

  it('that are not among the files, or are no boxes, are told', () => {
    expect(found(read(job('A', 'box_name: X\n') + job('B', 'box_name: A\n')))).toEqual([
      [2, 'no-box'],
      [4, 'no-box'],
    ])
  })

  it('whose end depends on what is outside are told', () => {
    const text = (condition: string) =>
      boxed('X', `box_success: ${condition}\n`) + boxed('Y', 'box_name: X\n') + job('IN', 'box_name: Y\n') + job('OUT')
    const rules = (condition: string) => found(read(text(condition))).map(([, rule]) => rule)
    expect(rules('s(IN)')).toEqual(['box-verdict'])
    expect(rules('s(IN) & s(OUT)')).toEqual(['box-verdict', 'box-outside'])
    expect(rules('s(IN^DR)')).toEqual(['box-verdict', 'box-outside'])
    expect(rules('s(IN')).toEqual(['box-verdict', 'condition'])
  })
})

describe('a deadline', () => {
  const until = (time: string, more = '') => read(daily('A', `must_complete_times: "${time}"\n${more}`))
  it('before the start, or sooner than it usually takes, is told', () => {
    expect(found(until('05:30'))).toEqual([[4, 'deadline-before-end']])
    expect(found(until('22:20', 'avg_runtime: 30\n'))).toEqual([[4, 'deadline-before-end']])
    expect(found(until('22:40', 'avg_runtime: 30\n'))).toEqual([])
    expect(found(until('29:30'))).toEqual([])
  })

  it('goes by past runs where there are some', () => {
    const report = `Job Name   Last Start   Last End   ST/Ex Run/Ntry Pri/Xit\n_____\nA 11/20/2026 22:00:00 11/20/2026 23:00:00 SU 1/1 0\n`
    const reading = readFiles(
      { name: 'a.jil', text: daily('A', 'must_complete_times: "22:40"\navg_runtime: 30\n') },
      { name: 'r.txt', text: report },
    )
    expect(said(reading)).toEqual([
      expect.stringContaining('must be complete 40 min after its start, and usually takes 60 min'),
    ])
  })
})

it('reads a report that stands below the definitions, with its lines', () => {
  const report = `Job Name   Last Start   Last End   ST/Ex Run/Ntry Pri/Xit\n_____\nA 11/20/2026 22:00:00 ----- OH 1/1 0\nodd\n`
  const reading = read(`${job('A')}\n${report}`)
  expect(reading.jobs.map((j) => j.waits?.hold)).toEqual(['held'])
  expect(found(reading)).toEqual([
    [1, 'on-hold'],
    [6, 'report-line'],
  ])
})

it('tells all in the order of the lines', () => {
  const text = job('A', 'condition: s(NOBODY)\n') + daily('B', 'timezone: Mars\n') + job('C', 'box_name: NOWHERE\n')
  expect(found(read(text)).map(([line]) => line)).toEqual([2, 6, 8])
})
