import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type AlertHouse, alertHouse } from '../../../test/harness/alerts.ts'
import { person, team } from '../../../test/harness/people.ts'
import { createPolicy } from '../oncall/policies.ts'
import { testSource } from './test-source.ts'

let house: AlertHouse
let dbas: string
let night: string
beforeAll(async () => {
  house = await alertHouse()
  const dba = await person(house, 'Dora Diaz', 'responder')
  dbas = await team(house, 'DBAs', [[dba, 'responder']])
  const steps = [{ delayMinutes: 0, targets: [{ kind: 'user' as const, id: dba.id }] }]
  night = (await house.execute(createPolicy, house.admin, { slug: 'night', name: 'Night desk', steps })).id
})
afterAll(() => house.close())
afterEach(async () => {
  await house.platform.db.deleteFrom('alert_routes').execute()
})

type Routes = { items: { id: string; name: string; version: number }[] }
const add = (more: object = {}) =>
  house.api(house.admin, 'POST', '/alert-routes', {
    name: 'Oracle to the DBAs',
    condition: 'alert.host.startsWith("ora")',
    teamId: dbas,
    ...more,
  })
const order = async () => {
  const { body } = await house.api(house.responder, 'GET', '/alert-routes')
  return (body as Routes).items.map((r) => r.name)
}
let count = 0
/** An alert as a tool reports it, and the incident that it opened. */
const fire = async (more: object = {}) => {
  const dedup_key = `alert ${++count}`
  const sent = { title: 'Tablespace is full', severity: 'high', service: 'order-entry', dedup_key, ...more }
  expect((await house.send(sent)).status).toBe(202)
  await house.settle()
  // The next one is not of the same group.
  house.clock.step(house.clock.now().add({ minutes: 6 }))
  const alert = await house.platform.db
    .selectFrom('alerts as a')
    .leftJoin('tickets as t', 't.id', 'a.ticket_id')
    .select([
      'a.id',
      'a.team_id',
      'a.service_id',
      'a.route',
      'a.ticket_id',
      't.team_id as ticketTeam',
      't.priority',
      't.number',
    ])
    .select(['t.priority_reason as reason'])
    .where('a.dedup_key', '=', dedup_key)
    .executeTakeFirstOrThrow()
  return { ...alert, sentences: (alert.route as { sentences: string[] }).sentences }
}
/** By which escalation policies people were paged for an alert. */
const pagedBy = async (alert: { ticket_id: string | null }) => {
  const pages = await house.platform.db
    .selectFrom('pages')
    .select('policy')
    .where('subject', '=', `ticket:${alert.ticket_id}`)
    .execute()
  return pages.map((p) => (p.policy as { name: string }).name)
}

