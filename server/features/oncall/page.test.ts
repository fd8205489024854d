import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type TestHouse, testHouse } from '../../../test/harness/house.ts'
import { type Person, person, team } from '../../../test/harness/people.ts'
import { type SmtpSink, startSmtpSink } from '../../../test/harness/smtp-sink.ts'
import { plan } from '../../app.ts'
import { system } from '../../platform/access.ts'
import { verb } from '../../platform/verb.ts'
import { advancePage } from './advance.ts'
import { showCalendar } from './calendar.ts'
import { engage } from './engage.ts'
import { finishPage } from './finish.ts'
import { addOverride } from './overrides.ts'
import { pagesOf } from './page-queries.ts'
import { createPolicy } from './policies.ts'
import { listOnCall } from './queries.ts'
import { respondToPage } from './respond.ts'
import { changeSchedule, createSchedule } from './save-schedule.ts'

let sink: SmtpSink
let house: TestHouse
let priya: Person
let sam: Person
let lead: Person
let teamId: string

const subject = 'ticket:0198c1f0-0000-7000-8000-0000000000aa'
const start = verb('test.engage', {
  permission: 'system',
  input: z.object({}),
  run: (ctx) =>
    engage(ctx, {
      subject,
      about: [],
      serviceId: null,
      teamId,
      environment: 'prod',
      urgency: 'high',
      brief: { title: 'Order entry is down', lines: [], priority: 'P1' },
    }),
})
const finish = verb('test.finish', {
  permission: 'system',
  input: z.object({}),
  async run(ctx) {
    await finishPage(ctx, subject, { farewell: { title: 'Solved: order entry', lines: [] }, reason: 'It is solved.' })
    ctx.unchanged(undefined)
  },
})

const schedule = (slug: string, participants: string[], more: object = {}) =>
  house.execute(createSchedule, lead, {
    slug,
    name: slug,
    teamId,
    zone: 'Europe/London',
    layers: [{ name: 'weekly', kind: 'weekly', every: 1, startsAt: '2026-11-23T09:00', participants, ...more }],
  })
const policy = (targets: { kind: 'schedule' | 'user' | 'team'; id: string }[][], more: object = {}) =>
  house.execute(createPolicy, lead, {
    slug: 'markets',
    name: 'Markets, critical',
    teamId,
    steps: targets.map((t, i) => ({ delayMinutes: i === 0 ? 0 : 5, targets: t })),
    ...more,
  })
const page = async () => (await pagesOf({ db: house.platform.db, now: house.platform.clock.now }, subject))[0]
const answer = async (who: Person, value: 'acknowledge' | 'pass' = 'acknowledge') =>
  house.execute(respondToPage, who, { pageId: (await page())?.id ?? '', answer: value })

beforeEach(async () => {
  sink = await startSmtpSink()
  house = await testHouse(
    { ...plan, features: [...plan.features, { name: 'test', verbs: [start, finish] }] },
    { env: { SMTP_URL: sink.url, ROLES: 'web' } },
  )
  priya = await person(house, 'Priya N.')
  sam = await person(house, 'Sam O.')
  lead = await person(house, 'Lena S.')
  teamId = await team(house, 'L2 markets', [
    [priya, 'responder'],
    [sam, 'responder'],
    [lead, 'lead'],
  ])
})
afterEach(async () => {
  await house.close()
  await sink.stop()
})

