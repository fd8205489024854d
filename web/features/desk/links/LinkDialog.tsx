import { Select } from '@mantine/core'
import { useState } from 'react'
import type { LinkKind } from '../../../../contract/desk/link-words.ts'
import { api } from '../../../api.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { DialogForm } from '../../../ui/DialogForm.tsx'
import { findByTyping } from '../../../ui/find-by-typing.ts'
import { type AskProps, aboutWhat, useAsk } from '../ask.ts'
import { useTicketChoices } from './data.ts'
import { kinds, kindWords } from './kinds.ts'

function Form(props: AskProps) {
  const [kind, setKind] = useState<LinkKind>('caused_by')
  const [to, setTo] = useState<string | null>(null)
  const [typed, setTyped] = useState('')
  const ask = useAsk(props, ['kind', 'to'])
  const [first = ''] = props.numbers
  const found = useTicketChoices(first, typed.startsWith(`${to} `) ? (to ?? '') : typed, {
    closed: true,
    without: props.numbers,
  })
  return (
    <DialogForm
      act="Link"
      busy={ask.busy}
      failed={ask.failed}
      not={!to && 'Choose the other ticket.'}
      onSubmit={() =>
        to &&
        void ask.send({
          act: (id) => api.desk.link({ id, kind, to }),
          said: (names) => `${names} ${kind === 'relates_to' ? 'is linked to' : `is ${kindWords[kind]}`} ${to}.`,
        })
      }
      onClose={props.onClose}
    >
      <Select
        label={`${aboutWhat(props)} is`}
        {...findByTyping}
        data={kinds.map((one) => ({ value: one, label: kindWords[one] }))}
        value={kind}
        onChange={(next) => next && setKind(next as LinkKind)}
        error={ask.problems.kind}
      />
      <Select
        label="Which ticket?"
        description="Type its number or words of its title. Closed tickets are found as well."
        data-autofocus
        {...findByTyping}
        data={found.choices.map(({ id, title }) => ({ value: id, label: title }))}
        filter={({ options }) => options}
        value={to}
        searchValue={typed}
        onSearchChange={setTyped}
        onChange={setTo}
        nothingFoundMessage={
          found.failed
            ? 'They could not be loaded. Try again in a moment.'
            : typed === '' || found.waiting
              ? undefined
              : 'No ticket has such words or such a number.'
        }
        error={ask.problems.to}
      />
    </DialogForm>
  )
}

/** Asks how a ticket is linked, and to which. */
export const LinkDialog = (props: AskProps) => (
  <Dialog opened onClose={props.onClose} title={`Link ${aboutWhat(props)}`}>
    <Form {...props} />
  </Dialog>
)
