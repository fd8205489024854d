import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useAct, useOpenedWith, useRefresh } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Page } from '../../ui/Page.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { toast } from '../../ui/toast.ts'
import { useParam } from '../../ui/url.ts'
import { slaKeys, useSlaPolicies } from './data.ts'
import { type SlaPolicy as Policy, type PolicyDraft, policyDraftOf, policyFields, policyInput } from './policy-draft.ts'
import { SlaPolicyEditor } from './SlaPolicyEditor.tsx'

/** An SLA policy: to change for administrators, to read for others. */
export function SlaPolicy() {
  const id = useParam('id')
  const list = useSlaPolicies()
  const policy = list.data?.items.find((one) => one.id === id)
  if (policy) return <Opened key={id} policy={policy} />
  return (
    <Page title="SLA policy">
      {list.isError && !list.data ? (
        <Failed what="The policy could not be read." error={list.error} retry={() => void list.refetch()} />
      ) : list.data ? (
        <Empty title="This policy is not there any more.">Somebody has deleted it.</Empty>
      ) : (
        <Loading />
      )}
    </Page>
  )
}

function Opened({ policy }: { policy: Policy }) {
  const navigate = useNavigate()
  const may = useMay('sla.write') !== undefined
  const refresh = useRefresh(slaKeys)
  const opened = useOpenedWith(policy)
  const { id } = policy
  const [before] = useState(() => policyDraftOf(policy))
  const back = () => void navigate({ to: paths.slaPolicies() })
  const save = useAct((draft: PolicyDraft) => api.sla.change({ id, ...policyInput(draft) }, opened), {
    refresh: slaKeys,
    fields: policyFields,
    done: ({ name }) => {
      toast(`${name} is saved; the clocks of open tickets are computed anew.`, {
        undo: async () => {
          await api.sla.change({ id, ...policyInput(before) })
          await refresh()
        },
      })
      back()
    },
  })
  const remove = useAct(() => api.sla.delete({ id }), {
    refresh: slaKeys,
    done: () => {
      toast(`${policy.name} is deleted.`, {
        undo: async () => {
          await api.sla.create(policyInput(before))
          await refresh()
        },
      })
      back()
    },
  })
  return (
    <SlaPolicyEditor
      title={policy.name}
      isDefault={policy.isDefault}
      start={before}
      act={save}
      save="Save"
      may={may}
      acts={
        may &&
        !policy.isDefault && <Act label="Delete" kind="danger" busy={remove.busy} run={() => remove.run(undefined)} />
      }
    />
  )
}