describe('a page', () => {
  it('goes from step to step, says why, and stops when somebody has it; everyone paged is told once that it is over', async () => {
    const first = await schedule('primary', [priya.id])
    await policy([[{ kind: 'schedule', id: first.id }], [{ kind: 'user', id: sam.id }], [{ kind: 'team', id: teamId }]])
    await house.execute(start, system, {})
    await house.settle()
    expect((await sink.expectMail({ to: 'priya.n@bank.example' })).text).toContain('On call for primary')
    await house.advance({ minutes: 4 })
    sink.expectNothingElse()
    await house.advance({ minutes: 1 })
    expect((await sink.expectMail({ to: 'sam.o@bank.example' })).text).toContain(
      'Priya N. did not acknowledge within 5 min.',
    )
    expect(await answer(sam)).toMatchObject({ result: 'acknowledged', by: 'Sam O.' })
    expect(await answer(priya)).toMatchObject({ result: 'already', by: 'Sam O.' })
    await house.jump({ hours: 2 })
    sink.expectNothingElse()
    await house.execute(finish, system, {})
    await house.execute(finish, system, {})
    await house.settle()
    await sink.expectMail({ to: 'priya.n@bank.example', subject: /Solved/ })
    await sink.expectMail({ to: 'sam.o@bank.example', subject: /Solved/ })
    sink.expectNothingElse()
  })

  it('does not wait for a step that reaches nobody', async () => {
    const empty = await schedule('nights', [])
    await policy([[{ kind: 'schedule', id: empty.id }], [{ kind: 'user', id: sam.id }]])
    await house.execute(start, system, {})
    await house.settle()
    expect((await sink.expectMail({ to: 'sam.o@bank.example' })).text).toContain('The step before reached nobody.')
    expect((await page())?.targets[0]).toMatchObject({
      user: null,
      why: expect.stringContaining('Nobody is on call for nights at Mon 07:00 London'),
    })
  })

  it('that nobody answers repeats as the policy says, and then says so', async () => {
    await policy([[{ kind: 'user', id: priya.id }]], { repeats: 1 })
    await house.execute(start, system, {})
    await house.advance({ minutes: 30 })
    expect((await page())?.state).toBe('exhausted')
    expect((await page())?.targets.map((t) => [t.round, t.step])).toEqual([
      [1, 1],
      [2, 1],
    ])
    expect(await answer(priya)).toMatchObject({ result: 'acknowledged' })
  })

  it('is not taken twice for one step, whatever runs twice', async () => {
    await policy([[{ kind: 'user', id: priya.id }], [{ kind: 'user', id: sam.id }]])
    await house.execute(start, system, {})
    await house.advance({ minutes: 5 })
    const id = (await page())?.id ?? ''
    for (let i = 0; i < 3; i++)
      await house.execute(advancePage, system, { pageId: id, to: { round: 0, step: 1 }, reached: true })
    await house.settle()
    expect((await page())?.targets).toHaveLength(2)
  })

  it('says whom it turns to next, as the rota stands then, and when nobody is left', async () => {
    const [primary, empty] = [await schedule('primary', [priya.id]), await schedule('nights', [])]
    const from = house.clock.now().add({ minutes: 3 })
    await house.execute(addOverride, lead, {
      scheduleId: primary.id,
      from: from.toString(),
      to: from.add({ hours: 4 }).toString(),
      addUserId: sam.id,
      removeUserId: priya.id,
    })
    await policy([
      [{ kind: 'user', id: lead.id }],
      [
        { kind: 'schedule', id: primary.id },
        { kind: 'user', id: priya.id },
      ],
      [{ kind: 'schedule', id: empty.id }],
    ])
    await house.execute(start, system, {})
    await house.settle()
    const next = async () => {
      const { at, people, over } = (await page())?.next ?? {}
      const minutes = at && Math.round(at.since(house.clock.now()).total('minutes'))
      return [minutes, people?.map(({ name }) => name), over]
    }
    expect(await next()).toEqual([5, ['Sam O.', 'Priya N.'], false])
    await house.advance({ minutes: 5 })
    expect(await next()).toEqual([5, [], false])
    await house.advance({ minutes: 5 })
    expect(await next()).toEqual([5, [], true])
    await answer(sam)
    expect((await page())?.next).toBeNull()
  })

  it('passes to the next person at once', async () => {
    await policy([[{ kind: 'user', id: priya.id }], [{ kind: 'user', id: sam.id }]])
    await house.execute(start, system, {})
    await house.settle()
    await sink.expectMail({ to: 'priya.n@bank.example' })
    expect(await answer(priya, 'pass')).toMatchObject({ result: 'passed' })
    await house.settle()
    await sink.expectMail({ to: 'sam.o@bank.example' })
    await expect(answer(sam, 'pass')).rejects.toMatchObject({ code: 'conflict' })
  })

  it('starts again when who acknowledged it falls asleep', async () => {
    await policy([[{ kind: 'user', id: priya.id }]], { ackTimeoutMinutes: 30 })
    await house.execute(start, system, {})
    await house.settle()
    await answer(priya)
    await house.advance({ minutes: 31 })
    expect((await page())?.state).toBe('paging')
    expect((await page())?.targets.at(-1)?.why).toContain('Priya N. acknowledged 30 min ago, and it is not solved.')
  })

  it('says why nobody is paged when there is no policy', async () => {
    const { pageId, why } = await house.execute(start, system, {})
    expect(pageId).toBeNull()
    expect(why).toContain('has an escalation policy')
    const [event] = await house.platform.db.selectFrom('events').selectAll().where('type', '=', 'page.nobody').execute()
    expect(event?.subject).toBe(subject)
  })

  it('is answered by those it turned to, their leads and nobody else', async () => {
    const stranger = await person(house, 'Jonas W.')
    await policy([[{ kind: 'user', id: priya.id }]])
    await house.execute(start, system, {})
    await expect(answer(stranger)).rejects.toMatchObject({ code: 'not_found' })
    await expect(answer(sam)).rejects.toMatchObject({ code: 'not_found' })
    expect(await answer(lead)).toMatchObject({ result: 'acknowledged' })
  })

  it('is given to the first of two who press at once', async () => {
    await policy([
      [
        { kind: 'user', id: priya.id },
        { kind: 'user', id: sam.id },
      ],
    ])
    await house.execute(start, system, {})
    const results = await Promise.all([answer(priya), answer(sam)])
    expect(results.map((r) => r.result).sort()).toEqual(['acknowledged', 'already'])
    expect(new Set(results.map((r) => r.by)).size).toBe(1)
  })
})

