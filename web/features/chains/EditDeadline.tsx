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
import { toast } from '../../ui/toast.ts'
import { useParam } from '../../ui/url.ts'
import { DeadlineEditor } from './DeadlineEditor.tsx'
import { chainKeys, type DeadlineDetail, useDeadline } from './data.ts'
import { draftOf, fieldNames, fieldsOf } from './draft.ts'
import { useDelete, useWhyNot } from './use-deadline-acts.ts'

/** Change a deadline, or delete it. */
export function EditDeadline() {
  const id = useParam('id')
  const found = useDeadline(id)
  if (found.data) return <Form key={id} deadline={found.data} />
  return (
    <Page title="Edit deadline">
      <Panel label="Edit deadline">
        {found.isError ? (
          <Failed what="The deadline could not be loaded." error={found.error} retry={() => void found.refetch()} />
        ) : (
          <Loading />
        )}
      </Panel>
    </Page>
  )
}

function Form({ deadline }: { deadline: DeadlineDetail }) {
  const navigate = useNavigate()
  const refresh = useRefresh(chainKeys)
  const { id } = deadline
  // What was read when the form was opened: a prediction that comes in meanwhile must not overwrite what is typed.
  const [start] = useState(() => draftOf(deadline))
  const opened = useOpenedWith(deadline)
  const [deleting, setDeleting] = useState(false)
  const whyNot = useWhyNot()(deadline.team) ?? deadline.can.change ?? undefined
  const act = useAct((fields: ReturnType<typeof fieldsOf>) => api.chains.change({ id, ...fields }, opened), {
    refresh: chainKeys,
    fields: fieldNames,
    done: (saved) => {
      toast(`${saved.name} is saved.`, {
        // Without its job it was not whole before, and cannot be made so again.
        ...(start.job && {
          undo: async () => {
            await api.chains.change({ id, ...fieldsOf(start) })
            await refresh()
          },
        }),
      })
      void navigate({ to: paths.chain(id) })
    },
  })
  return (
    <>
      <DeadlineEditor
        title={`Edit ${deadline.name}`}
        start={start}
        act={act}
        cancel={paths.chain(id)}
        whyNot={whyNot}
        acts={<Act label="Delete" kind="danger" run={() => setDeleting(true)} not={whyNot} />}
      />
      {deleting && <DeleteDialog deadline={deadline} onClose={() => setDeleting(false)} />}
    </>
  )
}

/** It cannot be taken back, so it is asked, with what it means. */
function DeleteDialog({ deadline, onClose }: { deadline: DeadlineDetail; onClose: () => void }) {
  const remove = useDelete(deadline)
  return (
    <Dialog opened onClose={onClose} title={`Delete ${deadline.name}`}>
      <DialogForm
        act="Delete"
        danger
        onSubmit={() => remove.run(undefined)}
        onClose={onClose}
        busy={remove.busy}
        failed={remove.failed}
      >
        <p>
          Nobody is told of it any more, and what was predicted of it can be seen no more. Its jobs stay. This cannot be
          taken back{deadline.imported && '; the next import of its scheduler makes it anew'}.
        </p>
      </DialogForm>
    </Dialog>
  )
}
