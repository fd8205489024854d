import { addCutOff } from '../../server/features/catalog/add-cut-off.ts'
import { addDependency } from '../../server/features/catalog/add-dependency.ts'
import { addHost } from '../../server/features/catalog/add-host.ts'
import { addUnit } from '../../server/features/catalog/add-unit.ts'
import { createService } from '../../server/features/catalog/create-service.ts'
import { setBusinessUnits } from '../../server/features/catalog/set-business-units.ts'
import type { CalendarName } from './calendars.ts'
import { type HostName, hosts, type UnitName, units } from './catalog-around.ts'
import { sites } from './people.ts'
import { dependsOn, type Service, type ServiceName, services } from './services.ts'
import type { TeamName } from './teams.ts'
import { each, type Tools } from './tools.ts'

export type Catalog = {
  services: Record<ServiceName, string>
  hosts: Record<HostName, string>
  units: Record<UnitName, string>
}

type Known = { teams: Record<TeamName, string>; calendars: Record<CalendarName, string> }

/** Units and hosts first, then the services, then what stands between them. */
export const seedCatalog = async (tools: Tools, known: Known): Promise<Catalog> => {
  const { run } = tools
  const unitIds = await each(
    units,
    async ({ site, ...unit }) => (await run(addUnit, { ...unit, site: sites[site].name })).id,
  )
  const hostIds = await each(hosts, async ({ site, team, ...host }) => {
    const made = await run(addHost, { ...host, site: sites[site].name, teamId: known.teams[team] })
    return made.id
  })
  const serviceIds = await each<ServiceName, Service, string>(
    services,
    async (s) => (await run(createService, fieldsOf(s, known))).id,
  )
  await each<ServiceName, Service, void>(services, async (s, name) => {
    const id = serviceIds[name]
    if (s.usedBy) await run(setBusinessUnits, { id, businessUnitIds: s.usedBy.map((u) => unitIds[u]) })
    for (const cutOff of s.cutOffs ?? []) await run(addCutOff, { id, ...cutOff })
    for (const host of s.runsOn ?? []) await run(addDependency, { id, hostId: hostIds[host] })
    for (const other of dependsOn[name] ?? []) await run(addDependency, { id, serviceId: serviceIds[other] })
  })
  return { services: serviceIds, hosts: hostIds, units: unitIds }
}

const fieldsOf = ({ team, calendar, usedBy: _, cutOffs: __, runsOn: ___, ...fields }: Service, known: Known) => ({
  ...fields,
  ownerTeamId: known.teams[team],
  calendarId: known.calendars[calendar],
})