describe('a link in a page', () => {
  it('opens without signing in, acknowledges only when pressed, and nothing else', async () => {
    await policy([[{ kind: 'user', id: priya.id }], [{ kind: 'user', id: sam.id }]])
    await house.execute(start, system, {})
    await house.settle()
    const token = (await sink.expectMail({})).text.match(/\/ack\/(\S+)/)?.[1] ?? ''
    const url = `/api/page-links/${token}`
    for (const method of ['GET', 'HEAD'] as const) await house.http.inject({ method, url })
    const shown = await house.http.inject({ method: 'GET', url })
    expect(shown.json()).toMatchObject({ person: 'Priya N.', page: { state: 'paging', title: 'Order entry is down' } })
    expect((await page())?.state).toBe('paging')
    const forged = `${token.slice(0, -2)}xx`
    expect((await house.http.inject({ method: 'GET', url: `/api/page-links/${forged}` })).statusCode).toBe(404)
    const pressed = await house.http.inject({
      method: 'POST',
      url,
      payload: { answer: 'acknowledge', pageId: '0198c1f0-0000-7000-8000-0000000000bb' },
    })
    expect(pressed.json()).toMatchObject({ result: 'acknowledged', by: 'Priya N.' })
    expect((await house.http.inject({ method: 'POST', url, payload: { answer: 'acknowledge' } })).json()).toMatchObject(
      { result: 'already' },
    )
    house.clock.step(house.clock.now().add({ hours: 25 }))
    expect((await house.http.inject({ method: 'GET', url })).json()).toMatchObject({
      detail: expect.stringContaining('run out'),
    })
  })
})

describe('a schedule', () => {
  it('keeps its past when people are added, and follows overrides', async () => {
    const made = await schedule('primary', [priya.id, sam.id])
    house.clock.step(house.clock.now().add({ hours: 24 * 10 }))

    const calendar = () =>
      house.ask(showCalendar, lead, { id: made.id, from: '2026-11-23T09:00:00Z', to: '2026-12-03T07:00:00Z' })
    const before = (await calendar()).final.map((s) => s.user.name)
    const changed = await house.execute(
      changeSchedule,
      lead,
      {
        id: made.id,
        layers: [
          {
            ...made.layers[0],
            id: made.layers[0]?.id ?? '',
            name: 'weekly',
            kind: 'weekly',
            every: 1,
            startsAt: '2026-11-23T09:00',
            participants: [lead.id, priya.id, sam.id],
          },
        ],
      },
      { expected: 1 },
    )
    expect((await calendar()).final.map((s) => s.user.name)).toEqual(before)
    expect(changed.version).toBe(2)
    await expect(
      house.execute(changeSchedule, lead, { id: made.id, name: 'x' }, { expected: 1 }),
    ).rejects.toMatchObject({ code: 'stale' })
    await house.execute(addOverride, lead, {
      scheduleId: made.id,
      from: house.clock.now().toString(),
      to: house.clock.now().add({ hours: 4 }).toString(),
      addUserId: lead.id,
      removeUserId: sam.id,
    })
    expect((await house.ask(listOnCall, lead, {})).items[0]?.people.map((p) => p.user.name)).toEqual(['Lena S.'])
  })

  it('of another team is not changed by a lead', async () => {
    const stranger = await person(house, 'Ravi K.')
    await team(house, 'DBA', [[stranger, 'lead']])
    const made = await schedule('primary', [priya.id])
    await expect(house.execute(changeSchedule, stranger, { id: made.id, name: 'mine' })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})
