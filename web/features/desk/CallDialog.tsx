import { Checkbox, Textarea } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { type AskProps, useAsk, useAskDraft } from './ask.ts'

function Form(props: AskProps) {
  const { text: body, setText: setBody, forget } = useAskDraft('call', props)
  const [reached, setReached] = useState(true)
  const ask = useAsk(props, ['body'], forget)
  return (
    <DialogForm
      act="Log the call"
      busy={ask.busy}
      failed={ask.failed}
      not={!body.trim() && 'Say whom you called and what was said.'}
      onSubmit={() =>
        void ask.send({
          act: (id) => api.desk.callOut({ id, body: body.trim(), reached }),
          said: (names) => (reached ? `The call stands on ${names}.` : `That nobody answered stands on ${names}.`),
        })
      }
      onClose={props.onClose}
    >
      <Textarea
        label="Whom did you call, and what was said?"
        description="The desk reads this; whoever asked does not."
        data-autofocus
        minRows={3}
        maxLength={20_000}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        error={ask.problems.body}
      />
      <Checkbox
        label="Somebody was reached"
        description="Then the call counts as an answer: it stops the clock of the first response."
        checked={reached}
        onChange={(event) => setReached(event.currentTarget.checked)}
      />
    </DialogForm>
  )
}

/** Asks what was said in a call that somebody at the desk has made. */
export const CallDialog = (props: AskProps) => (
  <Dialog opened onClose={props.onClose} title={`A call about ${props.numbers[0]}`}>
    <Form {...props} />
  </Dialog>
)