describe('a route', () => {
  it('sends what it is for to another team with another priority, says so, and leaves the rest alone', async () => {
    expect((await add({ priority: 2 })).status).toBe(201)
    const ours = await fire({ host: 'orapr7' })
    expect(ours).toMatchObject({ team_id: dbas, ticketTeam: dbas, service_id: house.orders, priority: 2 })
    expect(ours.sentences.join(' ')).toContain('The route "Oracle to the DBAs" holds: team DBAs, P2.')
    expect(ours.reason).toContain('the route "Oracle to the DBAs" says so')
    const other = await fire({ host: 'linux7' })
    expect(other).toMatchObject({ team_id: house.teamId, ticketTeam: house.teamId })
    expect(other.sentences.join(' ')).not.toContain('Oracle')
  })

  it('is tried in order, and a disabled one not at all', async () => {
    await add({ name: 'All to the DBAs', condition: 'true', priority: 4 })
    const { body: first } = await add({ name: 'High is P1', condition: 'alert.severity == "high"', priority: 1 })
    expect(await order()).toEqual(['All to the DBAs', 'High is P1'])
    expect((await fire()).priority).toBe(4)
    const [all] = ((await house.api(house.admin, 'GET', '/alert-routes')).body as Routes).items
    const moved = await house.api(house.admin, 'POST', `/alert-routes/${first.id}/move`, { before: all?.id })
    expect((moved.body as Routes).items.map((r) => r.name)).toEqual(['High is P1', 'All to the DBAs'])
    expect((await fire()).priority).toBe(1)
    await house.api(house.admin, 'PATCH', `/alert-routes/${first.id}`, { enabled: false })
    expect((await fire()).priority).toBe(4)
    expect((await house.api(house.admin, 'DELETE', `/alert-routes/${first.id}`)).status).toBe(200)
    expect(await order()).toEqual(['All to the DBAs'])
  })

  it('opens an incident or none, whatever the source is set to', async () => {
    await add({ name: 'Info of batch is worth a look', condition: 'alert.labels.kind == "batch"', opensIncident: true })
    await add({ name: 'Nobody for tests', condition: 'alert.title.like("*test*")', opensIncident: false, teamId: null })
    expect((await fire({ severity: 'info', labels: { kind: 'batch' } })).number).toMatch(/^INC/)
    expect((await fire({ severity: 'info' })).number).toBeNull()
    expect((await fire({ title: 'A TEST of the pager' })).number).toBeNull()
  })

  it('to another service goes to its owner', async () => {
    await add({ name: 'It is the wiki', condition: 'true', teamId: null, serviceId: house.wiki })
    const alert = await fire()
    expect(alert).toMatchObject({ service_id: house.wiki, team_id: house.teamId })
  })

  it('has people paged by the escalation policy that it names, and says so; the others as before', async () => {
    const { body: route } = await add({ name: 'Batch at night', teamId: null, policyId: night })
    expect(route.policy).toEqual({ id: night, name: 'Night desk' })
    const ours = await fire({ host: 'orapr7' })
    expect(ours).toMatchObject({ team_id: house.teamId, service_id: house.orders })
    expect(ours.sentences.join(' ')).toContain('The route "Batch at night" holds: escalation policy Night desk.')
    expect(await pagedBy(ours)).toEqual(['Night desk'])
    expect(await pagedBy(await fire({ host: 'linux7' }))).toEqual(['Markets'])
    await house.api(house.admin, 'PATCH', `/alert-routes/${route.id}`, { priority: 3, policyId: null })
    expect(await pagedBy(await fire({ host: 'orapr7' }))).toEqual(['Markets'])
  })

  it('to a team with a policy of its own goes by the one that the route names', async () => {
    const steps = [{ delayMinutes: 0, targets: [{ kind: 'team' as const, id: dbas }] }]
    await house.execute(createPolicy, house.admin, { slug: 'dbas', name: 'Databases', teamId: dbas, steps })
    const { body: route } = await add()
    expect(await pagedBy(await fire({ host: 'orapr7' }))).toEqual(['Databases'])
    await house.api(house.admin, 'PATCH', `/alert-routes/${route.id}`, { policyId: night })
    expect(await pagedBy(await fire({ host: 'orapr7' }))).toEqual(['Night desk'])
  })

  it('tells what is tried with a source by which policy people would be paged', async () => {
    await add({ condition: 'true', teamId: null, policyId: night })
    const { signals } = await house.execute(testSource, house.lead, {
      id: house.source.id,
      sample: 'Something is wrong',
    })
    expect(signals[0]?.route).toContain('The route "Oracle to the DBAs" holds: escalation policy Night desk.')
  })

  it('names its policy also for what a silence has held back meanwhile', async () => {
    await add({ teamId: null, policyId: night })
    const matchers = [{ field: 'host', op: 'is', value: 'orapr9' }]
    const endsAt = house.clock.now().add({ minutes: 30 }).toString()
    await house.api(house.admin, 'POST', '/silences', { matchers, endsAt, reason: 'Patching', teamId: null })
    const held = await fire({ host: 'orapr9' })
    expect(held.ticket_id).toBeNull()
    await house.later(30)
    const alert = await house.platform.db
      .selectFrom('alerts')
      .select('ticket_id')
      .where('id', '=', held.id)
      .executeTakeFirstOrThrow()
    expect(await pagedBy(alert)).toEqual(['Night desk'])
  })

  it.each([
    ['no condition', { condition: ' ' }, 'condition'],
    ['one that is not understood', { condition: 'alert.hots == "x"' }, 'condition'],
    ['one that may run for ever', { condition: 'alert.title.matches("(a+)+$")' }, 'condition'],
    ['nothing that it decides', { teamId: null }, 'teamId'],
    ['a team of nobody', { teamId: '00000000-0000-4000-8000-000000000000' }, 'teamId'],
    ['a policy that is not there', { policyId: '00000000-0000-4000-8000-000000000000' }, 'policyId'],
    ['another priority', { priority: 9 }, 'priority'],
    ['two lines as its name', { name: 'a\nb' }, 'name'],
  ])('is refused at its field: %s', async (_what, more, field) => {
    const { status, body } = await add(more)
    expect(status).toBe(422)
    expect(body.fields.map((f: { field: string }) => f.field)).toEqual([field])
    expect(await order()).toEqual([])
  })

  it('is an administrator’s to change', async () => {
    const { body } = await add()
    for (const who of [house.lead, house.responder])
      for (const [method, url] of [
        ['POST', '/alert-routes'],
        ['PATCH', `/alert-routes/${body.id}`],
        ['DELETE', `/alert-routes/${body.id}`],
      ] as const)
        expect((await house.api(who, method, url, { name: 'x', condition: 'true', teamId: dbas })).status).toBe(403)
  })
})

