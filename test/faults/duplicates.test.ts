import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sourceKinds } from '../../server/features/alerts/source-kinds.ts'
import { addressOf, routeOf, routes } from '../harness/acts/routes.ts'
import { acts, otherActs } from '../harness/acts/table.ts'
import { openThings, type Things } from '../harness/acts/things.ts'
import type { Browser } from '../harness/identity.ts'
import { signedIn } from '../harness/signed-in.ts'
import { openScenario, type ScenarioWorld } from '../harness/world.ts'

/** Everything that a sender may send twice because its answer was lost on the way. */

let bank: ScenarioWorld
let things: Things
let marta: Browser
beforeAll(async () => {
  bank = await openScenario('2026-11-26T07:00:00Z')
  things = await openThings(bank)
  marta = await signedIn(bank, 'marta')
})
afterAll(() => bank.close())

const written = async () => {
  const count = async (table: 'events' | 'alerts' | 'signals' | 'deliveries' | 'tickets' | 'results') =>
    (
      await bank.house.platform.db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
    ).n
  await bank.house.settle()
  return {
    events: await count('events'),
    alerts: await count('alerts'),
    deliveries: await count('deliveries'),
    tickets: await count('tickets'),
  }
}

describe('the table of acts', () => {
  it('has every route that writes', () => {
    const writing = routes.filter((r) => r.method !== 'GET').map((r) => r.name)
    expect(Object.keys({ ...acts, ...otherActs }).sort()).toEqual(writing.sort())
  })
})

/** Not creates: each is a fact of its own, however it came to be sent. */
const facts = ['monitors.look']

describe('an act that is sent again with the same Idempotency-Key', () => {
  it.each(Object.keys(acts).filter((name) => !facts.includes(name)))(
    '%s: gets the first answer, and is done once',
    async (name) => {
      const route = routeOf(name)
      const sent = await acts[name]?.(things, marta)
      const ask = () =>
        marta.request(route.method, addressOf(route, sent?.params), sent?.body ?? {}, {
          'idempotency-key': `again-${name}`,
        })
      const first = await ask()
      expect(first.statusCode, first.body).toBeLessThan(300)
      const before = await written()
      const again = await ask()
      expect(again.statusCode).toBe(first.statusCode)
      expect(again.body).toBe(first.body)
      expect(await written()).toEqual(before)
    },
  )
})

const samples = [...sourceKinds.values()].flatMap((kind) =>
  kind.builtIn ? [] : kind.samples.map((sample) => ({ kind: kind.kind, sample })),
)

describe('a signal that is sent again', () => {
  it.each(samples)('$kind, $sample.name: changes nothing but how often it was reported', async ({ kind, sample }) => {
    const source = await bank.api<{ key: string }>('POST', '/sources', { kind, name: things.fresh('Again') })
    const send = () =>
      bank.house.http.inject({
        method: 'POST',
        url: `/intake/${kind}`,
        headers: { ...sample.headers, authorization: `Bearer ${source.key}` },
        payload: sample.body,
      })
    expect((await send()).statusCode).toBe(202)
    const before = await written()
    bank.mail.clear()
    for (let i = 0; i < 2; i++) expect((await send()).statusCode).toBe(202)
    expect(await written()).toEqual(before)
    bank.mail.expectNothingElse()
  })
})
