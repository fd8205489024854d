import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Matcher, Recurrence } from '../../../contract/alerts/silence.ts'
import { createFloodGauge } from './flip-due.ts'
import { type HealthSpan, healthOf, stripOf } from './health-rules.ts'
import { type Holdable, silenceCovers, windowCovers } from './holds.ts'
import { createLimiter } from './intake-limit.ts'
import { isLike, type Matchable, matchersInWords, matches } from './matchers.ts'
import { type RouteFacts, routeOf, whyNoIncident } from './route-rules.ts'
import { masking } from './samples.ts'
import { plausible, readWhen } from './when.ts'
import { lasting, lastsNow } from './window-times.ts'

const at = (text: string) => Temporal.Instant.from(text)

describe('the time of a sender', () => {
  const received = at('2026-11-23T07:00:00Z')
  it.each([
    ['now', '2026-11-23T07:00:00Z', true],
    ['fourteen minutes before', '2026-11-23T06:46:00Z', true],
    ['an hour before', '2026-11-23T06:00:00Z', false],
    ['half a minute after', '2026-11-23T07:00:30Z', true],
    ['an hour after', '2026-11-23T08:00:00Z', false],
  ])('%s', (_what, sent, counts) => {
    expect(plausible(at(sent), received)?.toString() ?? null).toBe(counts ? sent : null)
  })
  it.each([[Number.NaN], [-5], [1e30], ['1e30'], [''], [{}], [true], ['2026-02-31T00:00:00Z']])(
    'is not read from %s',
    (given) => {
      expect(readWhen(given)).toBeNull()
    },
  )
})

const facts: Matchable = {
  source: ['id-1', 'nagios', 'Nagios London'],
  service: ['order-entry', 'Equities order entry'],
  host: ['ldn-app-01'],
  environment: ['prod'],
  team: [],
  severity: ['high'],
  title: ['Disk /var is 95% full'],
  key: ['disk/var'],
  labels: { job: 'EOD_FX' },
}

describe('matchers', () => {
  it.each<[string, Matcher['op'], string, boolean]>([
    ['service', 'is', 'ORDER-ENTRY', true],
    ['service', 'is', 'equities order entry', true],
    ['service', 'is', 'order', false],
    ['service', 'is_not', 'wiki', true],
    ['team', 'is', 'l2', false],
    ['team', 'is_not', 'l2', true],
    ['title', 'contains', 'is 95%', true],
    ['host', 'like', 'ldn-*-01', true],
    ['host', 'like', 'par-*', false],
    ['label:job', 'like', 'EOD_*', true],
    ['label:nothing', 'is_not', 'x', true],
    ['label:toString', 'contains', 'native', false],
  ])('%s %s %s: %s', (field, op, value, wanted) => {
    expect(matches([{ field, op, value }], facts)).toBe(wanted)
  })

  it('must all hold', () => {
    expect(
      matches(
        [
          { field: 'host', op: 'is', value: 'ldn-app-01' },
          { field: 'severity', op: 'is', value: 'low' },
        ],
        facts,
      ),
    ).toBe(false)
  })

  it('like is what a regular expression with .* says, and takes no time for any pattern', () => {
    const short = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 })
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 })
    fc.assert(
      fc.property(short, pattern, (t, p) => {
        expect(isLike(t, p)).toBe(new RegExp(`^${p.replaceAll('*', '.*')}$`).test(t))
      }),
    )
    const started = performance.now()
    isLike('a'.repeat(100_000), `${'a*'.repeat(50)}b`)
    expect(performance.now() - started).toBeLessThan(200)
  })

  it('are told in words', () => {
    expect(
      matchersInWords([
        { field: 'host', op: 'is_not', value: 'a' },
        { field: 'label:job', op: 'like', value: 'x*' },
      ]),
    ).toBe('host is not a and label:job is like x*')
  })
})

describe('what is covered', () => {
  const alert: Holdable = { ...facts, serviceId: 's1', teamId: 't1' }
  const window = {
    service_ids: [] as string[],
    hosts: [] as string[],
    environments: [] as string[],
    team_id: null as string | null,
  }
  it.each<[string, Partial<typeof window>, boolean]>([
    ['its service', { service_ids: ['s1'] }, true],
    ['another service', { service_ids: ['s2'] }, false],
    ['its host, however it is spelt', { hosts: ['LDN-APP-01'] }, true],
    ['service or host', { service_ids: ['s2'], hosts: ['ldn-app-01'] }, true],
    ['its service elsewhere', { service_ids: ['s1'], environments: ['uat'] }, false],
    ['its environment', { environments: ['prod'] }, true],
    ['nothing named', {}, false],
    ['its service, but of another team', { service_ids: ['s1'], team_id: 't2' }, false],
    ['its service, of its team', { service_ids: ['s1'], team_id: 't1' }, true],
  ])('by a maintenance of %s: %s', (_what, w, wanted) => {
    expect(windowCovers({ ...window, ...w }, alert)).toBe(wanted)
  })

  it('by a silence, within its team, and never by one that cannot be read', () => {
    const matchers = [{ field: 'host', op: 'is', value: 'ldn-app-01' }]
    expect(silenceCovers({ matchers, team_id: null }, alert)).toBe(true)
    expect(silenceCovers({ matchers, team_id: 't2' }, alert)).toBe(false)
    expect(silenceCovers({ matchers: [{ field: 'host', op: 'sounds_like', value: 'x' }], team_id: null }, alert)).toBe(
      false,
    )
  })
})

