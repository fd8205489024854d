import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { MacroAct, MacroView } from '../../../../contract/desk/macros.ts'
import { api, query } from '../../../api.ts'
import { useAct, useOpenedWith } from '../../../parts/use-act.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { DialogForm } from '../../../ui/DialogForm.tsx'
import { toast } from '../../../ui/toast.ts'
import { ActFields } from './ActFields.tsx'
import { ForTeam } from './ForTeam.tsx'
import { actLabels, type DraftAct, draftOf, missingIn, readyActs } from './macro-draft.ts'
import styles from './settings.module.css'

type Props = { macro: MacroView | undefined; onClose: () => void }

function Form({ macro, onClose }: Props) {
  const [teamId, setTeam] = useState<string | null | undefined>(macro ? (macro.team?.id ?? null) : undefined)
  const [name, setName] = useState(macro?.name ?? '')
  const [acts, setActs] = useState<DraftAct[]>(() => (macro?.acts ?? []).map(draftOf))
  const opened = useOpenedWith(macro)
  const save = useAct(
    (given: { name: string; acts: MacroAct[] }) =>
      macro
        ? api.desk.macros.change({ id: macro.id, ...given }, opened)
        : api.desk.macros.create({ teamId: teamId ?? null, ...given }),
    {
      fields: ['name', 'teamId'],
      refresh: [query.desk.macros.key()],
      done: () => {
        toast(`The macro ${name} is saved.`)
        onClose()
      },
    },
  )
  const missing = acts.map(missingIn).find(Boolean)
  const not =
    teamId === undefined
      ? 'Say for whom it is.'
      : !name.trim()
        ? 'A name is needed.'
        : acts.length === 0
          ? 'Add what it does.'
          : missing
  const put = (at: number, act: DraftAct) => setActs(acts.map((one, index) => (index === at ? act : one)))
  return (
    <DialogForm
      act="Save"
      busy={save.busy}
      failed={save.failed}
      not={not}
      onSubmit={() => save.run({ name: name.trim(), acts: readyActs(acts) })}
      onClose={onClose}
    >
      {!macro && <ForTeam value={teamId} onChange={setTeam} error={save.problems.teamId} />}
      <TextInput
        label="Name"
        data-autofocus
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={save.problems.name}
      />
      {acts.map((act, at) => (
        <fieldset key={act.key} className={styles.act} aria-label={`Act ${at + 1}`}>
          <div className={styles.line}>
            <b>
              {at + 1}. {actLabels[act.act]}
            </b>
            <Button
              aria-label={`Remove act ${at + 1}`}
              onClick={() => setActs(acts.filter((_, index) => index !== at))}
            >
              Remove
            </Button>
          </div>
          <ActFields act={act} onChange={(next) => put(at, next)} />
        </fieldset>
      ))}
      <Select
        label={acts.length === 0 ? 'What it does first' : 'What it does then'}
        placeholder="choose an act"
        data={Object.entries(actLabels).map(([value, label]) => ({ value, label }))}
        value={null}
        onChange={(next) => next && setActs([...acts, draftOf({ act: next } as MacroAct)])}
      />
    </DialogForm>
  )
}

/** A macro: for whom, its name, and its acts in their order. */
export const MacroDialog = (props: Props) => (
  <Dialog opened onClose={props.onClose} title={props.macro ? `Edit ${props.macro.name}` : 'New macro'} wide>
    <Form {...props} />
  </Dialog>
)
