import { describe, expect, it } from 'vitest'
import { all, any, at, minutes, type NightJob, nightOf, s } from '../../../../test/harness/chains.ts'
import { blockedBy } from './blocked.ts'
import { predictNight } from './forward.ts'
import { criticalPaths, floatsOf } from './paths.ts'

/** Ends of jobs in minutes after midnight; what never ends by why, and because of whom. */
const predict = (now: number, jobs: Record<string, NightJob>, units?: Record<string, number>) => {
  const { graph, state, models, place } = nightOf(now, jobs, units)
  const predicted = predictNight(graph, state, models)
  const end = (name: string): number | string => {
    const blocked = blockedBy(predicted.circuit, predicted.times, place(name))
    if (blocked) return `${blocked.why} ${graph.nodes[blocked.by]?.name}`
    return minutes(predicted.times.end[place(name)] as number)
  }
  const paths = (name: string) =>
    criticalPaths(predicted.circuit, predicted.times, place(name)).map((path) => ({
      jobs: path.slots.map((slot) => graph.nodes[slot % graph.nodes.length]?.name).join(' → '),
      float: path.float / 60_000,
    }))
  const float = (of: string, target: string) =>
    (floatsOf(predicted.circuit, predicted.times, place(target))[place(of)] as number) / 60_000
  return { ...predicted, end, paths, float }
}

describe('the worked example, at ten past three', () => {
  const jobs = {
    PRICES: { gates: [170], takes: [25, 30, 35, 60], ran: [170, null] },
    TRADES: { gates: [120], takes: [45], ran: [120, 170] },
    CALC: { gates: [180], takes: [35, 40, 45], waits: { condition: all(s('PRICES'), s('TRADES')) } },
    REPORT: { takes: [50, 55, 60], waits: { condition: s('CALC') } },
  } satisfies Record<string, NightJob>
  const night = predict(190, jobs)

  it.each([
    ['PRICES', 3 * 60 + 27.5],
    ['TRADES', 2 * 60 + 50],
    ['CALC', 4 * 60 + 7.5],
    ['REPORT', 5 * 60 + 2.5],
  ])('%s ends', (name, end) => expect(night.end(name)).toBe(end))

  it('has 27.5 minutes left, a critical path, and 37.5 minutes for TRADES', () => {
    expect(330 - (night.end('REPORT') as number)).toBe(27.5)
    expect(night.paths('REPORT')).toEqual([
      { jobs: 'PRICES → CALC → REPORT', float: 0 },
      { jobs: 'TRADES → CALC → REPORT', float: 37.5 },
    ])
    expect([night.float('TRADES', 'REPORT'), night.float('PRICES', 'REPORT')]).toEqual([37.5, 0])
    expect(night.outside.size).toBe(0)
  })

  it('at four, PRICES has taken longer than ever: a tenth more, and that is said', () => {
    const later = predict(240, jobs)
    expect(later.end('PRICES')).toBeCloseTo(170 + 77)
    expect([...later.outside]).toEqual([0])
  })
})

it.each([
  ['has not come: at the time by which it is expected', undefined, 380],
  ['came hours before: it is done, and not expected again', [110, 120] as [number, number], 220],
])('a file that %s', (_, ran, end) => {
  const night = predict(200, {
    FEED: { gates: [360], ahead: 720, takes: [0], ...(ran && { ran }) },
    LOAD: { takes: [20], waits: { condition: s('FEED') } },
  })
  expect(night.end('LOAD')).toBe(end)
})

it('the sooner of two leaves no room for itself, and any to the other', () => {
  const night = predict(0, {
    A: { gates: [0] },
    B: { gates: [0], takes: [30] },
    X: { waits: { condition: any(s('A'), s('B')) } },
    Y: { waits: { condition: all(any(s('A'), s('B')), s('X')) } },
  })
  expect([night.float('A', 'X'), night.float('B', 'X')]).toEqual([0, Number.POSITIVE_INFINITY])
  expect(night.paths('Y')[0]).toEqual({ jobs: 'A → X → Y', float: 0 })
  expect(night.paths('Y')[1]).toEqual({ jobs: 'A → Y', float: 10 })
})

