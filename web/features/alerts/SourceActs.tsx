import { useState } from 'react'
import { api } from '../../api.ts'
import { useAct, useOpenedWith, useRefresh } from '../../parts/use-act.ts'
import { Act } from '../../ui/Act.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { toast } from '../../ui/toast.ts'
import { sourceKeys } from './data.ts'
import { SourceFields } from './SourceFields.tsx'
import { SourceTest } from './SourceTest.tsx'
import { sourceDraftOf, sourceFields, sourceInput, sourceProblems } from './source-draft.ts'
import type { SourceRights } from './source-rights.ts'
import type { Source } from './words.ts'

type Props = { source: Source; rights: SourceRights }

/** Test, change, disable or enable a source. */
export function SourceActs({ source, rights }: Props) {
  const [editing, setEditing] = useState(false)
  const { id, name, enabled } = source
  const refresh = useRefresh(sourceKeys)
  const turn = (on: boolean) => (on ? api.alerts.sources.enable({ id }) : api.alerts.sources.disable({ id }))
  const act = useAct(turn, {
    refresh: sourceKeys,
    done: (_, on) =>
      toast(on ? `${name} is enabled.` : `${name} is disabled.`, {
        undo: async () => {
          await turn(!on)
          await refresh()
        },
      }),
  })
  return (
    <>
      <Act
        label={enabled ? 'Disable' : 'Enable'}
        k="d"
        run={() => act.run(!enabled)}
        busy={act.busy}
        not={enabled ? rights.disable : rights.enable}
      />
      <Act label="Edit" k="e" run={() => setEditing(true)} not={rights.change} />
      <SourceTest source={source} not={rights.test} />
      <Dialog opened={editing} onClose={() => setEditing(false)} title={`Edit ${name}`}>
        {editing && <EditForm source={source} onClose={() => setEditing(false)} />}
      </Dialog>
    </>
  )
}

function EditForm({ source, onClose }: { source: Source; onClose: () => void }) {
  const [draft, setDraft] = useState(() => sourceDraftOf(source))
  const opened = useOpenedWith(source)
  const [tried, setTried] = useState(false)
  const wrong = sourceProblems(draft)
  const act = useAct(
    (input: ReturnType<typeof sourceInput>) => api.alerts.sources.change({ id: source.id, ...input }, opened),
    {
      refresh: sourceKeys,
      fields: sourceFields,
      done: (saved) => {
        toast(`${saved.name} is changed.`)
        onClose()
      },
    },
  )
  const submit = () => {
    setTried(true)
    if (Object.keys(wrong).length === 0) act.run(sourceInput(draft))
  }
  return (
    <DialogForm act="Save" onSubmit={submit} onClose={onClose} busy={act.busy} failed={act.failed}>
      <SourceFields
        draft={draft}
        set={(part) => setDraft({ ...draft, ...part })}
        problems={{ ...act.problems, ...(tried ? wrong : {}) }}
      />
    </DialogForm>
  )
}
