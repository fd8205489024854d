import { describe, expect, it } from 'vitest'
import type { PhonePart } from '../../../../contract/desk/index.ts'
import { readLine } from './read-line.ts'

const named = (name: string, slug: string, weight = 3) => ({ id: slug, name, slug, weight })
const known = {
  services: [
    named('Equities order entry', 'equities-order-entry', 4),
    named('Market data gateway', 'market-data-gateway', 4),
    named('FIX connectivity', 'fix-connectivity'),
    named('Commodities pricing', 'commodities-pricing'),
    named('Client portal', 'client-portal'),
    named('Risk engine', 'risk-engine'),
    named('Reference data', 'reference-data'),
  ],
  units: [
    named('EMEA cash equities', 'emea-cash'),
    named('Equity derivatives', 'equity-derivatives'),
    named('Commodities', 'commodities'),
    named('Prime brokerage', 'prime-brokerage'),
  ],
  people: [
    { id: 'laurent', name: 'M. Laurent', mail: 'm.laurent@harbour-bank.example' },
    { id: 'mueller', name: 'Zoë Müller', mail: 'zoe.mueller@harbour-bank.example' },
    { id: 'oneill', name: "Sean O'Neill", mail: 'sean.oneill@harbour-bank.example' },
    { id: 'mark', name: 'Mark Price', mail: 'mark.price@harbour-bank.example' },
  ],
}

/** Thu 26 Nov 2026, 09:40 in London and 18:40 in Tokyo. */
const NOW = '2026-11-26T09:40:00Z'
const read = (line: string, { now = NOW, zone = 'Europe/London', not = [] as PhonePart[] } = {}) => {
  const found = readLine(line, { now: Temporal.Instant.from(now), zone, known, not: new Set(not) })
  const { service, unit, person, since, ...rest } = found
  return Object.fromEntries(
    Object.entries({
      ...rest,
      service: service?.id,
      unit: unit?.id,
      person: person?.id,
      since: since?.at.toString(),
    }).filter(([, value]) => value !== null && value !== undefined),
  )
}

describe('a line of the phone log', () => {
  it.each<[string, object]>([
    [
      'eqd cannot price since 0915 P2',
      { title: 'Cannot price', unit: 'equity-derivatives', since: '2026-11-26T09:15:00Z', priority: 2 },
    ],
    ['cannot price since 0915, blotter empty', { title: 'Cannot price, blotter empty', since: '2026-11-26T09:15:00Z' }],
    ['Laurent: blotter shows no prices', { title: 'Blotter shows no prices', person: 'laurent' }],
    ['m.laurent@harbour-bank cannot log in', { title: '@harbour-bank cannot log in', person: 'laurent' }],
    ["o'neill cannot book", { title: 'Cannot book', person: 'oneill' }],
    [
      'zoe muller: portal slow in uat',
      { title: 'Portal slow', person: 'mueller', service: 'client-portal', environment: 'uat' },
    ],
    [
      'everyone in commodities frozen, urgent',
      { title: 'Everyone frozen', unit: 'commodities', impact: 'high', urgency: 'high' },
    ],
    [
      'commodities pricing shows nothing',
      { title: 'Commodities pricing shows nothing', service: 'commodities-pricing' },
    ],
    [
      'client portal down for prime brokerage',
      { title: 'Client portal down', service: 'client-portal', unit: 'prime-brokerage' },
    ],
    ['low urgency: report late', { title: 'Report late', urgency: 'low' }],
    ['impact high no fills, no rush', { title: 'No fills', impact: 'high', urgency: 'low' }],
    ['from emea cash', { title: '', unit: 'emea-cash' }],
    ['since 0915', { title: '', since: '2026-11-26T09:15:00Z' }],
    ['', { title: '' }],
    ['?!', { title: '' }],
  ])('%j', (line, expected) => expect(read(line)).toEqual(expected))

  it.each([
    ['eqd no vols', 'equity-derivatives', 'No vols'],
    ['eq deriv no vols', 'equity-derivatives', 'No vols'],
    ['prime brok: no reports', 'prime-brokerage', 'No reports'],
    ['EMEA Cash cannot price', 'emea-cash', 'Cannot price'],
  ])('a desk by its nickname: %j', (line, unit, title) => expect(read(line)).toEqual({ title, unit }))

  it.each([
    ['mdgw dead', 'market-data-gateway', 'Market data gateway dead'],
    ['market data gw dead', 'market-data-gateway', 'Market data gateway dead'],
    ['fix conn dead', 'fix-connectivity', 'FIX connectivity dead'],
    ['order entry slow', 'equities-order-entry', 'Order entry slow'],
    ['reference-data is stale', 'reference-data', 'Reference-data is stale'],
  ])('a service by its nickname: %j', (line, service, title) => expect(read(line)).toEqual({ title, service }))

  it.each([
    'Order 1045 rejected',
    'Rejects 2575 orders',
    'PTC P22 error',
    'Called since 0575',
    'Slow since 15/11',
    'Mark cannot price',
    'Price for mark-to-market off',
    'They cannot switch it on',
    'Please reset my password',
    'Test',
    'Server slow',
    'Equities down',
  ])('what it does not understand stays as it was written: %j', (line) => expect(read(line)).toEqual({ title: line }))

  it('what was understood wrongly stays in the title when it is told so', () => {
    const line = 'laurent cannot price since 0915 P2'
    expect(read(line, { not: ['person', 'since', 'priority'] })).toEqual({
      title: 'Laurent cannot price since 0915 P2',
    })
  })

  it('says what else a name could mean', () => {
    const { service } = readLine('data stale, reference', {
      now: Temporal.Instant.from(NOW),
      zone: 'UTC',
      known: { ...known, services: [...known.services, named('Reference prices', 'reference-prices')] },
    })
    expect([service?.name, ...(service?.others ?? []).map((o) => o.name)]).toEqual([
      'Reference data',
      'Reference prices',
    ])
  })

  it('is read in a moment, however long and however many names there are', () => {
    const many = Array.from({ length: 1_000 }, (_, n) =>
      named(`Settlement engine ${n} of the ${n % 7} house`, `s-${n}`),
    )
    // Of this process alone, for others use the machine as well.
    const began = process.cpuUsage()
    read('x'.repeat(500))
    read('since '.repeat(80))
    readLine(`eqd cannot price since 0915 P2 ${'s engine '.repeat(50)}`, {
      now: Temporal.Instant.from(NOW),
      zone: 'UTC',
      known: { ...known, services: many },
    })
    expect(process.cpuUsage(began).user / 1_000).toBeLessThan(1_000)
  })
})

