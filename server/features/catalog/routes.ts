import { implement } from '@orpc/server'
import { catalog as catalogContract } from '../../../contract/catalog/index.ts'
import { act, type RequestContext, read } from '../../platform/http/request.ts'
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
import { listHosts, listServices, listUnits, readHost, readService } from './queries.ts'
import { removeCutOff } from './remove-cut-off.ts'
import { removeDependency } from './remove-dependency.ts'
import { restoreService } from './restore-service.ts'
import { setBusinessUnits } from './set-business-units.ts'

const os = implement(catalogContract).$context<RequestContext>()

export const catalogRoutes = os.router({
  services: {
    list: os.services.list.handler(read(listServices)),
    read: os.services.read.handler(read(readService)),
    create: os.services.create.handler(act(createService)),
    change: os.services.change.handler(act(changeService)),
    archive: os.services.archive.handler(act(archiveService)),
    restore: os.services.restore.handler(act(restoreService)),
    addDependency: os.services.addDependency.handler(act(addDependency)),
    removeDependency: os.services.removeDependency.handler(act(removeDependency)),
    setBusinessUnits: os.services.setBusinessUnits.handler(act(setBusinessUnits)),
    addCutOff: os.services.addCutOff.handler(act(addCutOff)),
    changeCutOff: os.services.changeCutOff.handler(act(changeCutOff)),
    removeCutOff: os.services.removeCutOff.handler(act(removeCutOff)),
  },
  hosts: {
    list: os.hosts.list.handler(read(listHosts)),
    read: os.hosts.read.handler(read(readHost)),
    add: os.hosts.add.handler(act(addHost)),
    change: os.hosts.change.handler(act(changeHost)),
    delete: os.hosts.delete.handler(act(deleteHost)),
  },
  businessUnits: {
    list: os.businessUnits.list.handler(read(listUnits)),
    add: os.businessUnits.add.handler(act(addUnit)),
    change: os.businessUnits.change.handler(act(changeUnit)),
    delete: os.businessUnits.delete.handler(act(deleteUnit)),
  },
})
