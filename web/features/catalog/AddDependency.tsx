import { useState } from 'react'
import { api } from '../../api.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { Choices } from '../../ui/Chip.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { toast } from '../../ui/toast.ts'
import { catalogKeys } from './data.ts'
import { HostFields, type HostGiven, hostNameMissing } from './HostFields.tsx'
import { HostSelect, ServiceSelect } from './Selects.tsx'
import type { Service } from './words.ts'

type On = 'service' | 'host' | 'new host'

const addTo = (service: Service) => async (given: { on: On; thing: string | null; host: HostGiven }) => {
  if (given.on === 'service')
    return api.catalog.services.addDependency({ id: service.id, serviceId: given.thing ?? undefined })
  if (given.on === 'host')
    return api.catalog.services.addDependency({ id: service.id, hostId: given.thing ?? undefined })
  const host = await api.catalog.hosts.add({ ...given.host, teamId: service.ownerTeam?.id ?? null })
  return api.catalog.services.addDependency({ id: service.id, hostId: host.id })
}

/** What was added: the dependency that was not there before, to be taken back. */
const added = (before: Service, after: Service) => {
  const known = new Set([...before.dependsOn, ...before.hosts].map(({ dependencyId }) => dependencyId))
  const service = after.dependsOn.find(({ dependencyId }) => !known.has(dependencyId))
  const host = after.hosts.find(({ dependencyId }) => !known.has(dependencyId))
  const id = service?.dependencyId ?? host?.dependencyId
  return id && { id, name: service?.service.name ?? host?.host.name ?? '' }
}

function Form({ service, onClose }: { service: Service; onClose: () => void }) {
  const [on, setOn] = useState<On>('service')
  const [thing, setThing] = useState<string | null>(null)
  const [host, setHost] = useState<HostGiven>({ name: '', environment: 'prod', site: '' })
  const [tried, setTried] = useState(false)
  const refresh = useRefresh(catalogKeys)
  const act = useAct(addTo(service), {
    fields: ['serviceId', 'hostId', 'name', 'environment', 'site'],
    refresh: catalogKeys,
    done: (after) => {
      onClose()
      const fresh = added(service, after)
      if (!fresh) return
      toast(`${service.name} depends on ${fresh.name}.`, {
        undo: async () => {
          await api.catalog.services.removeDependency({ id: service.id, dependencyId: fresh.id })
          await refresh()
        },
      })
    },
  })
  const choose = (next: On) => {
    setOn(next)
    setThing(null)
    setTried(false)
    act.reset()
  }
  const missing = on === 'new host' ? host.name.trim() === '' : thing === null
  const submit = () => {
    setTried(true)
    if (!missing) act.run({ on, thing, host })
  }
  const pick = (id: string | null) => {
    setThing(id)
    act.reset()
  }
  return (
    <DialogForm act="Add" onSubmit={submit} onClose={onClose} busy={act.busy} failed={act.failed}>
      <Choices
        label="Depends on"
        value={on}
        of={[
          { value: 'service', label: 'A service' },
          { value: 'host', label: 'A host' },
          { value: 'new host', label: 'A new host' },
        ]}
        onChange={choose}
      />
      {on === 'service' && (
        <ServiceSelect
          label="Service"
          value={thing}
          onChange={pick}
          without={[service.id, ...service.dependsOn.map((one) => one.service.id)]}
          error={(tried && missing ? 'Choose the service that it needs.' : undefined) ?? act.problems.serviceId}
        />
      )}
      {on === 'host' && (
        <HostSelect
          label="Host"
          value={thing}
          onChange={pick}
          without={service.hosts.map((one) => one.host.id)}
          error={(tried && missing ? 'Choose the host that it runs on.' : undefined) ?? act.problems.hostId}
        />
      )}
      {on === 'new host' && (
        <HostFields
          host={host}
          onChange={setHost}
          problems={{ ...act.problems, ...(tried && missing && { name: hostNameMissing }) }}
        />
      )}
      <p className="faint">When that breaks, {service.name} counts as hurt, and so do those who use it.</p>
    </DialogForm>
  )
}

/** Notes what a service needs: another service or a host. What would close a circle is refused, with the circle. */
export const AddDependency = ({
  service,
  opened,
  onClose,
}: {
  service: Service
  opened: boolean
  onClose: () => void
}) => (
  <Dialog opened={opened} onClose={onClose} title={`${service.name} depends on`}>
    <Form service={service} onClose={onClose} />
  </Dialog>
)
