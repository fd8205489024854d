import { useNavigate } from '@tanstack/react-router'
import { api } from '../../api.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { useZone } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import { jobKeys } from './data.ts'
import { fieldNames, newDraft, newFieldsOf } from './draft.ts'
import { JobEditor } from './JobEditor.tsx'

/** A new job, with what its schedule means beside it. */
export function NewJob() {
  const navigate = useNavigate()
  const refresh = useRefresh(jobKeys)
  const zone = useZone()
  const act = useAct((fields: ReturnType<typeof newFieldsOf>) => api.jobs.create(fields), {
    refresh: [...jobKeys],
    fields: fieldNames,
    done: (made) => {
      toast(`${made.name} is expected. Put one of its lines where it runs.`, {
        undo: async () => {
          await api.jobs.delete({ id: made.id })
          await refresh()
          await navigate({ to: paths.jobs() })
        },
      })
      void navigate({ to: paths.job(made.id) })
    },
  })
  return (
    <JobEditor
      title="New job"
      start={newDraft(zone)}
      act={act}
      fields={newFieldsOf}
      save="Save"
      cancel={paths.jobs()}
    />
  )
}
