import { Textarea } from '@mantine/core'
import { api } from '../../../api.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { DialogForm } from '../../../ui/DialogForm.tsx'
import { type AskProps, useAsk, useAskDraft } from '../ask.ts'

function Form(props: AskProps) {
  const { text: reason, setText: setReason, forget } = useAskDraft('send-back', props)
  const ask = useAsk(props, ['reason'], forget)
  return (
    <DialogForm
      act="Send back"
      busy={ask.busy}
      failed={ask.failed}
      not={!reason.trim() && 'Say what is missing, or whose it is.'}
      onSubmit={() =>
        void ask.send({
          act: (id) => api.desk.sendBackEscalation({ id, reason: reason.replace(/\s*\n\s*/g, ' ').trim() }),
          said: (names) => `${names} is with its sender again, who is told why.`,
        })
      }
      onClose={props.onClose}
    >
      <Textarea
        label="Why?"
        description="Whoever escalated it reads this; whoever asked does not. The packet stays."
        data-autofocus
        minRows={3}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={ask.problems.reason}
      />
    </DialogForm>
  )
}

/** Asks why an escalation goes back. */
export const SendBackDialog = (props: AskProps) => (
  <Dialog opened onClose={props.onClose} title={`Send ${props.numbers[0]} back`}>
    <Form {...props} />
  </Dialog>
)
