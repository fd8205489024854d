/**
 * Catalog: what is supported. Services (business and technical) with tier, environments, owner team, support calendar,
 * cut-offs and cost; what they depend on (services and hosts, never in a circle); and the business units that use
 * them, with the people who work there. Promises that the dependency graph has no circle, whoever changes it at the
 * same time, and that nothing active depends on what is archived. Owns the tables services, hosts, dependencies,
 * business_units, business_unit_people, service_business_units, cut_offs and service_changes.
 */
import type { FeatureParts } from '../../platform/registry-of-work.ts'
import { addCutOff } from './add-cut-off.ts'
import { addDependency } from './add-dependency.ts'
import { addHost } from './add-host.ts'
import { addUnit } from './add-unit.ts'
import { archiveService } from './archive-service.ts'
import { backstage } from './backstage.ts'
import { changeCutOff } from './change-cut-off.ts'
import { changeHost } from './change-host.ts'
import { changeService } from './change-service.ts'
import { changeUnit } from './change-unit.ts'
import { createService } from './create-service.ts'
import { hostDeclaration } from './declare-host.ts'
import { serviceDeclaration } from './declare-service.ts'
import { unitDeclaration } from './declare-unit.ts'
import { deleteHost } from './delete-host.ts'
import { deleteUnit } from './delete-unit.ts'
import { catalogEvents } from './events.ts'
import { noteChange, removeChange } from './note-change.ts'
import { removeCutOff } from './remove-cut-off.ts'
import { removeDependency } from './remove-dependency.ts'
import { restoreService } from './restore-service.ts'
import { setBusinessUnits } from './set-business-units.ts'
import { setUnitsOfPerson } from './units-of-person.ts'

export { aboutUnits, servicesOfPerson } from './about-units.ts'
export { nextCutOffAt } from './cut-off-time.ts'
export { businessUnitsSet, serviceChanged, unitDeleted } from './events.ts'
export {
  type FoundService,
  findHost,
  findService,
  findServiceByName,
  findUnit,
  serviceNames,
  servicesOfUnit,
  servicesOnHost,
  unitNames,
} from './find.ts'
export { dependentsOf, upstreamOf } from './graph.ts'
export { hostName, hostNameIn } from './host-names.ts'
export { nextCutOff } from './next-cut-off.ts'
export { addChange } from './note-change.ts'
export { catalogRoutes } from './routes.ts'
export { unitsHit } from './units-hit.ts'
export { unitIdsOfPerson, unitsOfPerson } from './units-of-person.ts'

export const catalog: FeatureParts = {
  name: 'catalog',
  names: [
    { kind: 'service', table: 'services', column: 'name' },
    { kind: 'host', table: 'hosts', column: 'name' },
    { kind: 'unit', table: 'business_units', column: 'name' },
  ],
  verbs: [
    createService,
    changeService,
    archiveService,
    restoreService,
    addDependency,
    removeDependency,
    setBusinessUnits,
    addCutOff,
    changeCutOff,
    removeCutOff,
    addHost,
    changeHost,
    deleteHost,
    addUnit,
    changeUnit,
    deleteUnit,
    noteChange,
    removeChange,
    setUnitsOfPerson,
  ],
  events: catalogEvents,
  declarations: [unitDeclaration, hostDeclaration, serviceDeclaration],
  foreign: [backstage],
}
