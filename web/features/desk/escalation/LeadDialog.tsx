import { SegmentedControl, Textarea } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../../api.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { DialogForm } from '../../../ui/DialogForm.tsx'
import { type AskProps, aboutWhat, useAsk, useAskDraft } from '../ask.ts'
import styles from '../desk.module.css'

type Whom = 'leads' | 'managers'

function Form(props: AskProps) {
  const [to, setTo] = useState<Whom>('leads')
  const { text: reason, setText: setReason, forget } = useAskDraft('leads', props)
  const ask = useAsk(props, ['reason'], forget)
  return (
    <DialogForm
      act="Tell them"
      busy={ask.busy}
      failed={ask.failed ?? ask.problems.to}
      not={!reason.trim() && 'Say why they should know.'}
      onSubmit={() =>
        void ask.send({
          act: (id) => api.desk.escalateUp({ id, to, reason: reason.replace(/\s*\n\s*/g, ' ').trim() }),
          said: (names) => `The ${to} of ${names} were told.`,
        })
      }
      onClose={props.onClose}
    >
      <div>
        <div className={styles.label} id="tell-whom">
          Tell
        </div>
        <SegmentedControl
          fullWidth
          aria-labelledby="tell-whom"
          data={[
            { value: 'leads', label: 'the leads of its team' },
            { value: 'managers', label: 'the managers' },
          ]}
          value={to}
          onChange={(next) => setTo(next as Whom)}
        />
      </div>
      <Textarea
        label="Why?"
        description="They are told at once, with your reason and a link. The ticket stays with its team."
        data-autofocus
        minRows={3}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={ask.problems.reason}
      />
    </DialogForm>
  )
}

/** Asks why those above should know of it. */
export const LeadDialog = (props: AskProps) => (
  <Dialog opened onClose={props.onClose} title={`Escalate ${aboutWhat(props)} to the leads`}>
    <Form {...props} />
  </Dialog>
)
