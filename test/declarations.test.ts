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
    await bank.api('POST', '/canned-replies', {
      name: 'We look',
      teamId: null,
      body: 'We look into {{ticket.number}}.',
    })
    await bank.api('POST', '/sources', { kind: 'alertmanager', name: 'Prometheus', perSecond: 900, expiresMinutes: 60 })
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
        'business-unit.yaml',
        'host.yaml',
        'service.yaml',
        'schedule.yaml',
        'escalation-policy.yaml',
        'sla-policy.yaml',
        'priority-matrix.yaml',
        'macro.yaml',
        'canned-reply.yaml',
        'alert-source.yaml',
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
    expect(acts(await apply(lookAgain))).toEqual(['create macro Look again tomorrow (dba)'])
    expect(acts(await apply(lookAgain))).toEqual([])
    const { items } = await bank.api<{ items: { name: string; team: object; sentences: string[] }[] }>('GET', '/macros')
    const made = items.find((m) => m.name === 'Look again tomorrow')
    expect(made).toMatchObject({ team: { name: 'DBA' }, sentences: { length: 5 } })
    const [file] = await exported('macro')
    expect(acts(await apply(file?.text ?? ''))).toEqual([])
    expect(file?.text).toContain(`user: ${bank.mailOf('ines')}`)
    expect(acts(await apply('kind: macro\nname: Look again tomorrow\nteam: dba\nacts: [{act: take}]\n'))).toEqual([
      'change macro Look again tomorrow (dba)',
    ])
    for (const [wrong, says] of [
      ['name: Look again tomorrow\nteam: null\n', 'must have at least one act'],
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

  it('has macros and canned replies of the same name in two teams and for all', async () => {
    const three = (kind: string, what: string) =>
      ['team: dba\n', 'team: systems\n', ''].map((team) => `kind: ${kind}\nname: Same\n${team}${what}\n`).join('---\n')
    for (const [kind, what, other] of [
      ['macro', 'acts: [{act: take}]', 'acts: [{act: watch}]'],
      ['canned-reply', 'body: One', 'body: Two'],
    ] as const) {
      const made = [`create ${kind} Same (dba)`, `create ${kind} Same (systems)`, `create ${kind} Same`]
      expect(acts(await apply(three(kind, what)))).toEqual(made)
      const [file] = await exported(kind)
      expect(acts(await apply(file?.text ?? ''))).toEqual([])
      const dba = `kind: ${kind}\nname: Same\nteam: dba\n`
      expect(acts(await apply(`${dba}${other}\n`))).toEqual([`change ${kind} Same (dba)`])
      const text = (await exported(kind))[0]?.text ?? ''
      expect(text.split('---\n').filter((one) => /name: Same[\s\S]*(watch|Two)/.test(one))).toHaveLength(1)
      await expect(apply(`${dba}---\n${dba}`)).rejects.toThrow(
        `bank.yaml:5 ${kind} Same (dba): stands in bank.yaml:1 as well`,
      )
    }
    await expect(apply('kind: canned-reply\nname: New\n')).rejects.toThrow('body: must be given')
    await expect(apply('kind: canned-reply\nname: New\nbody: "{{requester.age}}"\n')).rejects.toThrow(
      'bank.yaml:3 canned-reply body: has the field {{requester.age}}',
    )
  })

  it('has the priority matrix, of which there is one', async () => {
    const pressing = 'kind: priority-matrix\nhigh: {high: 1, medium: 1, low: 2}\n'
    expect(acts(await apply(pressing, { dryRun: true }))).toEqual(['change priority-matrix '])
    const [change] = (await apply(pressing)).changes
    expect(change).toMatchObject({ act: 'change', fields: [{ field: 'high', after: { high: 1, medium: 1, low: 2 } }] })
    expect(acts(await apply(pressing))).toEqual([])
    expect(await bank.api('GET', '/priority-matrix')).toMatchObject({
      matrix: { high: { high: 1, medium: 1, low: 2 }, low: { high: 3, medium: 4, low: 5 } },
    })
    await expect(apply('kind: priority-matrix\nlow:\n  high: 3\n  medium: 2\n  low: 5\n')).rejects.toThrow(
      'bank.yaml:4 priority-matrix low.medium: must not be more pressing than with more impact',
    )
    await expect(apply(`${pressing}---\n${pressing}`)).rejects.toThrow('bank.yaml:4 priority-matrix: stands in')
    await expect(apply('kind: priority-matrix\nhigh: {high: 1}\n')).rejects.toThrow('priority-matrix high.medium')
  })

  it('has sources of alerts, without their keys', async () => {
    const grafana = `kind: alert-source
slug: grafana
name: Grafana
tool: generic
team: dba
service: equities-order-entry
expiresMinutes: 30
`
    expect(acts(await apply(grafana))).toEqual(['create alert-source grafana'])
    expect(acts(await apply(grafana))).toEqual([])
    const { items } = await bank.api<{ items: { id: string; slug: string }[] }>('GET', '/sources')
    const path = `/sources/${items.find((s) => s.slug === 'grafana')?.id}`
    expect(await bank.api('GET', path)).toMatchObject({ keys: [], kind: 'generic', team: { name: 'DBA' } })
    const { key } = await bank.api<{ key: string }>('POST', `${path}/keys`)
    const [file] = await exported('alert-source')
    expect(file?.text).toContain('slug: grafana')
    expect(file?.text).not.toContain(key.slice(-4))
    const off = 'kind: alert-source\nslug: grafana\nservice: null\nenabled: false\n'
    expect(acts(await apply(off))).toEqual(['change alert-source grafana'])
    expect(await bank.api('GET', path)).toMatchObject({ enabled: false, service: null, keys: [{ revokedAt: null }] })
    expect(acts(await apply('kind: alert-source\nslug: quiet\ntool: generic\nenabled: false\n'))).toHaveLength(1)
    expect(acts(await apply('kind: alert-source\nslug: quiet\nenabled: false\n'))).toEqual([])
    for (const [wrong, says] of [
      ['slug: grafana\ntool: alertmanager\n', 'bank.yaml:3 alert-source grafana tool: grafana is a source of the kind'],
      ['slug: new\n', 'tool: must be given'],
      ['slug: new\ntool: pigeon\n', 'bank.yaml:3 alert-source new tool: there is no source'],
      ['slug: new\ntool: monitors\n', 'bank.yaml:3 alert-source new tool: there is no source'],
      ['slug: new\ntool: generic\nservice: nowhere\n', 'bank.yaml:4 alert-source new service: there is no service'],
      ['slug: new\ntool: generic\nkey: abc\n', 'bank.yaml:4 alert-source key'],
    ] as const)
      await expect(apply(`kind: alert-source\n${wrong}`)).rejects.toThrow(says)
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