describe('what a job waits for', () => {
  const A = (more: NightJob = {}): NightJob => ({ gates: [60], takes: [30], ...more })
  const B = (more: NightJob = {}): NightJob => ({ gates: [120], takes: [30], ...more })
  it.each<[string, Record<string, NightJob>, number | string]>([
    ['the later of two', { A: A(), B: B(), X: { waits: { condition: all(s('A'), s('B')) } } }, 160],
    ['the sooner of two', { A: A(), B: B(), X: { waits: { condition: any(s('A'), s('B')) } } }, 100],
    ['its time', { A: A(), X: { gates: [300], waits: { condition: s('A') } } }, 310],
    ['nothing, and its time has gone by', { X: { gates: [-60] } }, 10],
    ['one that is held', { A: A({ waits: { hold: 'held' } }), X: { waits: { condition: s('A') } } }, 'held A'],
    ['one that is iced', { A: A({ waits: { hold: 'iced' } }), X: { gates: [5], waits: { condition: s('A') } } }, 15],
    ['one that is bypassed', { A: A({ waits: { hold: 'bypassed' } }), X: { waits: { condition: s('A') } } }, 70],
    [
      'one that has failed',
      { A: A({ gates: [-9], ran: [-9, -5, 'failed'] }), X: { waits: { condition: s('A') } } },
      'failed A',
    ],
    [
      'one that has failed and is tried again',
      { A: A({ ran: [-9, -5, 'failed'], waits: { retries: 1 } }), X: { waits: { condition: s('A') } } },
      40,
    ],
    ['one that nobody knows', { X: { gates: [0], waits: { condition: s('GONE') } } }, 'unknown-job X'],
    [
      'one that does not run today',
      { A: A({ gates: [] }), X: { gates: [0], waits: { condition: s('A', 'same-date') } } },
      'not-today A',
    ],
    [
      'a failure that nobody expects',
      { A: A(), X: { waits: { condition: { kind: 'job', job: 'A', is: 'failed', within: 'ever' } } } },
      'unexpected A',
    ],
    [
      'a failure that has come',
      {
        A: A({ ran: [-9, -5, 'failed'] }),
        X: { waits: { condition: { kind: 'job', job: 'A', is: 'failed', within: 'ever' } } },
      },
      10,
    ],
    [
      'a success, or the repair of a failure',
      {
        A: A(),
        FIX: { waits: { condition: { kind: 'job', job: 'A', is: 'failed', within: 'ever' } } },
        X: { waits: { condition: any(s('A'), s('FIX')) } },
      },
      100,
    ],
    [
      'that another does not run',
      {
        A: A({ ran: [-10, null] }),
        X: { gates: [0], waits: { condition: { kind: 'job', job: 'A', is: 'not-running', within: 'ever' } } },
      },
      30,
    ],
    [
      'an exit status that a good run has',
      { A: A(), X: { waits: { condition: { kind: 'exit', job: 'A', compare: '<=', code: 4, within: 'ever' } } } },
      100,
    ],
    [
      'a variable that nobody knows',
      { X: { gates: [0], waits: { condition: { kind: 'global', name: 'V', compare: '=', value: 'N' } } } },
      10,
    ],
    ['its window, from midnight on', { X: { gates: [-60], waits: { window: { from: '02:00', to: '01:00' } } } }, 10],
    ['its window, later', { X: { gates: [0], waits: { window: { from: '22:00', to: '00:00' } } } }, 22 * 60 + 10],
    ['itself', { X: { gates: [0], waits: { condition: s('X') } } }, 'circle X'],
  ])('%s', (_, jobs, end) => expect(predict(0, jobs).end('X')).toBe(end))

  it('says which variable it took to be as wanted', () => {
    const condition = { kind: 'global', name: 'MKT', compare: '=', value: 'N' } as const
    expect(predict(0, { X: { gates: [0], waits: { condition } } }).assumptions).toEqual([
      { node: 0, kind: 'global', name: 'MKT' },
    ])
  })
})

