import type { Instant } from '../../server/platform/clock.ts'
import type { Platform } from '../../server/platform/platform.ts'
import { type CalendarName, seedCalendars } from './calendars.ts'
import { type Catalog, seedCatalog } from './catalog.ts'
import { seedContacts } from './contacts.ts'
import { type KnowledgeName, seedKnowledge } from './knowledge.ts'
import { type OnCall, seedOnCall } from './oncall.ts'
import { type Passwords, type PersonName, seedPeople } from './people.ts'
import { type RequestTypeName, seedRequests } from './requests.ts'
import { seedTeams, type TeamName } from './teams.ts'
import { toolsFor } from './tools.ts'

/** Ids by memorable names: `world.people.priya`, `world.teams.markets`, `world.services.orderEntry`. */
export type World = {
  people: Record<PersonName, string>
  teams: Record<TeamName, string>
  calendars: Record<CalendarName, string>
  requestTypes: Record<RequestTypeName, string>
  knowledge: Record<KnowledgeName, string>
} & Catalog &
  OnCall

/**
 * Makes the small imaginary bank that all tests and the demo play in, through verbs, on an empty database: three sites,
 * six teams, a dozen services. One file a feature, in the order of the line: each is given what those before it made.
 */
export const seed = async (
  platform: Platform,
  given: { now?: Instant; passwords?: Passwords } = {},
): Promise<World> => {
  const tools = toolsFor(platform, given.now ?? platform.clock.now())
  const people = await seedPeople(tools, given.passwords ?? {})
  const teams = await seedTeams(tools, people)
  const calendars = await seedCalendars(tools)
  const catalog = await seedCatalog(tools, { teams, calendars })
  const knowledge = await seedKnowledge(tools, { teams, services: catalog.services })
  await seedContacts(tools, people)
  const oncall = await seedOnCall(tools, { people, teams, services: catalog.services })
  const requestTypes = await seedRequests(tools, { people, teams, ...catalog })
  return { people, teams, calendars, knowledge, ...catalog, ...oncall, requestTypes }
}

/** A fresh installation: nothing but Marta, who administers it. */
export const seedAdministrator = async (platform: Platform, passwords: Passwords): Promise<World> => {
  const ids = await seedPeople(toolsFor(platform, platform.clock.now()), passwords, ['marta'])
  // The bank is not there; whoever asks for more of it than its administrator has made a mistake.
  return { people: ids } as World
}
