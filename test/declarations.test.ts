import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedPeople } from '../dev/seed/people.ts'
import { toolsFor } from '../dev/seed/tools.ts'
import { plan } from '../server/app.ts'
import { testHouse } from './harness/house.ts'
import { openScenario, type ScenarioWorld } from './harness/world.ts'

type Files = { name: string; text: string }[]
type Applied = {
  changes: { kind: string; name: string; act: string; line: number; fields: unknown[] }[]
  notes: { text: string }[]
}

let bank: ScenarioWorld
beforeAll(async () => {
  bank = await openScenario('2026-11-23T07:00:00Z')
})
afterAll(() => bank.close())

const exported = async (kind = '') =>
  (await bank.api<{ files: Files }>('GET', `/declarations${kind && `?kind=${kind}`}`)).files
const apply = (text: string, more: object = {}) =>
  bank.api<Applied>('POST', '/declarations', { files: [{ name: 'bank.yaml', text }], ...more })
const acts = ({ changes }: Applied) =>
  changes.filter((c) => c.act !== 'none').map((c) => `${c.act} ${c.kind} ${c.name}`)

describe('what is kept, as files', () => {
  it('says nothing new when it is applied as it was written out', async () => {
    const { items: policies } = await bank.api<{ items: { id: string }[] }>('GET', '/escalation-policies')
    const condition = 'alert.host.startsWith("ora")'
    await bank.api('POST', '/alert-routes', { name: 'Oracle', condition, priority: 2, policyId: policies[0]?.id })
    await bank.api('POST', '/macros', { name: 'Take it', teamId: null, acts: [{ act: 'take' }, { act: 'resume' }] })
    await bank.api('POST', '/monitors', {
      kind: 'http',
      name: 'Order gateway',
      config: { address: 'http://127.0.0.1:1/health', timeoutSeconds: 2 },
      intervalSeconds: 10,
    })
    await bank.api('POST', '/jobs', {
      name: 'EOD prices',
      schedule: { kind: 'oncalendar', expression: 'Mon..Fri 22:00\nSat 09:00', zone: 'Europe/London' },
      maxRunSeconds: 7_200,
    })
    const files = await exported()
    expect(files.map((f) => f.name)).toEqual(
      expect.arrayContaining([
        'team.yaml',
        'calendar.yaml',
        'service.yaml',
        'schedule.yaml',
        'escalation-policy.yaml',
        'sla-policy.yaml',
        'macro.yaml',
        'monitor.yaml',
        'job.yaml',
        'alert-route.yaml',
        'request-type.yaml',
      ]),
    )
    const answer = await bank.api<Applied>('POST', '/declarations', { files })
    expect(answer.changes.filter((c) => c.act !== 'none')).toEqual([])
    expect(answer.changes.length).toBeGreaterThan(40)
  })

  it('makes the same house of an empty one that has the people', async () => {
    const files = await exported()
    const other = await testHouse(plan, {
      start: '2026-11-23T07:00:00Z',
      env: { ADMIN_API_KEY: 'other-key-0123456789abcdefghijkl' },
    })
    await seedPeople(toolsFor(other.platform, other.platform.clock.now()), {})
    const call = async (method: 'GET' | 'POST', payload?: object) =>
      (
        await other.http.inject({
          method,
          url: '/api/declarations',
          headers: { authorization: 'Bearer other-key-0123456789abcdefghijkl' },
          ...(payload ? { payload } : {}),
        })
      ).json()
    await call('POST', { files })
    expect((await call('GET')).files).toEqual(files)
    await other.close()
  })
})