describe('a maintenance', () => {
  const each = (more: Partial<Recurrence>): Recurrence => ({
    zone: 'Europe/London',
    weekdays: [6],
    from: '22:00',
    minutes: 120,
    ...more,
  })
  const from = '2026-01-01T00:00:00Z'
  const window = (recurrence: Recurrence | null, startsAt = from, endsAt: string | null = null) => ({
    startsAt: at(startsAt),
    endsAt: endsAt === null ? null : at(endsAt),
    recurrence,
  })
  it.each<[string, ReturnType<typeof window>, string, string | null]>([
    ['once, before', window(null, '2026-11-28T22:00:00Z', '2026-11-29T00:00:00Z'), '2026-11-28T21:59:59Z', null],
    [
      'once, within',
      window(null, '2026-11-28T22:00:00Z', '2026-11-29T00:00:00Z'),
      '2026-11-28T22:00:00Z',
      '2026-11-29T00:00:00Z',
    ],
    ['once, at its end', window(null, '2026-11-28T22:00:00Z', '2026-11-29T00:00:00Z'), '2026-11-29T00:00:00Z', null],
    ['each Saturday, in winter', window(each({})), '2026-11-28T23:00:00Z', '2026-11-29T00:00:00Z'],
    ['each Saturday, in summer', window(each({})), '2026-07-04T21:30:00Z', '2026-07-04T23:00:00Z'],
    ['each Saturday, on a Friday', window(each({})), '2026-11-27T23:00:00Z', null],
    ['over midnight, on the next day', window(each({ minutes: 600 })), '2026-11-29T07:59:00Z', '2026-11-29T08:00:00Z'],
    [
      'over the hour that is skipped, real minutes',
      window(each({ from: '23:00', minutes: 180 })),
      '2026-03-29T01:30:00Z',
      '2026-03-29T02:00:00Z',
    ],
    [
      'days that touch are one time',
      window(each({ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', minutes: 1_440 })),
      '2026-11-25T12:00:00Z',
      '2026-12-05T00:00:00Z',
    ],
    ['not before it starts', window(each({}), '2026-12-01T00:00:00Z'), '2026-11-28T23:00:00Z', null],
    [
      'cut off by its end',
      window(each({}), from, '2026-11-28T22:30:00Z'),
      '2026-11-28T22:15:00Z',
      '2026-11-28T22:30:00Z',
    ],
  ])('%s', (_what, w, now, until) => {
    expect(lastsNow(w, at(now))?.to.toString() ?? null).toBe(until)
  })

  it('that recurs says when it begins next', () => {
    expect(lasting(window(each({})), at('2026-11-23T07:00:00Z'))).toEqual({
      from: at('2026-11-28T22:00:00Z'),
      to: at('2026-11-29T00:00:00Z'),
    })
    expect(lasting(window(each({}), from, '2026-11-24T00:00:00Z'), at('2026-11-23T07:00:00Z'))).toBeNull()
  })

  it('that recurs always has a next time, which is not over', () => {
    const zones = fc.constantFrom('Europe/London', 'Australia/Lord_Howe', 'America/Havana', 'UTC')
    const recurrence = fc.record({
      zone: zones,
      weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
      from: fc.constantFrom('00:00', '00:30', '02:00', '02:15', '12:00', '23:59'),
      minutes: fc.integer({ min: 1, max: 10_080 }),
    })
    const start = at('2026-01-01T00:00:00Z').epochMilliseconds
    fc.assert(
      fc.property(recurrence, fc.integer({ min: 0, max: 365 * 24 * 60 }), (r, minute) => {
        const now = Temporal.Instant.fromEpochMilliseconds(start + minute * 60_000)
        const next = lasting(window(r, '2025-01-01T00:00:00Z'), now)
        expect(next && Temporal.Instant.compare(next.to, now)).toBe(1)
        expect(next && Temporal.Instant.compare(next.from, next.to)).toBe(-1)
      }),
    )
  })
})

describe('health', () => {
  it.each<[string, Parameters<typeof healthOf>[0], string]>([
    ['nothing open', [], 'ok'],
    ['critical', [{ status: 'firing', severity: 'critical' }], 'down'],
    ['medium', [{ status: 'firing', severity: 'medium' }], 'degraded'],
    ['info', [{ status: 'firing', severity: 'info' }], 'ok'],
    ['blind alone', [{ status: 'blind', severity: 'critical' }], 'unknown'],
    [
      'blind and trouble',
      [
        { status: 'blind', severity: 'critical' },
        { status: 'firing', severity: 'low' },
      ],
      'degraded',
    ],
  ])('with %s: %s', (_what, open, state) => {
    expect(healthOf(open)).toBe(state)
  })

  const strip = (spans: HealthSpan[]) => stripOf(spans, { from: 0, cellMs: 10, cells: 4 })
  it('shows the worst of each cell, and never what it does not know as fine', () => {
    expect(strip([])).toEqual([{ state: 'unobserved', cells: 4 }])
    expect(strip([{ state: 'ok', from: 0, to: 40 }])).toEqual([{ state: 'ok', cells: 4 }])
    expect(
      strip([
        { state: 'ok', from: 0, to: 12 },
        { state: 'down', from: 12, to: 13 },
        { state: 'ok', from: 13, to: 40 },
      ]),
    ).toEqual([
      { state: 'ok', cells: 1 },
      { state: 'down', cells: 1 },
      { state: 'ok', cells: 2 },
    ])
    expect(
      strip([
        { state: 'ok', from: 0, to: 15 },
        { state: 'ok', from: 25, to: 40 },
      ]),
    ).toEqual([
      { state: 'ok', cells: 1 },
      { state: 'unobserved', cells: 2 },
      { state: 'ok', cells: 1 },
    ])
  })
})

describe('the route', () => {
  const service = (name: string) => ({ id: name, name, ownerTeamId: `team of ${name}` })
  const base: RouteFacts = {
    sourceName: 'Nagios',
    named: null,
    host: null,
    environmentWord: null,
    source: { service: null, teamId: null, environment: 'uat' },
    teamName: (id) => id,
  }
  it.each<[string, Partial<RouteFacts>, object, RegExp]>([
    [
      'what the signal names',
      { named: { word: 'a', service: service('a') }, source: { ...base.source, service: service('b') } },
      { serviceId: 'a', teamId: 'team of a' },
      /the signal names it/,
    ],
    [
      'the only service of its host',
      { host: { word: 'h', known: { environment: 'prod' }, services: [service('c')] } },
      { serviceId: 'c', environment: 'prod' },
      /only one that runs on h/,
    ],
    [
      'not one of several on its host',
      { host: { word: 'h', known: null, services: [service('c'), service('d')] } },
      { serviceId: null },
      /No service/,
    ],
    [
      'the source’s, when the named one is unknown',
      { named: { word: 'zzz', service: null }, source: { ...base.source, service: service('b') } },
      { serviceId: 'b' },
      /"zzz", which is not in the catalogue/,
    ],
    [
      'the environment of the signal',
      { environmentWord: 'dev', host: { word: 'h', known: { environment: 'prod' }, services: [] } },
      { environment: 'dev' },
      /as the signal says/,
    ],
    [
      'the team of the source',
      { source: { ...base.source, teamId: 't' } },
      { teamId: 't' },
      /Team t: what the source Nagios is set to/,
    ],
    ['nothing at all', {}, { serviceId: null, teamId: null, environment: 'uat' }, /No team/],
  ])('is %s', (_what, given, wanted, sentence) => {
    const route = routeOf({ ...base, ...given })
    expect(route).toMatchObject(wanted)
    expect(route.sentences.join(' ')).toMatch(sentence)
  })

  it.each([
    [{ status: 'firing', severity: 'high', opensIncident: true }, null],
    [{ status: 'firing', severity: 'info', opensIncident: true }, /severity info/],
    [{ status: 'blind', severity: 'high', opensIncident: true }, /could not look/],
    [{ status: 'firing', severity: 'high', opensIncident: false }, /Nagios is set to open none/],
  ] as const)('opens an incident or says why not: %j', (a, why) => {
    const said = whyNoIncident({ ...a, sourceName: 'Nagios' })
    if (why) expect(said).toMatch(why)
    else expect(said).toBeNull()
  })
})

describe('a flood', () => {
  it('begins after 50 flips within a second of one source, and is over a second later', () => {
    let now = 10_000
    const priority = createFloodGauge(() => now)
    const many = (n: number, source = 'a') => Array.from({ length: n }, () => priority(source))
    expect(many(50)).toEqual(Array(50).fill(1))
    expect(many(3)).toEqual([2, 2, 2])
    expect(priority('b')).toBe(1)
    now += 1_100
    expect(priority('a')).toBe(1)
    expect(many(60).at(-1)).toBe(2)
    now += 5_000
    expect(priority('a')).toBe(1)
  })

  it('of requests is counted by the second and the key', () => {
    let now = 10_000
    const limit = createLimiter(() => now)
    expect([limit('a', 2), limit('a', 2), limit('a', 2), limit('b', 2)]).toEqual([null, null, 1, null])
    now += 1_000
    expect(limit('a', 2)).toBeNull()
  })
})

it('masks what looks like a secret in samples', () => {
  expect(masking('{"password": "hunter2", "title": "x", "api_key":"k\\"k", "Authorization" : "Bearer y"}')).toBe(
    '{"password": "[masked]", "title": "x", "api_key":"[masked]", "Authorization" : "[masked]"}',
  )
})
