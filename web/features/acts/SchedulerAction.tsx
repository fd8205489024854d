import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useAct, useOpenedWith } from '../../parts/use-act.ts'
import { useMayFor } from '../../parts/use-may-for.ts'
import { paths } from '../../paths.ts'
import { statusOf } from '../../problem.ts'
import { Act } from '../../ui/Act.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { toast } from '../../ui/toast.ts'
import { useParam } from '../../ui/url.ts'
import { ActionEditor } from './ActionEditor.tsx'
import { type ActionKinds, actionKeys, type SchedulerAction as Shown, useAction, useActionKinds } from './data.ts'
import { type Draft, draftOf, fieldNames, type fieldsOf } from './draft.ts'

/** Change an action of schedulers, or delete it. */
export function SchedulerAction() {
  const id = useParam('id')
  const found = useAction(id)
  const kinds = useActionKinds()
  if (found.data && kinds.data) return <Form key={id} action={found.data} kinds={kinds.data} />
  const failed = found.isError ? found : kinds.isError ? kinds : undefined
  return (
    <Page title="Scheduler action">
      <Panel label="Scheduler action">
        {!failed && <Loading />}
        {failed &&
          (found.isError && [400, 404, 422].includes(statusOf(found.error) ?? 0) ? (
            <Empty title="There is no such action." act={<Link to={paths.schedulerActions()}>All actions</Link>}>
              It may have been deleted.
            </Empty>
          ) : (
            <Failed what="The action could not be loaded." error={failed.error} retry={() => void failed.refetch()} />
          ))}
      </Panel>
    </Page>
  )
}

function Form({ action, kinds }: { action: Shown; kinds: ActionKinds }) {
  const navigate = useNavigate()
  const { id } = action
  const opened = useOpenedWith(action)
  const [draft, setDraft] = useState<Draft>(() => draftOf(action))
  const [deleting, setDeleting] = useState(false)
  const may = useMayFor('action.write', action.team?.id ?? null)
  const whyNot = may ? undefined : 'Only a lead of its team, or an administrator, may change it.'
  const act = useAct((fields: ReturnType<typeof fieldsOf>) => api.acts.changeAction({ id, ...fields }, opened), {
    refresh: [...actionKeys],
    fields: fieldNames(draft),
    done: (saved) => {
      toast(`${saved.name} is saved.`)
      void navigate({ to: paths.schedulerActions() })
    },
  })
  return (
    <>
      <ActionEditor
        title={action.name}
        kinds={kinds}
        draft={draft}
        change={(part) => setDraft((before) => ({ ...before, ...part }))}
        act={act}
        cancel={paths.schedulerActions()}
        whyNot={whyNot}
        acts={<Act label="Delete" kind="danger" run={() => setDeleting(true)} not={whyNot} />}
      />
      {deleting && <DeleteDialog action={action} onClose={() => setDeleting(false)} />}
    </>
  )
}

/** Its secrets would be lost, so it is asked, with what it means. */
function DeleteDialog({ action, onClose }: { action: Shown; onClose: () => void }) {
  const navigate = useNavigate()
  const remove = useAct(() => api.acts.deleteAction({ id: action.id }), {
    refresh: [...actionKeys],
    fields: [],
    done: () => {
      toast(`${action.name} is deleted.`)
      void navigate({ to: paths.schedulerActions() })
    },
  })
  return (
    <Dialog opened onClose={onClose} title={`Delete ${action.name}`}>
      <DialogForm
        act="Delete"
        danger
        onSubmit={() => remove.run(undefined)}
        onClose={onClose}
        busy={remove.busy}
        failed={remove.failed}
      >
        <p>Nobody can use it any more, and its headers are forgotten. What was done with it stays on its jobs.</p>
      </DialogForm>
    </Dialog>
  )
}
