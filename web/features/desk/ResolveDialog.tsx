import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { type AskProps, aboutWhat, useAsk } from './ask.ts'
import { takeOffered } from './knowledge/offered.ts'
import { useOpenChildren } from './links/use-open-children.tsx'

const readBy = ({ numbers, ticket }: AskProps) => {
  if (numbers.length > 1) return 'The same words go to each ticket; whoever asked reads them.'
  return ticket?.requester
    ? `${ticket.requester.name} reads this.`
    : 'It is kept with the ticket, for whoever meets this next.'
}

function Form(props: AskProps) {
  const [resolution, setResolution] = useState(() => takeOffered(props.numbers))
  const ask = useAsk(props, ['resolution'])
  const children = useOpenChildren(props)
  const submit = () =>
    void ask.send({
      act: (id) => api.desk.resolve({ id, resolution, ...children.input }),
      said: (names, many) => `${names} ${many ? 'are' : 'is'} resolved${children.said}.`,
    })
  return (
    <DialogForm
      act="Resolve"
      busy={ask.busy}
      failed={ask.failed}
      not={!resolution.trim() && 'Say what solved it.'}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <Textarea
        label="What solved it?"
        description={readBy(props)}
        data-autofocus
        minRows={4}
        value={resolution}
        onChange={(event) => setResolution(event.currentTarget.value)}
        error={ask.problems.resolution}
      />
      {children.field}
    </DialogForm>
  )
}

/** Asks what solved it. */
export const ResolveDialog = (props: AskProps) => (
  <Dialog opened onClose={props.onClose} title={`Resolve ${aboutWhat(props)}`}>
    <Form {...props} />
  </Dialog>
)
