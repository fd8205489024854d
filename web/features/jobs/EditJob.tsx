import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useAct, useOpenedWith, useRefresh } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { useZone } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import { useParam } from '../../ui/url.ts'
import { useWhyNot } from '../monitors/data.ts'
import { type JobDetail, jobKeys, useJob } from './data.ts'
import { draftOf, fieldNames, fieldsOf } from './draft.ts'
import { JobEditor } from './JobEditor.tsx'

/** Change a job, or delete it. */
export function EditJob() {
  const id = useParam('id')
  const found = useJob(id)
  if (found.data) return <Form key={id} job={found.data} />
  return (
    <Page title="Edit job">
      <Panel label="Edit job">
        {found.isError ? (
          <Failed what="The job could not be loaded." error={found.error} retry={() => void found.refetch()} />
        ) : (
          <Loading />
        )}
      </Panel>
    </Page>
  )
}

function Form({ job }: { job: JobDetail }) {
  const navigate = useNavigate()
  const refresh = useRefresh(jobKeys)
  const zone = useZone()
  const { id } = job
  // What was read when the form was opened: a ping that comes in meanwhile must not overwrite what is typed.
  const [start] = useState(() => draftOf(job, zone))
  const opened = useOpenedWith(job)
  const [deleting, setDeleting] = useState(false)
  const whyNot = useWhyNot('job.write')(job.team) ?? job.can.change ?? undefined
  const act = useAct((fields: ReturnType<typeof fieldsOf>) => api.jobs.change({ id, ...fields }, opened), {
    refresh: [...jobKeys],
    fields: fieldNames,
    done: (saved) => {
      toast(`${saved.name} is saved.`, {
        undo: async () => {
          await api.jobs.change({ id, ...fieldsOf(start) })
          await refresh()
        },
      })
      void navigate({ to: paths.job(id) })
    },
  })
  return (
    <>
      <JobEditor
        title={`Edit ${job.name}`}
        start={start}
        act={act}
        fields={fieldsOf}
        save="Save"
        cancel={paths.job(id)}
        whyNot={whyNot}
        acts={<Act label="Delete" kind="danger" run={() => setDeleting(true)} not={whyNot} />}
      />
      <DeleteDialog job={job} opened={deleting} onClose={() => setDeleting(false)} />
    </>
  )
}

/** It cannot be taken back, so it is asked, with what it means. */
function DeleteDialog({ job, opened, onClose }: { job: JobDetail; opened: boolean; onClose: () => void }) {
  const navigate = useNavigate()
  const remove = useAct(() => api.jobs.delete({ id: job.id }), {
    refresh: [...jobKeys],
    fields: [],
    done: () => {
      toast(`${job.name} is deleted.`)
      void navigate({ to: paths.jobs() })
    },
  })
  return (
    <Dialog opened={opened} onClose={onClose} title={`Delete ${job.name}`}>
      <DialogForm
        act="Delete"
        danger
        onSubmit={() => remove.run(undefined)}
        onClose={onClose}
        busy={remove.busy}
        failed={remove.failed}
      >
        <p>
          Its address answers “not found” from then on, and its runs can be seen no more.
          {job.alerts.length > 0 ? ' Its open alerts end.' : ''} This cannot be taken back; to keep its runs, archive it
          instead.
        </p>
      </DialogForm>
    </Dialog>
  )
}
