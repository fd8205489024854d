import { sql } from 'kysely'
import { verificationCode } from '../../../server/features/notify/code.ts'
import type { Browser } from '../identity.ts'
import type { ScenarioWorld } from '../world.ts'

/** One more of each kind of thing at each call, by the API, in the state that is asked for; each answers its id. */
export type Things = Awaited<ReturnType<typeof openThings>>

type Made = { id: string }

export const openThings = async (bank: ScenarioWorld) => {
  const { api, house, world } = bank
  const { db } = house.platform
  let counter = 0
  const fresh = (word: string) => `${word}-${++counter}`
  // Each of a host of its own: two of one scheduler could not be told apart.
  const airflow = () => ({
    kind: 'airflow',
    name: fresh('Airflow'),
    host: fresh('host'),
    config: { url: bank.server.url, token: 'unused' },
    intervalSeconds: 3_600,
  })
  const later = (minutes: number) => house.clock.now().add({ minutes }).toString()
  const post = async (path: string, body: object = {}) => (await api<Made>('POST', path, body)).id
  const tool = await api<Made & { key: string }>('POST', '/sources', {
    kind: 'generic',
    name: 'Tool',
    perSecond: 9_000,
  })

  const send = (body: unknown, key = tool.key) =>
    house.http.inject({
      method: 'POST',
      url: '/intake/generic',
      headers: { authorization: `Bearer ${key}` },
      payload: typeof body === 'string' ? body : JSON.stringify(body),
    })

  /** There may be few at once: those before it have ended. */
  const roomToAnnounce = () => db.updateTable('announcements').set({ ended_at: house.clock.now() }).execute()
  const announcement = async () => {
    await roomToAnnounce()
    return post('/announcements', { title: fresh('The vendor patches tonight') })
  }

  const ticket = async (more: object = {}) => {
    const made = await api<{ ticket: Made }>('POST', '/tickets', {
      title: fresh('Orders are slow'),
      environment: 'uat',
      impact: 'low',
      urgency: 'low',
      ...more,
    })
    return made.ticket.id
  }
  const slaTarget = { firstResponse: 60, update: 60, resolution: 600, clock: 'always' }
  const slaTargets = { P1: slaTarget, P2: slaTarget, P3: slaTarget, P4: slaTarget, P5: slaTarget }
  const weekly = [{ day: 1, from: '08:00', to: '18:00' }]
  const service = () =>
    post('/services', {
      slug: fresh('service'),
      name: fresh('Service'),
      kind: 'technical',
      ownerTeamId: world.teams.markets,
    })
  const team = () => post('/teams', { name: fresh('Team'), kind: 'l2' })
  const layers = () => [
    { name: 'Week', kind: 'weekly', every: 1, startsAt: '2026-11-23T07:00', participants: [world.people.priya] },
  ]
  const steps = () => [{ delayMinutes: 0, targets: [{ kind: 'user', id: world.people.priya }] }]

  const runbook = async () => {
    const id = await post('/knowledge', {
      kind: 'runbook',
      title: fresh('Runbook'),
      steps: [{ id: 'one', kind: 'do', title: 'Do it' }],
    })
    await api('POST', `/knowledge/${id}/publication`)
    return id
  }
  const requestTypeBody = () => ({
    name: fresh('Type'),
    category: 'Access',
    teamId: world.teams.systems,
    form: { properties: { what: { type: 'string', title: 'What' } }, required: ['what'] },
    checklist: [{ title: 'Give it' }],
  })
  const requestType = (more: object = {}) =>
    post('/request-types', { ...requestTypeBody(), slug: fresh('type'), ...more })
  const ask = (typeId: string) =>
    api<{ request: Made & { steps: Made[]; approvals: Made[] } }>('POST', '/requests', {
      typeId,
      answers: { what: 'Repo blotter' },
    })
  /** One that the administrator is asked for. */
  const approval = async () => {
    const by = { kind: 'people', userIds: [world.people.marta] }
    const { request } = await ask(await requestType({ approvals: [{ by }] }))
    return request.approvals[0]?.id ?? ''
  }

  return {
    bank,
    send,
    tool,
    fresh,
    later,
    layers,
    steps,
    weekly,
    team,
    ticket,
    service,
    runbook,
    knowledge: () => post('/knowledge', { kind: 'article', title: fresh('How to'), body: 'So' }),
    /** A runbook that is followed on a ticket. */
    followed: async () => {
      const [id, itemId] = [await ticket(), await runbook()]
      await api('POST', `/tickets/${id}/knowledge`, { itemId })
      return { id, itemId }
    },
    serviceChange: async () => {
      const id = await service()
      return { id, changeId: await post(`/services/${id}/changes`, { title: fresh('Release') }) }
    },
    ticketIn: async (...acts: [string, string, object?][]) => {
      const id = await ticket()
      for (const [method, path, body] of acts) await api(method as 'POST', `/tickets/${id}/${path}`, body ?? {})
      return id
    },
    /** A file that this person has sent. */
    attachment: async (who: Browser) =>
      (await who.request('POST', '/api/attachments?name=a.txt', 'some words', { 'content-type': 'text/plain' })).json()
        .id as string,
    disturbance: () =>
      ticket({
        environment: 'prod',
        impact: 'high',
        urgency: 'high',
        serviceId: world.services.orderEntry,
        via: 'phone',
      }),
    macro: () => post('/macros', { teamId: null, name: fresh('Macro'), acts: [{ act: 'change', impact: 'high' }] }),
    cannedReply: () => post('/canned-replies', { teamId: null, name: fresh('Reply'), body: 'Hello' }),
    alert: async () => {
      const key = fresh('alert')
      const answer = await send({ title: `Disk of ${key}`, dedup_key: key, severity: 'info', environment: 'dev' })
      if (answer.statusCode !== 202) throw new Error(answer.body)
      await house.settle()
      return (await db.selectFrom('alerts').select('id').where('dedup_key', '=', key).executeTakeFirstOrThrow()).id
    },
    maintenance: () =>
      post('/maintenance-windows', {
        name: fresh('Patching'),
        hosts: [fresh('host')],
        startsAt: later(60),
        endsAt: later(120),
        reason: 'Patches',
      }),
    silence: () =>
      post('/silences', {
        matchers: [{ field: 'key', op: 'is', value: fresh('key') }],
        endsAt: later(60),
        reason: 'Known',
      }),
    alertRoute: () => post('/alert-routes', { name: fresh('Route'), condition: 'alert.host == "nobody"', priority: 3 }),
    source: () => post('/sources', { kind: 'generic', name: fresh('Source') }),
    unreadSample: async () => {
      const own = await api<Made & { key: string }>('POST', '/sources', { kind: 'generic', name: fresh('Source') })
      await send('{"title": "Disk fu', own.key)
      // As if a reader had been mended that could not read it.
      await sql`update journal set body = ${Buffer.from('{"title": "Disk full"}')} where source_id = ${own.id}`.execute(
        db,
      )
      const { items } = await api<{ items: Made[] }>('GET', `/sources/${own.id}/samples`)
      return { id: own.id, sampleId: items[0]?.id ?? '' }
    },
    sourceWithKeys: async () => {
      const id = await post('/sources', { kind: 'generic', name: fresh('Source') })
      const { keys } = await api<{ keys: Made[] }>('POST', `/sources/${id}/keys`)
      return { id, keyId: keys[0]?.id ?? '' }
    },
    calendar: () => post('/calendars', { slug: fresh('cal'), name: fresh('Calendar'), zone: 'UTC', weekly }),
    followingCalendar: async () => {
      const id = await post('/calendars', { slug: fresh('cal'), name: fresh('Calendar'), zone: 'UTC', weekly })
      await api('PUT', `/calendars/${id}/holiday-feed`, { url: 'https://feeds.example.com/holidays.ics' })
      return id
    },
    cutOff: async () => {
      const id = await service()
      await api('POST', `/services/${id}/cut-offs`, { name: 'Open', atTime: '08:00', zone: 'Europe/London' })
      const row = await db.selectFrom('cut_offs').select('id').where('service_id', '=', id).executeTakeFirstOrThrow()
      return { id, cutOffId: row.id }
    },
    dependencyOf: async () => {
      const id = await service()
      await api('POST', `/services/${id}/dependencies`, { hostId: world.hosts.mdgw01 })
      const row = await db
        .selectFrom('dependencies')
        .select('id')
        .where('service_id', '=', id)
        .executeTakeFirstOrThrow()
      return { id, dependencyId: row.id }
    },
    host: () => post('/hosts', { name: fresh('host') }),
    unit: () => post('/business-units', { slug: fresh('unit'), name: fresh('Unit') }),
    user: () =>
      post('/users', { name: fresh('Person'), email: `${fresh('person')}@harbour-bank.example`, role: 'responder' }),
    key: () => post('/keys', { name: fresh('key'), scopes: ['ticket.read'] }),
    keyWithSecrets: async () => {
      const id = await post('/keys', { name: fresh('key'), scopes: ['ticket.read'] })
      await api('POST', `/keys/${id}/secrets`, {})
      const { secrets } = await api<{ secrets: Made[] }>('GET', `/keys/${id}`)
      return { id, secretId: secrets[0]?.id ?? '' }
    },
    monitor: () =>
      post('/monitors', {
        kind: 'http',
        name: fresh('Monitor'),
        config: { address: bank.server.url },
        teamId: world.teams.markets,
        environment: 'dev',
        intervalSeconds: 3_600,
      }),
    job: () =>
      post('/jobs', {
        name: fresh('Job'),
        schedule: { kind: 'cron', expression: '0 22 * * *', zone: 'UTC' },
        teamId: world.teams.markets,
        environment: 'dev',
      }),
    airflow,
    scheduler: () => post('/schedulers', airflow()),
    schedule: () =>
      post('/schedules', {
        slug: fresh('schedule'),
        name: fresh('Schedule'),
        teamId: world.teams.markets,
        zone: 'Europe/London',
        layers: layers(),
      }),
    override: async () => {
      const body = { from: later(60), to: later(120), addUserId: world.people.sam, reason: 'Swap' }
      await api('POST', `/schedules/${world.schedules.markets}/overrides`, body)
      const row = await db.selectFrom('overrides').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow()
      return row.id
    },
    policy: () =>
      post('/escalation-policies', {
        slug: fresh('policy'),
        name: fresh('Policy'),
        teamId: world.teams.markets,
        steps: steps(),
      }),
    announcement,
    roomToAnnounce,
    page: async () => {
      const id = await ticket({
        kind: 'incident',
        environment: 'prod',
        impact: 'high',
        urgency: 'high',
        serviceId: world.services.orderEntry,
        page: true,
      })
      await house.settle()
      const row = await db
        .selectFrom('pages')
        .select('id')
        .where('subject', '=', `ticket:${id}`)
        .executeTakeFirstOrThrow()
      return row.id
    },
    slaTargets,
    slaPolicy: () => post('/sla-policies', { name: fresh('SLA'), targets: slaTargets }),
    /** As it is, but for one cell: each time another one. */
    otherMatrix: async () => {
      const { matrix } = await api<{ matrix: { low: { low: number } } }>('GET', '/priority-matrix')
      const other = matrix.low.low === 5 ? 4 : 5
      return { ...matrix, low: { ...matrix.low, low: other } }
    },
    requestTypeBody,
    requestType,
    requestStep: async () => {
      const { request } = await ask(await requestType())
      return { id: request.id, stepId: request.steps[0]?.id ?? '' }
    },
    approval,
    refusedRequest: async () => {
      const { request_id } = await db
        .selectFrom('request_approvals')
        .select('request_id')
        .where('id', '=', await approval())
        .executeTakeFirstOrThrow()
      // As if its time had run out.
      await sql`update request_approvals set state = 'expired' where request_id = ${request_id}`.execute(db)
      await sql`update requests set state = 'expired' where id = ${request_id}`.execute(db)
      return request_id
    },
    /** The code that was sent to a contact method. */
    codeOf: async (methodId: string) => {
      const row = await db
        .selectFrom('contact_verifications')
        .select('nonce')
        .where('method_id', '=', methodId)
        .executeTakeFirstOrThrow()
      return verificationCode(house.platform.crypto, row.nonce)
    },
  }
}
