import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { api } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { toast } from '../../ui/toast.ts'
import { slaKeys, useSlaPolicies } from './data.ts'
import { type PolicyDraft, policyDraftOf, policyFields, policyInput } from './policy-draft.ts'
import { SlaPolicyEditor } from './SlaPolicyEditor.tsx'

/** Add a policy; it begins with the targets of the default. */
export function NewSlaPolicy() {
  const navigate = useNavigate()
  const may = useMay('sla.write') !== undefined
  const list = useSlaPolicies()
  const refresh = useRefresh(slaKeys)
  const standard = list.data?.items.find((p) => p.isDefault)
  const start = useMemo(() => standard && policyDraftOf(standard, true), [standard])
  const act = useAct((draft: PolicyDraft) => api.sla.create(policyInput(draft)), {
    refresh: slaKeys,
    fields: policyFields,
    done: ({ id, name }) => {
      toast(`${name} is added; the clocks of open tickets that it fits are computed anew.`, {
        undo: async () => {
          await api.sla.delete({ id })
          await refresh()
        },
      })
      void navigate({ to: paths.slaPolicies() })
    },
  })
  if (may && start)
    return <SlaPolicyEditor title="New SLA policy" isNew isDefault={false} start={start} act={act} save="Add it" may />
  return (
    <Page title="New SLA policy">
      {list.isError && !list.data ? (
        <Failed what="The policies could not be read." error={list.error} retry={() => void list.refetch()} />
      ) : list.data ? (
        <Empty title="You may not add policies.">An administrator may; ask one of them.</Empty>
      ) : (
        <Loading />
      )}
    </Page>
  )
}
