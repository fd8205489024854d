import { done, pageOf, route } from '../base.ts'
import * as c from './change.ts'
import * as h from './host.ts'
import * as m from './map.ts'
import * as s from './service.ts'
import * as u from './unit.ts'
import * as d from './unit-detail.ts'

const tags = ['catalog']
const created = { tags, successStatus: 201 }

/** What is supported: services and what they depend on, hosts, and the business units that use them. */
export const catalog = {
  services: {
    list: route
      .route({ method: 'GET', path: '/services', summary: 'Services, by name', tags })
      .input(s.listServicesInput)
      .output(pageOf(s.serviceSummary)),
    map: route
      .route({
        method: 'GET',
        path: '/services/map',
        summary: 'Which services depend on which: all that have a dependency, or those around one',
        tags,
      })
      .input(m.serviceMapInput)
      .output(m.serviceMap),
    read: route
      .route({ method: 'GET', path: '/services/{id}', summary: 'A service and everything around it', tags })
      .input(s.serviceIdInput)
      .output(s.service),
    create: route
      .route({ method: 'POST', path: '/services', summary: 'Add a service', ...created })
      .input(s.createServiceInput)
      .output(s.service),
    change: route
      .route({ method: 'PATCH', path: '/services/{id}', summary: 'Change a service', tags })
      .input(s.changeServiceInput)
      .output(s.service),
    archive: route
      .route({ method: 'POST', path: '/services/{id}/archival', summary: 'Archive a service', tags })
      .input(s.serviceIdInput)
      .output(s.service),
    restore: route
      .route({ method: 'DELETE', path: '/services/{id}/archival', summary: 'Take a service out of the archive', tags })
      .input(s.serviceIdInput)
      .output(s.service),
    addDependency: route
      .route({
        method: 'POST',
        path: '/services/{id}/dependencies',
        summary: 'Note what a service depends on',
        ...created,
      })
      .input(s.addDependencyInput)
      .output(s.service),
    removeDependency: route
      .route({
        method: 'DELETE',
        path: '/services/{id}/dependencies/{dependencyId}',
        summary: 'Remove a dependency',
        tags,
      })
      .input(s.removeDependencyInput)
      .output(s.service),
    setBusinessUnits: route
      .route({ method: 'PUT', path: '/services/{id}/business-units', summary: 'Say which business units use it', tags })
      .input(s.setBusinessUnitsInput)
      .output(s.service),
    addCutOff: route
      .route({ method: 'POST', path: '/services/{id}/cut-offs', summary: 'Add a cut-off', ...created })
      .input(s.addCutOffInput)
      .output(s.service),
    changeCutOff: route
      .route({ method: 'PATCH', path: '/services/{id}/cut-offs/{cutOffId}', summary: 'Change a cut-off', tags })
      .input(s.changeCutOffInput)
      .output(s.service),
    removeCutOff: route
      .route({ method: 'DELETE', path: '/services/{id}/cut-offs/{cutOffId}', summary: 'Remove a cut-off', tags })
      .input(s.removeCutOffInput)
      .output(s.service),
  },
  changes: {
    list: route
      .route({
        method: 'GET',
        path: '/services/{id}/changes',
        summary: 'What changed on a service, newest first',
        tags,
      })
      .input(c.listChangesInput)
      .output(pageOf(c.serviceChange)),
    note: route
      .route({ method: 'POST', path: '/services/{id}/changes', summary: 'Note that something was changed', ...created })
      .input(c.noteChangeInput)
      .output(c.serviceChange),
    remove: route
      .route({
        method: 'DELETE',
        path: '/services/{id}/changes/{changeId}',
        summary: 'Remove what was noted by hand',
        tags,
      })
      .input(c.removeChangeInput)
      .output(done),
  },
  hosts: {
    list: route
      .route({ method: 'GET', path: '/hosts', summary: 'Hosts, by name', tags })
      .input(h.listHostsInput)
      .output(pageOf(h.hostSummary)),
    read: route
      .route({ method: 'GET', path: '/hosts/{id}', summary: 'A host and what runs on it', tags })
      .input(h.hostIdInput)
      .output(h.host),
    add: route
      .route({ method: 'POST', path: '/hosts', summary: 'Add a host', ...created })
      .input(h.addHostInput)
      .output(h.host),
    change: route
      .route({ method: 'PATCH', path: '/hosts/{id}', summary: 'Change a host', tags })
      .input(h.changeHostInput)
      .output(h.host),
    delete: route
      .route({ method: 'DELETE', path: '/hosts/{id}', summary: 'Delete a host', tags })
      .input(h.hostIdInput)
      .output(done),
  },
  businessUnits: {
    list: route
      .route({ method: 'GET', path: '/business-units', summary: 'Business units, by name', tags })
      .input(u.listUnitsInput)
      .output(pageOf(u.businessUnit)),
    read: route
      .route({ method: 'GET', path: '/business-units/{id}', summary: 'A business unit and what it uses', tags })
      .input(u.unitIdInput)
      .output(d.businessUnitDetail),
    people: route
      .route({ method: 'GET', path: '/business-units/{id}/people', summary: 'Who works there, by name', tags })
      .input(d.unitPeopleInput)
      .output(pageOf(d.unitPerson)),
    add: route
      .route({ method: 'POST', path: '/business-units', summary: 'Add a business unit', ...created })
      .input(u.addUnitInput)
      .output(u.businessUnit),
    change: route
      .route({ method: 'PATCH', path: '/business-units/{id}', summary: 'Change a business unit', tags })
      .input(u.changeUnitInput)
      .output(u.businessUnit),
    delete: route
      .route({ method: 'DELETE', path: '/business-units/{id}', summary: 'Delete a business unit', tags })
      .input(u.unitIdInput)
      .output(done),
    ofPerson: route
      .route({ method: 'GET', path: '/users/{userId}/business-units', summary: 'In which somebody works', tags })
      .input(u.unitsOfPersonInput)
      .output(u.unitsOfPerson),
    setOfPerson: route
      .route({ method: 'PUT', path: '/users/{userId}/business-units', summary: 'Say in which somebody works', tags })
      .input(u.setUnitsOfPersonInput)
      .output(u.unitsOfPerson),
  },
}