describe('what is applied', () => {
  it('is shown first, then done, then done already', async () => {
    const text = `kind: service
slug: blotter
name: Blotter
use: business
ownerTeam: new-team
dependsOn: [price-bridge]
cutOffs:
  - {name: Open, atTime: '08:00', zone: Europe/London, days: [5, 1]}
---
kind: team
slug: new-team
name: New team
line: l3
---
kind: service
slug: price-bridge
`
    const wanted = ['create team new-team', 'create service blotter', 'create service price-bridge']
    const shown = await apply(text, { dryRun: true })
    expect(acts(shown)).toEqual(wanted)
    expect(shown.changes.find((c) => c.name === 'price-bridge')?.line).toBe(15)
    expect(await exported('service').then((f) => f[0]?.text)).not.toContain('blotter')
    expect(acts(await apply(text))).toEqual(wanted)
    expect(acts(await apply(text))).toEqual([])
    const changed = await apply('kind: service\nslug: blotter\ntier: 1\ndependsOn: []\n')
    expect(changed.changes).toEqual([
      expect.objectContaining({
        act: 'change',
        fields: [
          { field: 'tier', before: 3, after: 1 },
          { field: 'dependsOn', before: ['price-bridge'], after: [] },
        ],
      }),
    ])
    expect((await exported('service'))[0]?.text).toContain('name: Blotter')
  })

  it('is refused whole, with the file and the line of each mistake', async () => {
    const before = await exported()
    const refused = await apply(`kind: team
slug: good-team
---
kind: service
slug: orders
tier: 9
colour: red
---
kind: serivce
slug: typo
---
- a list
---
kind: service
slug: good-team
ownerTeam: [
`).catch((e: Error) => e.message)
    for (const problem of [
      'bank.yaml:6 service tier',
      'bank.yaml:7 service colour',
      'bank.yaml:9 kind',
      'bank.yaml:12',
      'bank.yaml:17',
    ])
      expect(refused).toContain(problem)
    const late = await apply(`kind: team
slug: good-team
---
kind: host
name: ldn-1
team: nobody
---
kind: escalation-policy
slug: ghosts
steps:
  - delayMinutes: 0
    targets:
      - user: nobody@example.com
`).catch((e: Error) => e.message)
    expect(late).toContain('bank.yaml:6 host ldn-1 team')
    expect(late).toContain('there is no team nobody')
    expect(late).toContain('bank.yaml:13 escalation-policy ghosts')
    expect(await exported()).toEqual(before)
  })

  it('has SLA policies, for services by their slugs', async () => {
    const hour = { firstResponse: 15, update: null, resolution: 60, clock: 'always' }
    const targets = Object.fromEntries(['P1', 'P2', 'P3', 'P4', 'P5'].map((p) => [p, hour]))
    const gold = `kind: sla-policy
name: Gold
services: [equities-order-entry]
environments: [prod]
targets: ${JSON.stringify(targets)}
warnPercent: 50
`
    expect(acts(await apply(gold))).toEqual(['create sla-policy Gold'])
    expect(acts(await apply(gold))).toEqual([])
    expect(acts(await apply('kind: sla-policy\nname: Gold\npriorities: [1, 2]\n'))).toEqual(['change sla-policy Gold'])
    const [file] = await exported('sla-policy')
    expect(file?.text).toContain('name: Gold')
    expect(file?.text).toMatch(/services:\n\s+- equities-order-entry/)
    expect(file?.text).toMatch(/environments:\n\s+- prod\npriorities:\n\s+- 1\n\s+- 2/)
    for (const [wrong, says] of [
      ['kind: sla-policy\nname: Silver\nservices: [nowhere]\n', 'there is no service nowhere'],
      ['kind: sla-policy\nname: Silver\n', 'must say how soon'],
    ] as const)
      await expect(apply(wrong)).rejects.toThrow(says)
  })

  it('has macros, for people by their addresses and teams by their slugs', async () => {
    const lookAgain = `kind: macro
name: Look again tomorrow
team: dba
acts:
  - {act: take}
  - {act: move, team: systems}
  - {act: assign, user: ${bank.mailOf('ines')}}
  - {act: reply, body: "Hello {{requester.firstName}}, we look again tomorrow."}
  - {act: pend, reason: user, minutes: 60}
`
    expect(acts(await apply(lookAgain))).toEqual(['create macro Look again tomorrow'])
    expect(acts(await apply(lookAgain))).toEqual([])
    const { items } = await bank.api<{ items: { name: string; team: object; sentences: string[] }[] }>('GET', '/macros')
    const made = items.find((m) => m.name === 'Look again tomorrow')
    expect(made).toMatchObject({ team: { name: 'DBA' }, sentences: { length: 5 } })
    const [file] = await exported('macro')
    expect(acts(await apply(file?.text ?? ''))).toEqual([])
    expect(file?.text).toContain(`user: ${bank.mailOf('ines')}`)
    expect(acts(await apply('kind: macro\nname: Look again tomorrow\nacts: [{act: take}]\n'))).toEqual([
      'change macro Look again tomorrow',
    ])
    for (const [wrong, says] of [
      ['name: Look again tomorrow\nteam: null\n', 'it is of the team dba, and stays so'],
      ['name: New\n', 'must have at least one act'],
      ['name: New\nacts: []\n', 'must have at least one act'],
      ['name: New\nacts: [{act: dance}]\n', 'acts.0.act'],
      ['name: New\nacts: [{act: take, user: x@example.com}]\n', 'acts.0'],
      ['name: New\nacts: [{act: move, team: nowhere}]\n', 'there is no team nowhere'],
      ['name: New\nacts: [{act: assign, user: nobody@example.com}]\n', 'there is no user nobody@example.com'],
      ['name: New\nacts: [{act: reply, body: "{{requester.age}}"}]\n', 'does not exist'],
      ['name: New\nacts: [{act: pend, reason: scheduled}]\n', 'must say for how long'],
    ] as const)
      await expect(apply(`kind: macro\n${wrong}`)).rejects.toThrow(says)
  })

  it('reads no more of a bomb than a little, and no tag that would run', async () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c]\n`
    await expect(apply(bomb)).rejects.toThrow(/cannot be read as YAML/)
    await expect(apply('kind: !!js/function "x"\n')).rejects.toThrow(/bank.yaml:1/)
  })

  it('reads the catalogue of Backstage', async () => {
    const answer = await apply(`apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: Curve_Builder, title: Curves of the rates desk, description: Values books}
spec: {type: service, lifecycle: production, owner: group:default/risk-team, dependsOn: ['component:default/curve-store', 'resource:s3', 'user:jane']}
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: {name: s3}
spec: {type: bucket, owner: risk-team}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: curve-store}
spec: {type: service, lifecycle: production, owner: risk-team}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: risk-team, title: Risk team}
spec: {type: team, children: []}
---
apiVersion: backstage.io/v1alpha1
kind: Location
metadata: {name: all}
spec: {targets: []}
`)
    expect(acts(answer)).toEqual([
      'create team risk-team',
      'create service curve-builder',
      'create service s3',
      'create service curve-store',
    ])
    expect(answer.notes.map((n) => n.text)).toEqual([
      'Backstage Component Curve_Builder: it depends on user:jane, which is no service here and is left out.',
      'Backstage Location all is left out: nothing here is like a Location.',
    ])
  })
})
