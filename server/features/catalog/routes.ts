import type { AnyRouter } from '@orpc/server'
import { catalog as catalogContract } from '../../../contract/catalog/index.ts'
import { handlers } from '../../platform/http/handlers.ts'
import { act, read } from '../../platform/http/request.ts'
import { addCutOff } from './add-cut-off.ts'
import { addDependency } from './add-dependency.ts'
import { addHost } from './add-host.ts'
import { addUnit } from './add-unit.ts'
import { archiveService } from './archive-service.ts'
import { changeCutOff } from './change-cut-off.ts'
import { changeHost } from './change-host.ts'
import { changeService } from './change-service.ts'
import { changeUnit } from './change-unit.ts'
import { createService } from './create-service.ts'
import { deleteHost } from './delete-host.ts'
import { deleteUnit } from './delete-unit.ts'
import { listChanges } from './list-changes.ts'
import { noteChange, removeChange } from './note-change.ts'
import { listHosts, listServices, listUnitPeople, listUnits, readHost, readService, readUnit } from './queries.ts'
import { removeCutOff } from './remove-cut-off.ts'
import { removeDependency } from './remove-dependency.ts'
import { restoreService } from './restore-service.ts'
import { readServiceMap } from './service-map.ts'
import { setBusinessUnits } from './set-business-units.ts'
import { readUnitsOfPerson, setUnitsOfPerson } from './units-of-person.ts'

export const catalogRoutes: AnyRouter = handlers(catalogContract, {
  services: {
    list: read(listServices),
    map: read(readServiceMap),
    read: read(readService),
    create: act(createService),
    change: act(changeService),
    archive: act(archiveService),
    restore: act(restoreService),
    addDependency: act(addDependency),
    removeDependency: act(removeDependency),
    setBusinessUnits: act(setBusinessUnits),
    addCutOff: act(addCutOff),
    changeCutOff: act(changeCutOff),
    removeCutOff: act(removeCutOff),
  },
  changes: { list: read(listChanges), note: act(noteChange), remove: act(removeChange) },
  hosts: {
    list: read(listHosts),
    read: read(readHost),
    add: act(addHost),
    change: act(changeHost),
    delete: act(deleteHost),
  },
  businessUnits: {
    list: read(listUnits),
    read: read(readUnit),
    people: read(listUnitPeople),
    add: act(addUnit),
    change: act(changeUnit),
    delete: act(deleteUnit),
    ofPerson: read(readUnitsOfPerson),
    setOfPerson: act(setUnitsOfPerson),
  },
})
