import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openScenario, type ScenarioWorld } from '../harness/world.ts'

/**
 * A tool that could send to PagerDuty sends here. Thursday, 07:00 in London: Priya is on call for the markets, Jonas or
 * Ines for the databases.
 */

const key = 'scenario-key-0123456789abcdefghi'

let bank: ScenarioWorld
beforeEach(async () => {
  bank = await openScenario('2026-11-26T07:00:00Z', { ROLES: 'web' })
})
afterEach(() => bank.close())

type Event = { action?: string; dedup: string; summary?: string; host?: string; at?: string; details?: object }
const say = async ({
  action = 'trigger',
  dedup,
  summary = 'Tablespace is full',
  host = 'sched01',
  at,
  details,
}: Event) => {
  const answer = await bank.house.http.inject({
    method: 'POST',
    url: '/v2/enqueue',
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify({
      routing_key: key,
      event_action: action,
      dedup_key: dedup,
      ...(action === 'trigger'
        ? { payload: { summary, source: host, severity: 'error', timestamp: at, custom_details: details } }
        : {}),
    }),
  })
  expect(answer.json()).toEqual({ status: 'success', message: 'Event processed', dedup_key: dedup })
}
type Alert = {
  id: string
  title: string
  status: string
  occurrences: number
  team: { name: string } | null
  ticket: { number: string } | null
  held: { kind: string; reason: string } | null
}
const alerts = async (view = 'all') =>
  (await bank.api<{ items: Alert[] }>('GET', `/alerts?view=${view}&limit=200`)).items
const tickets = async () =>
  (
    await bank.api<{ items: { number: string; priority: number; state: string; team: { name: string } | null }[] }>(
      'GET',
      '/tickets?view=recent',
    )
  ).items
const orders = { service: 'equities-order-entry' }

describe('a tool speaks', () => {
  it('five hundred events with twenty keys make twenty alerts with right counts, and one incident', async () => {
    for (let i = 0; i < 500; i++) await say({ dedup: `key ${i % 20}`, details: orders })
    await bank.advance({ seconds: 30 })
    const all = await alerts()
    expect(all).toHaveLength(20)
    expect(all.map((a) => a.occurrences)).toEqual(Array.from({ length: 20 }, () => 25))
    expect(new Set(all.map((a) => a.ticket?.number))).toEqual(new Set(['INC-1']))
    expect(await tickets()).toHaveLength(1)
    await bank.mail.expectMail({ to: bank.mailOf('priya'), subject: /INC-1/ })
    bank.mail.expectNothingElse()
  })

  it('a route sends one to the DBAs as P2, as the simulator showed before, and their people are paged', async () => {
    await bank.api('POST', '/escalation-policies', {
      name: 'Databases',
      slug: 'databases',
      teamId: bank.world.teams.dba,
      steps: [{ delayMinutes: 0, targets: [{ kind: 'schedule', id: bank.world.schedules.dba }] }],
    })
    await say({ dedup: 'before', details: orders, summary: 'ORA-01555 snapshot too old' })
    await bank.advance({ seconds: 10 })
    await bank.mail.expectMail({ to: bank.mailOf('priya'), subject: /INC-1/ })
    await say({ dedup: 'before', action: 'resolve' })
    await bank.advance({ minutes: 10 })
    await bank.mail.expectMail({ to: bank.mailOf('priya'), subject: /Resolved: INC-1/ })

    const route = { condition: 'alert.title.startsWith("ORA-")', teamId: bank.world.teams.dba, priority: 2 }
    const shown = await bank.api<{ items: unknown[] }>('POST', '/alert-routes/preview', route)
    expect(shown.items).toMatchObject([
      {
        was: { team: { name: 'L2 Markets support' } },
        becomes: { team: { name: 'DBA' } },
        priority: 2,
        opensIncident: true,
      },
    ])
    await bank.api('POST', '/alert-routes', { name: 'Oracle', ...route })
    await say({ dedup: 'after', details: orders, summary: 'ORA-00060 deadlock detected' })
    await bank.advance({ seconds: 10 })
    expect((await tickets())[0]).toMatchObject({ number: 'INC-2', priority: 2, team: { name: 'DBA' } })
    const mail = await bank.mail.expectMail({ subject: /P2: INC-2 ORA-00060/ })
    expect([bank.mailOf('jonas'), bank.mailOf('ines')]).toContain(mail.to[0])
    bank.mail.expectNothingElse()
  })

  it('a silence holds back the page and says so; a resolve is not held back', async () => {
    await bank.api('POST', '/silences', {
      matchers: [{ field: 'title', op: 'like', value: 'tablespace*' }],
      endsAt: '2026-11-26T09:00:00Z',
      reason: 'The disk is being added',
    })
    await say({ dedup: 'full', details: orders })
    await bank.advance({ minutes: 30 })
    expect(await alerts()).toMatchObject([
      { status: 'firing', ticket: null, held: { kind: 'silence', reason: 'The disk is being added' } },
    ])
    await say({ dedup: 'full', action: 'resolve' })
    await bank.advance({ minutes: 1 })
    expect(await alerts()).toMatchObject([{ status: 'resolved' }])
    bank.mail.expectNothingElse()
  })
})
