import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { troubleOn } from '../harness/floor.ts'
import type { Browser } from '../harness/identity.ts'
import { signedIn } from '../harness/signed-in.ts'
import { openScenario, type ScenarioWorld } from '../harness/world.ts'

/** Thursday morning in London: Priya is on call for the markets, Sam is second, Ana third; and the mail server fails. */

let bank: ScenarioWorld
let tom: Browser
beforeEach(async () => {
  // Without the part that looks at targets, which has nothing to do here: an hour of retries takes half the time.
  bank = await openScenario('2026-11-26T07:00:00Z', { ROLES: 'web' })
  tom = await signedIn(bank, 'tom')
})
afterEach(() => bank.close())

const incident = (service: keyof ScenarioWorld['world']['services'] = 'orderEntry') =>
  bank.api<{ id: string; number: string }>('POST', '/tickets', {
    kind: 'incident',
    title: 'Nobody can send orders',
    serviceId: bank.world.services[service],
    impact: 'high',
    urgency: 'high',
    page: true,
  })

const targets = async () => {
  const rows = await bank.house.platform.db
    .selectFrom('page_targets as t')
    .leftJoin('users as u', 'u.id', 't.user_id')
    .select(['t.round', 't.step', 'u.name'])
    .orderBy('t.at')
    .execute()
  return rows.map((r) => `${r.round}.${r.step} ${r.name}`)
}
const states = async () => {
  const rows = await bank.house.platform.db
    .selectFrom('deliveries')
    .select('state')
    .where('class', '=', 'page')
    .execute()
  return rows.map((r) => r.state)
}
/** Deliveries by the id that each mail carries. */
const repeated = () => {
  const ids = bank.mail.messages().map((m) => m.header('x-watchfloor-delivery'))
  return ids.filter((id, i) => ids.indexOf(id) !== i)
}
const mailTrouble = async () => (await troubleOn(tom)).filter((t) => / Mail: /.test(t))

describe('a mail server that is down for an hour', () => {
  it('holds up no step, loses no page, is told on the floor, and each page arrives once', async () => {
    expect(await troubleOn(tom)).toEqual([])
    await bank.mail.behave({ down: true })
    await incident()
    await bank.advance({ seconds: 20 })
    expect(await mailTrouble()).toEqual([
      'bad Mail: It cannot be sent since 07:00 UTC. One message waits and is tried on. The mail server could not be reached: it does not answer at that port.',
    ])
    await bank.advance({ minutes: 59, seconds: 40 })
    const taken = await targets()
    expect(taken.slice(0, 4)).toEqual(['0.0 Priya N.', '0.1 Sam O.', '0.2 Ana P.', '1.0 Priya N.'])
    expect(new Set(taken).size).toBe(taken.length)
    expect(new Set(await states())).toEqual(new Set(['queued']))
    bank.mail.expectNothingElse()

    await bank.mail.behave({})
    await bank.advance({ minutes: 2 })
    expect((await states()).filter((s) => s !== 'sent' && s !== 'bundled')).toEqual([])
    for (const who of ['priya', 'sam', 'ana'] as const)
      expect(bank.mail.messages().filter((m) => m.to.includes(bank.mailOf(who))).length).toBeGreaterThan(0)
    expect(repeated()).toEqual([])
    expect(await troubleOn(tom)).toEqual([])
  }, 90_000)

  it('and is back after somebody took it on the page: nobody is woken for what is over', async () => {
    await bank.mail.behave({ down: true })
    await incident()
    await bank.advance({ minutes: 6 })
    const page = await bank.house.platform.db.selectFrom('pages').select('id').executeTakeFirstOrThrow()
    const sam = await signedIn(bank, 'sam')
    const taken = await sam.request('POST', `/api/pages/${page.id}/acknowledgement`)
    expect(taken.statusCode).toBe(200)
    await bank.mail.behave({})
    await bank.advance({ minutes: 30 })
    bank.mail.expectNothingElse()
    expect(new Set(await states())).toEqual(new Set(['cancelled']))
    expect(await mailTrouble()).toEqual([])
  })
})

describe('a mail server that is slow', () => {
  it('by a second for each mail: all arrive, none twice, and the steps follow at their times', async () => {
    await bank.mail.behave({ delayMs: 1_000 })
    await incident()
    await bank.advance({ minutes: 6 })
    expect(await targets()).toEqual(['0.0 Priya N.', '0.1 Sam O.'])
    expect(bank.mail.messages().map((m) => m.to[0])).toEqual([bank.mailOf('priya'), bank.mailOf('sam')])
    expect(repeated()).toEqual([])
  })

  it('without end: it is left, tried again, and told on the floor', async () => {
    await bank.mail.behave({ slowByte: true })
    await incident()
    await bank.advance({ seconds: 1 })
    expect(await mailTrouble()).toEqual([
      expect.stringMatching(/^bad Mail: It cannot be sent since 07:00 UTC\..*took too long|too slow/),
    ])
    await bank.mail.behave({})
    await bank.advance({ minutes: 1 })
    await bank.mail.expectMail({ to: bank.mailOf('priya') })
    bank.mail.expectNothingElse()
    expect(await mailTrouble()).toEqual([])
  })
})

describe('a mail server that refuses one recipient', () => {
  it('gives the others theirs; the refused one is told on the floor until he takes a message again', async () => {
    await bank.mail.behave({ refuse: { [bank.mailOf('viktor')]: '550 5.1.1 No such user' } })
    await incident('identity')
    // Viktor is on call and refused; the database team is next, then all of the systems team.
    await bank.advance({ minutes: 40 })
    const told = new Set(bank.mail.messages().map((m) => m.to[0]))
    expect(told).toEqual(new Set([bank.mailOf('jonas'), bank.mailOf('mei')]))
    expect(await mailTrouble()).toEqual([
      expect.stringMatching(
        /^warn Mail: viktor@harbour-bank\.example cannot be reached since 07:00 UTC\. The mail server refuses this address: 550 5\.1\.1 No such user/,
      ),
    ])
    await bank.mail.behave({})
    await incident('fileTransfer')
    await bank.advance({ minutes: 1 })
    expect(bank.mail.messages().some((m) => m.to.includes(bank.mailOf('viktor')))).toBe(true)
    expect(await mailTrouble()).toEqual([])
  })

  it('that is put off by greylisting gets his a little later, and nobody is alarmed by that', async () => {
    await bank.mail.behave({ tempfail: 1 })
    await incident()
    await bank.house.settle()
    expect(await mailTrouble()).toEqual([])
    await bank.advance({ seconds: 5 })
    await bank.mail.expectMail({ to: bank.mailOf('priya') })
    bank.mail.expectNothingElse()
  })
})

it('without a mail server at all the floor says what to set', async () => {
  const lone = await openScenario('2026-11-26T07:00:00Z', { SMTP_URL: '' })
  const theirs = await signedIn(lone, 'tom')
  expect(await troubleOn(theirs)).toEqual([
    'warn Mail: It cannot be sent: no mail server is set; set SMTP_URL to an address such as smtp://user:password@host:587.',
  ])
  await lone.close()
})
