import { describe, expect, it } from 'vitest'
import { autorep } from '../../../../test/harness/autosys.ts'
import { readReport, reportAt } from './autorep.ts'
import { readHistory } from './history.ts'

/** What autorep prints. The wall clock of its server is on the 30th of November 2026, at noon. */

const now = Date.UTC(2026, 10, 30, 12)
const read = (text: string) => readReport({ name: 'r.txt', text }, now)
const at = (ms: number | null | undefined) =>
  ms == null ? null : Temporal.Instant.fromEpochMilliseconds(ms).toString()

describe('a report', () => {
  it('has rows with boxes, states, runs and exit codes, and no times where there are lines', () => {
    const { rows, unread } = read(
      autorep([
        { job: 'EOD_BOX', start: '11/29/2026 22:00:00', status: 'RU' },
        {
          job: 'EOD.PRICES#1',
          depth: 1,
          start: '11/29/2026 22:00:01',
          end: '11/29/2026 22:31:04',
          status: 'FA',
          exit: 137,
        },
        { job: 'EOD_TRADES', depth: 2, status: 'OI' },
      ]),
    )
    expect(unread).toEqual([])
    expect(rows.map((r) => [r.line, r.job, r.depth, r.status, at(r.start), at(r.end), r.run, r.tries, r.exit])).toEqual(
      [
        [3, 'EOD_BOX', 0, 'RU', '2026-11-29T22:00:00Z', null, 8812, 1, 0],
        [4, 'EOD.PRICES#1', 1, 'FA', '2026-11-29T22:00:01Z', '2026-11-29T22:31:04Z', 8813, 1, 137],
        [5, 'EOD_TRADES', 2, 'OI', null, null, 8814, 1, 0],
      ],
    )
  })

  it('may have the exit code beside the state, a zone, years of two digits, tabs, and details below, which are left out', () => {
    const text = `Job Name\tLast Start\tLast End\tST/Ex Run/Ntry Pri/Xit\n___ ___\nA 11/29/26 22:00:00 11/29/26 22:10:00 FA/3 12/2 10/3 (London)\n\n  Status/[Event]  Time  Ntry ES\n  --------------  ----\n  RUNNING  11/29/2026 22:00:00  1  PD\n`
    expect(reportAt(text)).toBe(0)
    expect(read(text)).toMatchObject({
      rows: [{ job: 'A', status: 'FA', exit: 3, run: 12, tries: 2, zone: 'London' }],
      unread: [],
    })
  })

  it('says which lines it cannot read', () => {
    expect(read(`${autorep([{ job: 'A', status: 'SU' }])}\nCAUAJM_E_18604 Fatal error\n`).unread).toEqual([
      { file: 'r.txt', line: 4 },
    ])
  })
})

describe('its dates', () => {
  const order = (...starts: string[]) => {
    const { order: found, isOrderCertain } = read(
      autorep(starts.map((start) => ({ job: 'A', start: `${start} 22:00:00`, status: 'RU' }))),
    )
    return [found, isOrderCertain]
  }
  it.each([
    ['a day that can be no month', ['11/29/2026', '01/02/2026'], ['month-first', true]],
    ['the same the other way round', ['29/11/2026', '01/02/2026'], ['day-first', true]],
    ['what would lie ahead', ['02/12/2026', '11/10/2026'], ['month-first', true]],
    ['what would lie ahead otherwise', ['12/02/2026', '10/11/2026'], ['day-first', true]],
    ['nothing', ['10/11/2026', '05/06/2026'], ['month-first', false]],
    ['both', ['29/11/2026', '11/29/2026', '11/28/2026'], ['month-first', false]],
  ])('are told apart by %s', (_what, starts, expected) => {
    expect(order(...starts)).toEqual(expected)
  })
})

describe('history', () => {
  const run = (job: string, seconds: number, status = 'SU') => ({
    job,
    start: '11/29/2026 22:00:00',
    end: `11/29/2026 22:${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`,
    status,
  })
  const history = (...reports: Parameters<typeof autorep>[0][]) =>
    readHistory(
      reports.map((rows, n) => ({ name: `${n}.txt`, text: autorep(rows) })),
      now,
      'UTC',
    )

  it('takes the middle of what succeeded, whatever the odd one took', () => {
    const { typicalSeconds } = history(
      [run('A', 100), run('A', 120)],
      [run('A', 3_000), run('B', 0), run('C', 60, 'FA'), run('C', 60, 'TE')],
    )
    expect([...typicalSeconds]).toEqual([
      ['A', 120],
      ['B', 1],
    ])
  })

  it.each([
    ['OH', 'held'],
    ['OI', 'iced'],
    ['OQ', 'bypassed'],
    ['SU', 'none'],
    ['AC', 'none'],
  ])('%s is %s, in whichever order the reports come', (status, hold) => {
    expect(history([{ job: 'A', status }], [run('A', 60)]).holds.get('A')).toBe(hold)
    expect(history([run('A', 60)], [{ job: 'A', status }]).holds.get('A')).toBe(hold)
    expect(history().holds.get('A')).toBeUndefined()
  })

  it('says how many lines it leaves out, and when it guesses the order of dates where it matters', () => {
    const broken = readHistory([{ name: 'r.txt', text: `${autorep([])}x\ny\n` }], now, 'UTC')
    expect(broken.findings).toMatchObject([
      { line: 3, rule: 'report-line', message: expect.stringContaining('2 lines') },
    ])
    const over = autorep([{ job: 'A', start: '05/06/2026 22:00:00', end: '05/07/2026 23:00:00', status: 'SU' }])
    expect(readHistory([{ name: 'r.txt', text: over }], now, 'UTC').findings).toMatchObject([{ rule: 'date-order' }])
  })
})