describe('a success of the night before', () => {
  const A = (more: NightJob = {}): NightJob => ({ gates: [60], takes: [30], ranBefore: [-1400, -1380], ...more })
  it.each<[string, Record<string, NightJob>, number | string]>([
    ['counts for one that starts before', { A: A(), X: { gates: [30], waits: { condition: s('A') } } }, 40],
    [
      'counts no more once the next run is under way',
      { A: A(), X: { gates: [70], waits: { condition: s('A') } } },
      100,
    ],
    ['starts nothing by itself', { A: A(), X: { waits: { condition: s('A') } } }, 100],
    [
      'counts for the second of two: the risk of a latch',
      { A: A(), B: A({ gates: [200] }), X: { waits: { condition: all(s('A'), s('B')) } } },
      100,
    ],
    [
      'counts no more for the second of two that is under way by then',
      { A: A(), B: A({ gates: [80], takes: [100] }), X: { waits: { condition: all(s('A'), s('B')) } } },
      190,
    ],
    ['is too old', { A: A(), X: { gates: [30], waits: { condition: s('A', { seconds: 3600 }) } } }, 100],
    ['is young enough', { A: A(), X: { gates: [30], waits: { condition: s('A', { seconds: 86_400 }) } } }, 40],
    ['is not of this date', { A: A(), X: { gates: [30], waits: { condition: s('A', 'same-date') } } }, 100],
    [
      'of the date before closes no circle: the end of last night lets in what begins tonight',
      {
        NIGHT: { gates: [10], ranBefore: [-1400, -1380], waits: { isBox: true } },
        X: { takes: [20], waits: { box: 'NIGHT', condition: s('NIGHT', 'previous-date') } },
      },
      30,
    ],
    ['is of the date before', { A: A(), X: { gates: [30], waits: { condition: s('A', 'previous-date') } } }, 40],
    [
      'is older than the last run of who waits',
      { A: A(), X: { gates: [30], ranBefore: [-1000, -990], waits: { condition: s('A', 'own-last-run') } } },
      100,
    ],
    [
      'is younger than the last run of who waits',
      { A: A(), X: { gates: [30], ranBefore: [-1430, -1420], waits: { condition: s('A', 'own-last-run') } } },
      40,
    ],
    [
      'counts no more for a sister in the same box',
      {
        BOX: { gates: [10], waits: { isBox: true } },
        A: A({ waits: { box: 'BOX' } }),
        X: { waits: { box: 'BOX', condition: s('A') } },
      },
      100,
    ],
    [
      'does not start what does not run today',
      { A: A({ gates: [] }), X: { waits: { condition: s('A') } } },
      'not-today A',
    ],
    [
      'of each other, each day’s first before the other’s second',
      {
        A: A({ waits: { condition: s('X') } }),
        X: { gates: [70], ranBefore: [-1300, -1290], waits: { condition: s('A') } },
      },
      100,
    ],
  ])('%s', (_, jobs, end) => expect(predict(0, jobs).end('X')).toBe(end))
})

