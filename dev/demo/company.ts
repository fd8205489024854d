import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import type { policyStep } from '../../contract/oncall/policy.ts'
import { createMaintenance } from '../../server/features/alerts/create-maintenance.ts'
import { createSource } from '../../server/features/alerts/create-source.ts'
import { createMacro } from '../../server/features/desk/macros/manage.ts'
import { createReply } from '../../server/features/desk/macros/manage-replies.ts'
import { changePolicy } from '../../server/features/oncall/policies.ts'
import { applyDeclarations } from '../../server/platform/declare/apply.ts'
import type { Platform } from '../../server/platform/platform.ts'
import { seed, type World } from '../seed/index.ts'
import type { Passwords } from '../seed/people.ts'
import { toolsFor } from '../seed/tools.ts'
import { addKnowledge } from './knowledge.ts'
import { addMarkets } from './markets.ts'
import { addJoiners, password, seatJoiners, signIns } from './people.ts'

const folder = join(import.meta.dirname, 'company')
/** Where the files say that the targets listen. */
const writtenPorts = { http: 9284, tcp: 9285 }

/** Between two looks, and two steps, in seconds. */
const LONGEST = 86_400

export type Ports = { http: number; tcp: number }
export type Company = {
  world: World
  /** Everybody by a short name. */
  people: Record<string, string>
  /** By slug. */
  services: ReadonlyMap<string, string>
  /** Keys for intake by the slug of the source. */
  keys: Record<string, string>
}

/**
 * The files of the company as they are applied: the ports of the targets are those of this start, and when time runs
 * faster, monitors look as often as ever by the clock on the wall, for their targets answer by that.
 */
export const companyFiles = (ports: Ports, speed = 1) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({
      name,
      text: readFileSync(join(folder, name), 'utf8')
        .replaceAll(`127.0.0.1:${writtenPorts.http}`, `127.0.0.1:${ports.http}`)
        .replaceAll(`port: ${writtenPorts.tcp}`, `port: ${ports.tcp}`)
        .replace(
          /intervalSeconds: (\d+)/g,
          (_, n: string) => `intervalSeconds: ${Math.min(LONGEST, Number(n) * speed)}`,
        ),
    }))

/** The cast of the tests, grown to a firm: what can be declared is applied from files, the rest goes through verbs. */
export const makeCompany = async (platform: Platform, ports: Ports, speed: number): Promise<Company> => {
  const tools = toolsFor(platform, platform.clock.now())
  const passwords: Passwords = Object.fromEntries(signIns.map(({ key }) => [key, password]))
  const world = await seed(platform, { passwords })
  const people = await addJoiners(tools, world)
  await tools.run(applyDeclarations, { files: companyFiles(ports, speed) })
  if (speed > 1) await giveTime(platform, tools, speed)
  const units = await bySlug(platform, 'business_units')
  const services = await bySlug(platform, 'services')
  await seatJoiners(tools, people, units)
  await addKnowledge(tools, world, services)
  await addMarkets(tools)
  await addTemplates(tools, world)
  await addMaintenances(tools, world, services)
  const keys = await addSources(tools, world)
  return { world, people, services, keys }
}

const bySlug = async ({ db }: Platform, table: 'business_units' | 'services'): Promise<Map<string, string>> => {
  const rows = await db.selectFrom(table).select(['id', 'slug']).execute()
  return new Map(rows.map((r) => [r.slug, r.id]))
}

type Tools = ReturnType<typeof toolsFor>

type Steps = z.output<typeof policyStep>[]

/** When time runs faster, the next step of a page waits as long as ever by the clock on the wall: people act by that. */
export const slowedSteps = <S extends { delayMinutes: number }>(steps: readonly S[], speed: number): S[] =>
  steps.map((step) => ({ ...step, delayMinutes: Math.min(LONGEST / 60, step.delayMinutes * speed) }))

const giveTime = async ({ db }: Platform, { run }: Tools, speed: number): Promise<void> => {
  const policies = await db.selectFrom('escalation_policies').select(['id', 'steps']).execute()
  for (const { id, steps } of policies)
    await run(changePolicy, { id, steps: slowedSteps(steps as unknown as Steps, speed) })
}

const addSources = async ({ run }: Tools, { teams }: World): Promise<Record<string, string>> => {
  const wanted = [
    { kind: 'alertmanager', slug: 'prometheus', name: 'Prometheus', teamId: teams.systems, expiresMinutes: 60 },
    { kind: 'pagerduty', slug: 'grid-watch', name: 'Grid watch', teamId: teams.systems },
    { kind: 'generic', slug: 'disk-watch', name: 'Disk watch', teamId: teams.dba },
  ]
  const keys: Record<string, string> = {}
  for (const source of wanted) {
    const { key } = await run(createSource, { serviceId: null, environment: 'prod', opensIncident: true, ...source })
    keys[source.slug] = key
  }
  return keys
}

/** What is worked on when nobody trades, week after week. */
const addMaintenances = async ({ run, now }: Tools, { teams }: World, services: ReadonlyMap<string, string>) => {
  const wanted = [
    {
      name: 'Patches of the grid and the message bus',
      reason: 'Hosts are patched and started anew, one after the other.',
      about: ['compute-grid', 'message-bus'],
      teamId: teams.systems,
      recurrence: { zone: 'Europe/London', weekdays: [6], from: '14:00', minutes: 180 },
    },
    {
      name: 'Second site is tried',
      reason: 'Settlement runs from the second site for two hours.',
      about: ['us-settlement'],
      teamId: teams.postTrade,
      recurrence: { zone: 'America/New_York', weekdays: [6], from: '09:00', minutes: 120 },
    },
  ]
  for (const { about, ...window } of wanted)
    await run(createMaintenance, {
      ...window,
      startsAt: now.toString(),
      serviceIds: about.flatMap((slug) => services.get(slug) ?? []),
    })
}

const addTemplates = async ({ run }: Tools, { teams }: World): Promise<void> => {
  await run(createMacro, {
    teamId: teams.serviceDesk,
    name: 'Ask for a picture',
    acts: [
      {
        act: 'reply',
        body: 'Could you send a picture of the whole screen, with the time in it? We go on as soon as it is here.',
      },
      { act: 'pend', reason: 'user', minutes: 1_440 },
    ],
  })
  await run(createMacro, {
    teamId: teams.markets,
    name: 'Take it and say so',
    acts: [{ act: 'take' }, { act: 'reply', body: 'We are on {{ticket.number}} and write again within half an hour.' }],
  })
  await run(createMacro, {
    teamId: teams.postTrade,
    name: 'File was sent again',
    acts: [{ act: 'resolve', resolution: 'The file was sent again and the receiver has taken it.' }],
  })
  const replies: [keyof World['teams'], string, string][] = [
    ['serviceDesk', 'We have it', 'Thank you, we have it as {{ticket.number}} and look into it.'],
    [
      'markets',
      'Use voice',
      'Please price by voice until we write again. Orders that are in the market are not touched.',
    ],
    ['postTrade', 'Before the cut-off', 'We have it in hand and it will be done before the cut-off.'],
  ]
  for (const [team, name, body] of replies) await run(createReply, { teamId: teams[team], name, body })
}
