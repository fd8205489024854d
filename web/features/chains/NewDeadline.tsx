import { useNavigate, useSearch } from '@tanstack/react-router'
import { api } from '../../api.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Loading } from '../../ui/States.tsx'
import { useZone } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import { useJob } from '../jobs/data.ts'
import { DeadlineEditor } from './DeadlineEditor.tsx'
import { chainKeys } from './data.ts'
import { fieldNames, type fieldsOf, newDraft } from './draft.ts'

/** A new deadline; for a job when one comes from its page. */
export function NewDeadline() {
  const { job } = useSearch({ strict: false }) as { job?: string }
  return job ? <ForJob id={job} /> : <Form job={null} />
}

function ForJob({ id }: { id: string }) {
  const job = useJob(id)
  if (job.isPending)
    return (
      <Page title="New deadline">
        <Panel label="New deadline">
          <Loading />
        </Panel>
      </Page>
    )
  return <Form job={job.data ? { id, name: job.data.name } : null} />
}

function Form({ job }: { job: { id: string; name: string } | null }) {
  const navigate = useNavigate()
  const refresh = useRefresh(chainKeys)
  const zone = useZone()
  const act = useAct((fields: ReturnType<typeof fieldsOf>) => api.chains.create(fields), {
    refresh: chainKeys,
    fields: fieldNames,
    done: (made) => {
      toast(`${made.name} is watched. Its first prediction comes within a minute.`, {
        undo: async () => {
          await api.chains.delete({ id: made.id })
          await refresh()
          await navigate({ to: paths.chains() })
        },
      })
      void navigate({ to: paths.chain(made.id) })
    },
  })
  return <DeadlineEditor title="New deadline" start={newDraft(zone, job)} act={act} cancel={paths.chains()} />
}