describe('boxes', () => {
  const box = { gates: [60], waits: { isBox: true } } satisfies NightJob
  const inBox = (more: Partial<NonNullable<NightJob['waits']>> = {}) => ({ waits: { box: 'BOX', ...more } })
  it('end with their last member; members wait for the box', () => {
    const night = predict(0, { BOX: box, A: inBox(), B: { ...inBox({ condition: s('A') }), takes: [20] } })
    expect([night.end('A'), night.end('B'), night.end('BOX')]).toEqual([70, 90, 90])
    expect(night.paths('BOX')[0]?.jobs).toBe('BOX → A → B → BOX')
  })
  it('have begun with their first member, and are blocked by one that failed', () => {
    const jobs = { BOX: box, A: { ...inBox(), ran: [50, 55] }, B: inBox() } satisfies Record<string, NightJob>
    expect(predict(56, jobs).end('BOX')).toBe(66)
    expect(predict(56, { ...jobs, A: { ...inBox(), ran: [50, 55, 'failed'] } }).end('BOX')).toBe('failed A')
    expect(predict(80, { ...jobs, B: { ...inBox(), ran: [56, 70] } }).end('BOX')).toBe(70)
  })
  it('lie in boxes, and leave out members that wait for a failure', () => {
    const night = predict(0, {
      BOX: box,
      INNER: { waits: { isBox: true, box: 'BOX', condition: s('A') } },
      A: inBox(),
      B: { waits: { box: 'INNER' } },
      FIX: { waits: { box: 'INNER', condition: { kind: 'job', job: 'B', is: 'failed', within: 'ever' } } },
    })
    expect([night.end('INNER'), night.end('BOX'), night.end('FIX')]).toEqual([80, 80, 'unexpected B'])
  })
  it('take their members with them when iced or held', () => {
    const jobs = { BOX: box, A: inBox(), X: { gates: [5], waits: { condition: s('A', 'same-date') } } }
    expect(predict(0, { ...jobs, BOX: { ...box, state: { hold: 'iced' } } }).end('X')).toBe(15)
    expect(predict(0, { ...jobs, BOX: { ...box, state: { hold: 'held' } } }).end('X')).toBe('held BOX')
  })
})

describe('resources', () => {
  const job = (gate: number, units = 1): NightJob => ({
    gates: [gate],
    takes: [30],
    waits: { resources: [{ name: 'db', units }] },
  })
  it('are waited for in the order in which jobs are ready, and one more unit helps', () => {
    const jobs = { A: job(60), B: job(61), C: job(62) }
    const ends = (units: number) => {
      const night = predict(0, jobs, { db: units })
      return ['A', 'B', 'C'].map(night.end)
    }
    expect(ends(1)).toEqual([90, 120, 150])
    expect(ends(2)).toEqual([90, 91, 120])
    expect(predict(0, jobs).end('C')).toBe(92)
  })
  it('that there are too few of for ever', () => {
    expect(predict(0, { X: job(0, 3) }, { db: 2 }).end('X')).toBe('resource X')
  })
  it('are held by what runs', () => {
    expect(predict(10, { A: { ...job(0), ran: [0, null] }, X: job(0) }, { db: 1 }).end('X')).toBe(60)
  })
})

describe('what somebody decided', () => {
  it.each<[string, NightJob, number]>([
    ['not before', { gates: [0], state: { notBefore: at(90) } }, 100],
    ['started by hand, though held', { gates: [0], waits: { hold: 'held' }, state: { startAt: at(45) } }, 55],
    ['started again after a failure', { gates: [-9], ran: [-9, -5, 'failed'], state: { startAt: at(5) } }, 15],
  ])('%s', (_, job, end) => expect(predict(0, { X: job }).end('X')).toBe(end))
})

describe('a circle of thousands', () => {
  it('is walked through once, and not once for each of its jobs', () => {
    const names = Array.from({ length: 2_000 }, (_, i) => `J${i}`)
    const jobs = names.map((name, i) => [name, { waits: { condition: s(names[(i + 1) % names.length] as string) } }])
    const { graph, state, models, place } = nightOf(0, Object.fromEntries(jobs))
    const { circuit, times } = predictNight(graph, state, models)
    const known = new Map()
    const first = blockedBy(circuit, times, place('J0'), known)
    expect(first).toMatchObject({ why: 'circle' })
    for (const name of names) expect(blockedBy(circuit, times, place(name), known)).toBe(first)
  })
})
