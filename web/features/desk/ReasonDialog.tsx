import { Textarea } from '@mantine/core'
import { api } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { type AskProps, aboutWhat, useAsk, useAskDraft } from './ask.ts'

const kinds = {
  cancel: {
    title: 'Cancel',
    label: 'Why is it not wanted any more?',
    act: 'Cancel ticket',
    said: 'cancelled',
    needed: true,
  },
  reopen: { title: 'Reopen', label: 'What is still wrong?', act: 'Reopen', said: 'open again', needed: false },
} as const

function Form({ kind, ...props }: AskProps & { kind: keyof typeof kinds }) {
  const { label, act, said, needed } = kinds[kind]
  const { text: typed, setText: setTyped, forget } = useAskDraft(kind, props)
  const ask = useAsk(props, ['reason'], forget)
  const reason = typed.replace(/\s+/g, ' ').trim()
  const submit = () =>
    void ask.send({
      act: (id) =>
        kind === 'cancel' ? api.desk.cancel({ id, reason }) : api.desk.reopen({ id, ...(reason && { reason }) }),
      said: (names, many) => `${names} ${many ? 'are' : 'is'} ${said}.`,
    })
  return (
    <DialogForm
      act={act}
      busy={ask.busy}
      failed={ask.failed}
      not={needed && !reason && 'Say why, in a line.'}
      danger={kind === 'cancel'}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <Textarea
        label={label}
        description={props.reader.desk ? 'Whoever asked reads this.' : 'Support reads this.'}
        data-autofocus
        minRows={2}
        maxLength={500}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={ask.problems.reason}
      />
    </DialogForm>
  )
}

/** Asks for the reason of a cancelling or a reopening. */
export const ReasonDialog = (props: AskProps & { kind: keyof typeof kinds }) => (
  <Dialog opened onClose={props.onClose} title={`${kinds[props.kind].title} ${aboutWhat(props)}`}>
    <Form {...props} />
  </Dialog>
)
