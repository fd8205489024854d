import { Select } from '@mantine/core'
import { useState } from 'react'
import { api, query } from '../../api.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { toast } from '../../ui/toast.ts'
import { usePolicies } from './data.ts'
import { type Policy, policyOf, Steps } from './PolicyPanel.tsx'
import type { Service } from './words.ts'

const policyKeys = [query.oncall.policies.key()] as const

function Form({ service, policies, onClose }: { service: Service; policies: readonly Policy[]; onClose: () => void }) {
  const { own } = policyOf(service, policies)
  const [chosen, setChosen] = useState<string | null>(own?.id ?? null)
  const refresh = useRefresh(policyKeys)
  const assign = async (to: string | null, from: string | undefined) => {
    if (to) await api.oncall.assignPolicy({ id: to, serviceId: service.id })
    else if (from) await api.oncall.unassignPolicy({ id: from, serviceId: service.id })
  }
  const shown = policies.find(({ id }) => id === chosen)
  const act = useAct(() => assign(chosen, own?.id), {
    fields: ['id'],
    refresh: policyKeys,
    done: () => {
      toast(
        shown
          ? `Pages about ${service.name} go by ${shown.name}.`
          : `${service.name} has no policy of its own any more.`,
        {
          undo: async () => {
            await assign(own?.id ?? null, chosen ?? undefined)
            await refresh()
          },
        },
      )
      onClose()
    },
  })
  return (
    <DialogForm act="Save" onSubmit={() => act.run(undefined)} onClose={onClose} busy={act.busy} failed={act.failed}>
      <Select
        label="Escalation policy"
        description="When none is chosen, pages follow the policy of the team that owns the service."
        placeholder="none of its own"
        data-autofocus
        {...findByTyping}
        openOnFocus={false}
        clearable
        data={policies.map(({ id, name }) => ({ value: id, label: name }))}
        value={chosen}
        onChange={setChosen}
        error={act.problems.id}
      />
      {shown && <Steps of={shown} />}
    </DialogForm>
  )
}

/** Which policy the service has of its own; none leaves it to its owner. */
export const PolicyForm = ({
  service,
  opened,
  onClose,
}: {
  service: Service
  opened: boolean
  onClose: () => void
}) => {
  const policies = usePolicies()
  return (
    <Dialog opened={opened} onClose={onClose} title={`Who is paged for ${service.name}`}>
      {policies.data && <Form service={service} policies={policies.data.items} onClose={onClose} />}
    </Dialog>
  )
}