describe('the simulator', () => {
  const preview = (more: object = {}) =>
    house.api(house.responder, 'POST', '/alert-routes/preview', {
      condition: 'alert.host.startsWith("sim")',
      teamId: dbas,
      priority: 2,
      ...more,
    })

  it('shows what a route would have done with the newest alerts, and changes nothing', async () => {
    const alert = await fire({ host: 'sim01' })
    const { status, body } = await preview()
    expect(status).toBe(200)
    expect(body).toMatchObject({ matched: 1, notes: [] })
    expect(body.looked).toBeGreaterThan(1)
    expect(body.items).toEqual([
      {
        alert: expect.objectContaining({ id: alert.id, title: 'Tablespace is full', host: 'sim01', source: 'Nagios' }),
        takenBy: null,
        was: {
          service: { id: house.orders, name: 'Equities order entry' },
          team: { id: house.teamId, name: 'L2 markets' },
          environment: 'prod',
        },
        becomes: {
          service: { id: house.orders, name: 'Equities order entry' },
          team: { id: dbas, name: 'DBAs' },
          environment: 'prod',
        },
        priority: 2,
        policy: null,
        opensIncident: true,
      },
    ])
    const { body: other } = await preview({ policyId: night })
    expect(other.items).toMatchObject([{ policy: { id: night, name: 'Night desk' } }])
    expect(await order()).toEqual([])
  })

  it('agrees with what then happens, also for an alert that a route has moved already', async () => {
    const markets = await house.platform.db
      .selectFrom('teams')
      .select('slug')
      .where('id', '=', house.teamId)
      .executeTakeFirstOrThrow()
    const condition = `alert.host == "sim02" && team == "${markets.slug}"`
    const { body: route } = await add({ condition })
    const alert = await fire({ host: 'sim02' })
    expect(alert.team_id).toBe(dbas)
    const { body } = await preview({ id: route.id, condition })
    expect(body.items).toMatchObject([{ was: { team: { id: dbas } }, becomes: { team: { id: dbas } } }])
  })

  it('says which earlier route decides instead, and where a condition cannot be decided', async () => {
    await add({ name: 'All to the wiki', condition: 'true', teamId: null, serviceId: house.wiki })
    await fire({ host: 'sim03' })
    const { body } = await preview({ condition: 'alert.host == "sim03"' })
    expect(body.items).toMatchObject([{ takenBy: 'All to the wiki', becomes: { service: { id: house.wiki } } }])
    const unsure = await preview({ condition: 'alert.labels.nobody == "x"' })
    expect(unsure.body).toMatchObject({ matched: 0, notes: ['there is no "nobody"'] })
  })

  it('refuses a condition that cannot be one', async () => {
    const { status, body } = await preview({ condition: 'alert.title' })
    expect(status).toBe(422)
    expect(body.fields).toEqual([{ field: 'condition', problem: expect.stringContaining('must be true or false') }])
  })
})
