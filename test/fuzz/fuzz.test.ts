import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { addressOf, type Route, routes } from '../harness/acts/routes.ts'
import { acts } from '../harness/acts/table.ts'
import { openThings, type Things } from '../harness/acts/things.ts'
import { type Browser, browser } from '../harness/identity.ts'
import { signedIn } from '../harness/signed-in.ts'
import { openScenario, type ScenarioWorld } from '../harness/world.ts'
import { junkText, type Random, randomOf, spoilt, valueFor } from './junk.ts'

/**
 * Every route of the contract, with junk of each kind and with what is nearly right, as nobody, a requester, a responder
 * and an administrator: never an error of ours, never another's data. The same seed sends the same; FUZZ_SEED and
 * FUZZ_ROUNDS (npm run fuzz) let it go on elsewhere and for longer.
 */
const seedOf = Number(process.env.FUZZ_SEED ?? 1)
const rounds = Number(process.env.FUZZ_ROUNDS ?? 1)

/** Stands in what a requester must never read: a ticket of somebody else, and an internal note. */
const secret = 'marker-of-others-7731'

let bank: ScenarioWorld
let things: Things
let askers: { who: string; browser: Browser }[]
beforeAll(async () => {
  bank = await openScenario('2026-11-26T07:00:00Z')
  things = await openThings(bank)
  askers = [{ who: 'nobody', browser: browser(bank.house, '10.2.0.9') }]
  for (const who of ['laurent', 'priya', 'marta'] as const) askers.push({ who, browser: await signedIn(bank, who) })
  const { people, services } = bank.world
  const serviceId = services.orderEntry
  const own = await bank.api<{ ticket: { id: string } }>('POST', '/tickets', {
    title: 'Own',
    requesterId: people.laurent,
    serviceId,
  })
  await bank.api('POST', `/tickets/${own.ticket.id}/notes`, { body: `${secret} internal` })
  await bank.api('POST', '/tickets', { title: `${secret} other`, requesterId: people.james, serviceId })
})
afterAll(() => bank.close())

// Ends the session that asks.
const askable = routes.filter(({ name }) => name !== 'identity.me.changePassword')

/** What once filled a path: a read below the same path is asked about the same kind of thing. */
const seen = new Map<string, Record<string, string>[]>()
const rootOf = (path: string) => path.slice(0, path.indexOf('}') + 1)
const remember = ({ path }: Route, params: Record<string, string> = {}) => {
  if (Object.keys(params).length > 0) seen.set(rootOf(path), [...(seen.get(rootOf(path)) ?? []), params].slice(-20))
}
const idsSeen = (): string[] => {
  const { people, services, teams } = bank.world
  const ids = [...seen.values()].flat().flatMap((params) => Object.values(params))
  return [people, services, teams]
    .flatMap((things) => Object.values(things))
    .concat(ids)
    .filter(Boolean)
}

type Sent = { url: string; body: unknown }

const schemas = new Map<string, object>()
const schemaOf = ({ name, input }: Route): object => {
  const known = schemas.get(name) ?? (input ? z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) : {})
  schemas.set(name, known)
  return known
}

const sentFor = async (route: Route, random: Random, marta: Browser): Promise<Sent> => {
  // Junk that was taken may have changed what making one rests on.
  const valid = await acts[route.name]?.(things, marta).catch(() => undefined)
  remember(route, valid?.params)
  const filled = valid?.params ?? random.pick(seen.get(rootOf(route.path)) ?? [{}])
  const params: Record<string, string> = Object.fromEntries(Object.entries(filled).filter(([, id]) => id))
  for (const [, name = ''] of route.path.matchAll(/\{(\w+)\}/g))
    if (params[name] === undefined || random.chance(0.05))
      params[name] = random.chance(0.5) ? junkText(random) : random.pick(idsSeen())
  const written = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, encodeURIComponent(value.toWellFormed()) || '%20']),
  )
  const url = addressOf(route, written)
  const made = () => valueFor(schemaOf(route), random, idsSeen(), random.pick([0, 0.02, 0.1, 0.4]))
  if (route.method !== 'GET') {
    const body =
      valid?.body && random.chance(0.7) ? (random.chance(0.2) ? valid.body : spoilt(valid.body, random)) : made()
    return { url, body: body ?? {} }
  }
  const input = made()
  const query = new URLSearchParams()
  if (typeof input === 'object' && input !== null)
    for (const [name, value] of Object.entries(input))
      if (!(name in params))
        query.append(name, typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value))
  return { url: query.size > 0 ? `${url}?${query}` : url, body: undefined }
}

/** Words of the machinery, which say too much of it and nothing to a person. */
const innards = /syntax error at|violates|relation "|column "|at Object\.|\.ts:\d+|node_modules|invalid input syntax/

/** Routes that took what was sent at least once: junk that is refused at the door tries nothing behind it. */
const taken = new Set<string>()

const faultOf = async (route: Route, { who, browser }: (typeof askers)[number], sent: Sent): Promise<string | null> => {
  const answer = await browser.request(route.method, sent.url, sent.body)
  const said = `${who} ${route.method} ${sent.url} ${JSON.stringify(sent.body)?.slice(0, 900)} → ${answer.statusCode} ${answer.body.slice(0, 300)}`
  if (answer.statusCode < 300) taken.add(route.name)
  if (answer.statusCode >= 500) return said
  if (answer.statusCode >= 400) {
    const problem = String(answer.headers['content-type']).startsWith('application/problem+json')
    if (!problem || innards.test(answer.body)) return said
  }
  const mayNot = who === 'laurent' || who === 'nobody'
  return mayNot && answer.body.includes(secret) ? `read what is another's: ${said}` : null
}

it(`no junk is an error of ours, nor shows what is another's (seed ${seedOf})`, { timeout: 60 * 60_000 }, async () => {
  const random = randomOf(seedOf)
  const faults: string[] = []
  const marta = await signedIn(bank, 'marta')
  for (let round = 0; round < rounds; round++) {
    for (const route of askable) {
      const sent = await sentFor(route, random, marta)
      // The administrator last: what he does, the others would find done.
      for (const asker of askers) {
        const fault = await faultOf(route, asker, sent)
        if (fault) faults.push(fault)
      }
    }
    await bank.house.settle()
  }
  expect(faults).toEqual([])
  const never = askable.filter(({ name }) => !taken.has(name)).map(({ name }) => name)
  expect(taken.size, `never taken: ${never.join(', ')}`).toBeGreaterThan(askable.length / 2)
})