describe('since when', () => {
  it.each([
    ['since 0915', '2026-11-26T09:15:00Z'],
    ['since 9:15', '2026-11-26T09:15:00Z'],
    ['from 9.15am', '2026-11-26T09:15:00Z'],
    ['at 08:59', '2026-11-26T08:59:00Z'],
    ['since about 9', '2026-11-26T09:00:00Z'],
    ['since noon', '2026-11-25T12:00:00Z'],
    ['since 2330', '2026-11-25T23:30:00Z'],
    ['it broke at 7:05pm', '2026-11-25T19:05:00Z'],
    ['since yesterday 17:00', '2026-11-25T17:00:00Z'],
    ['since monday', '2026-11-23T00:00:00Z'],
    ['since last friday 5pm', '2026-11-20T17:00:00Z'],
    ['since thursday', '2026-11-26T00:00:00Z'],
    ['since 5 min ago', '2026-11-26T09:35:00Z'],
    ['20 minutes ago', '2026-11-26T09:20:00Z'],
    ['for 3 hours', '2026-11-26T06:40:00Z'],
    ['for 2 days', '2026-11-24T09:40:00Z'],
  ])('%j', (words, at) => expect(read(`no fills ${words}`).since).toBe(at))

  it.each([
    ['past midnight it is yesterday', 'since 2350', '2026-11-26T00:20:00Z', 'Europe/London', '2026-11-25T23:50:00Z'],
    ['midnight itself', 'since midnight', '2026-11-26T00:20:00Z', 'Europe/London', '2026-11-26T00:00:00Z'],
    ['where the listener sits', 'since 0915', NOW, 'Asia/Tokyo', '2026-11-26T00:15:00Z'],
    ['in summer time', 'since 0915', '2026-07-16T09:40:00Z', 'Europe/London', '2026-07-16T08:15:00Z'],
    [
      'in the hour that comes twice, the first',
      'since 0130',
      '2026-10-25T03:00:00Z',
      'Europe/London',
      '2026-10-25T00:30:00Z',
    ],
    ['in the hour that is left out', 'since 0130', '2026-03-29T03:00:00Z', 'Europe/London', '2026-03-29T01:30:00Z'],
    ['beyond the date line', 'since yesterday 23:00', '2026-11-26T23:30:00Z', 'Asia/Tokyo', '2026-11-26T14:00:00Z'],
  ])('%s', (_, words, now, zone, at) => expect(read(`no fills ${words}`, { now, zone }).since).toBe(at))
})
