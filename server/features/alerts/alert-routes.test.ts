import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type AlertHouse, alertHouse } from '../../../test/harness/alerts.ts'
import { person, team } from '../../../test/harness/people.ts'

let house: AlertHouse
let dbas: string
beforeAll(async () => {
  house = await alertHouse()
  const dba = await person(house, 'Dora Diaz', 'responder')
  dbas = await team(house, 'DBAs', [[dba, 'responder']])
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
    .select(['a.id', 'a.team_id', 'a.service_id', 'a.route', 't.team_id as ticketTeam', 't.priority', 't.number'])
    .select(['t.priority_reason as reason'])
    .where('a.dedup_key', '=', dedup_key)
    .executeTakeFirstOrThrow()
  return { ...alert, sentences: (alert.route as { sentences: string[] }).sentences }
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

  it.each([
    ['no condition', { condition: ' ' }, 'condition'],
    ['one that is not understood', { condition: 'alert.hots == "x"' }, 'condition'],
    ['one that may run for ever', { condition: 'alert.title.matches("(a+)+$")' }, 'condition'],
    ['nothing that it decides', { teamId: null }, 'teamId'],
    ['a team of nobody', { teamId: '00000000-0000-4000-8000-000000000000' }, 'teamId'],
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
        opensIncident: true,
      },
    ])
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
