import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { TicketDetail } from '../../../contract/desk/shapes.ts'
import { api } from '../../api.ts'
import { ServiceSelect } from '../../parts/ServiceSelect.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { useFormDraft } from '../../ui/form-draft.ts'
import { Callout } from '../../ui/States.tsx'
import { type AskProps, askKey, useAsk } from './ask.ts'
import styles from './desk.module.css'
import { environments } from './words.ts'

type Environment = (typeof environments)[number]
type Edited = Partial<Pick<TicketDetail, 'title' | 'description' | 'service' | 'environment'>>

/** What was touched, and nothing else: what others changed meanwhile stays as they have it. */
const editDraft = {
  start: {} as Edited,
  read: (found: object): Edited => found,
  isEmpty: (value: Edited) => Object.keys(value).length === 0,
}

function Form({ ticket, ...props }: AskProps & { ticket: TicketDetail }) {
  const { title, description, service, environment } = ticket
  const draft = useFormDraft(askKey('edit', props), editDraft)
  const given = { title, description, service, environment, ...draft.value }
  const [found] = useState(Object.keys(draft.value).length > 0)
  const set = (change: Edited) => draft.set((before) => ({ ...before, ...change }))
  const ask = useAsk({ ...props, ticket }, ['title', 'description', 'serviceId', 'environment'], draft.forget)
  const changes = {
    ...(given.title.trim() !== ticket.title && { title: given.title.trim() }),
    ...(given.description !== ticket.description && { description: given.description }),
    ...(given.service?.id !== ticket.service?.id && { serviceId: given.service?.id ?? null }),
    ...(given.environment !== ticket.environment && { environment: given.environment }),
  }
  const not = !given.title.trim()
    ? 'A title is needed.'
    : Object.keys(changes).length === 0 && 'Nothing is changed yet.'
  return (
    <DialogForm
      act="Save"
      busy={ask.busy}
      failed={ask.failed}
      not={not}
      onSubmit={() =>
        void ask.send({ act: (id) => api.desk.change({ id, ...changes }), said: (names) => `${names} was changed.` })
      }
      onClose={props.onClose}
    >
      {found && Object.keys(changes).length > 0 && (
        <Callout acts={<Button onClick={() => draft.set({})}>As the ticket is</Button>}>
          What you changed here before is not saved yet.
        </Callout>
      )}
      <TextInput
        label="Title"
        data-autofocus
        maxLength={200}
        value={given.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        error={ask.problems.title}
      />
      <div className={styles.pair}>
        <ServiceSelect
          label="Service"
          value={given.service}
          onChange={(service) => set({ service })}
          error={ask.problems.serviceId}
        />
        <Select
          label="Environment"
          data={[...environments]}
          value={given.environment}
          onChange={(next) => next && set({ environment: next as Environment })}
          error={ask.problems.environment}
        />
      </div>
      {('serviceId' in changes || 'environment' in changes) && (
        <p className="faint">Where impact and urgency were proposed by rule, they are proposed anew.</p>
      )}
      <Textarea
        label="Description"
        minRows={5}
        value={given.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
        error={ask.problems.description}
      />
    </DialogForm>
  )
}

/** The words and the facts of a ticket. */
export const EditDialog = (props: AskProps & { ticket: TicketDetail }) => (
  <Dialog opened onClose={props.onClose} title={`Edit ${props.ticket.number}`} wide>
    <Form {...props} />
  </Dialog>
)
