import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { SavedView } from '../../../contract/desk/views.ts'
import { api, query } from '../../api.ts'
import { useAct, useOpenedWith, useRefresh } from '../../parts/use-act.ts'
import { Act } from '../../ui/Act.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { toast } from '../../ui/toast.ts'
import type { Reader } from './data.ts'

type Props = { filter: string; view: SavedView | undefined; reader: Reader }
const onlyMe = 'me'

/** Keeps the filter under a name, or changes the name of one that is kept. */
export function SaveView(props: Props) {
  const [opened, setOpened] = useState(false)
  const { view, reader } = props
  return (
    <>
      <Act
        label={view ? 'Change view' : 'Save view'}
        k="V"
        run={() => setOpened(true)}
        not={
          view && !view.mayChange && `${view.name} is ${view.owner.name}'s. A lead of ${view.team?.name} may change it.`
        }
      />
      <Dialog
        opened={opened}
        onClose={() => setOpened(false)}
        title={view ? `Change ${view.name}` : 'Save this filter'}
      >
        <Form key={view?.id ?? 'new'} {...props} reader={reader} onClose={() => setOpened(false)} />
      </Dialog>
    </>
  )
}

function Form({ filter, view, reader, onClose }: Props & { onClose: () => void }) {
  const [name, setName] = useState(view?.name ?? '')
  const [teamId, setTeamId] = useState<string | null>(view?.team?.id ?? null)
  const opened = useOpenedWith(view)
  const refresh = [query.desk.views.key()]
  const refreshed = useRefresh(refresh)
  const save = useAct(
    () =>
      view ? api.desk.changeView({ id: view.id, name, teamId }, opened) : api.desk.saveView({ name, filter, teamId }),
    { refresh, done: onClose, fields: ['name'] },
  )
  const remove = useAct((gone: SavedView) => api.desk.deleteView({ id: gone.id }), {
    refresh,
    done(_, gone) {
      onClose()
      toast(`The view ${gone.name} is deleted.`, {
        undo: async () => {
          await api.desk.saveView({ name: gone.name, filter: gone.filter, teamId: gone.team?.id ?? null })
          await refreshed()
        },
      })
    },
  })
  return (
    <DialogForm
      act="Save"
      busy={save.busy}
      failed={save.failed}
      not={!name.trim() && 'Give it a name.'}
      onSubmit={() => save.run(undefined)}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        description={filter}
        data-autofocus
        maxLength={40}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={save.problems.name}
      />
      {reader.teams.length > 0 && (
        <Select
          label="Who sees it"
          allowDeselect={false}
          data={[{ value: onlyMe, label: 'Only me' }, ...reader.teams.map((t) => ({ value: t.id, label: t.name }))]}
          value={teamId ?? onlyMe}
          onChange={(next) => setTeamId(next === onlyMe ? null : next)}
        />
      )}
      {view && (
        <div>
          <Button loading={remove.busy} onClick={() => remove.run(view)}>
            Delete this view
          </Button>
        </div>
      )}
    </DialogForm>
  )
}
