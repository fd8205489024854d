import type { Platform } from '../../../server/platform/platform.ts'
import type { TeamName } from '../../seed/teams.ts'
import type { Company } from '../company.ts'

type Named = { id: string; name: string }

/** Ids and names of those whom the history is about. */
export type Cast = {
  person(key: string): Named
  actor(key: string): { kind: string; id: string | null; name: string }
  team(name: TeamName): Named
  service(slug: string): { id: string; slug: string; name: string; tier: number; units: number } | null
}

const watchfloor = { kind: 'system', id: null, name: 'Watchfloor' }

export const readCast = async ({ db }: Platform, { people, world }: Company): Promise<Cast> => {
  const users = await db.selectFrom('users').select(['id', 'name']).execute()
  const names = new Map(users.map((u) => [u.id, u.name]))
  const teams = await db.selectFrom('teams').select(['id', 'name']).execute()
  const teamNames = new Map(teams.map((t) => [t.id, t.name]))
  const units = await db.selectFrom('service_business_units').select(['service_id']).execute()
  const rows = await db.selectFrom('services').select(['id', 'slug', 'name', 'tier']).execute()
  const services = new Map(
    rows.map((s) => [s.slug, { ...s, units: units.filter((u) => u.service_id === s.id).length }]),
  )
  const person = (key: string): Named => {
    const id = people[key]
    if (!id) throw new Error(`Nobody in the demo is called ${key}.`)
    return { id, name: names.get(id) ?? '' }
  }
  return {
    person,
    actor: (key) => (key === 'Watchfloor' ? watchfloor : { kind: 'user', ...person(key) }),
    team: (name) => ({ id: world.teams[name], name: teamNames.get(world.teams[name]) ?? '' }),
    service: (slug) => services.get(slug) ?? null,
  }
}
