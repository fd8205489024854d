import { Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { priorityName, priorityOf } from '../../../contract/desk/priority.ts'
import type { TicketDetail } from '../../../contract/desk/shapes.ts'
import type { Level } from '../../../contract/desk/words.ts'
import { api, query } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { type AskProps, aboutWhat, useAsk } from './ask.ts'
import { type Chosen, LevelRow } from './LevelRow.tsx'
import { capital } from './words.ts'

type Given = { impact: Chosen; urgency: Chosen; priority: string; reason: string }

const startOf = (ticket: TicketDetail | undefined): Given => ({
  impact: !ticket ? 'same' : ticket.basis?.impact.by === 'person' ? (ticket.impact ?? 'rule') : 'rule',
  urgency: !ticket ? 'same' : ticket.basis?.urgency.by === 'person' ? (ticket.urgency ?? 'rule') : 'rule',
  priority: ticket?.priorityOverridden ? String(ticket.priority) : ticket ? 'matrix' : 'same',
  reason: '',
})

/** Only what was changed, so that what the rule proposed is not proposed anew by chance. */
const changesOf = (start: Given, given: Given) => ({
  ...(given.impact !== start.impact && { impact: given.impact === 'rule' ? null : (given.impact as Level) }),
  ...(given.urgency !== start.urgency && { urgency: given.urgency === 'rule' ? null : (given.urgency as Level) }),
  ...(given.priority !== start.priority &&
    (given.priority === 'matrix' ? { priority: null } : { priority: Number(given.priority), reason: given.reason })),
})

/** What the rule would propose now, for a level that is given back to it. */
const useProposed = (ticket: TicketDetail | undefined) =>
  useQuery({
    ...query.desk.proposal.queryOptions({
      input: {
        kind: ticket?.kind ?? 'incident',
        environment: ticket?.environment ?? 'prod',
        ...(ticket?.service && { serviceId: ticket.service.id }),
      },
    }),
    enabled: ticket !== undefined,
  }).data

const fields = [
  { field: 'impact', label: 'Impact: how much of the business' },
  { field: 'urgency', label: 'Urgency: how long it can wait' },
] as const

function Form(props: AskProps) {
  const { ticket } = props
  const [start] = useState(() => startOf(ticket))
  const [given, set] = useState(start)
  const ask = useAsk(props, ['impact', 'urgency', 'priority', 'reason'])
  const proposed = useProposed(ticket)
  const matrix = useQuery(query.desk.matrix.queryOptions()).data?.matrix
  const levelOf = (field: 'impact' | 'urgency'): Level | null | undefined => {
    if (given[field] === 'same') return undefined
    if (given[field] !== 'rule') return given[field] as Level
    return ticket && ticket.basis?.[field].by === 'rule' ? ticket[field] : proposed?.[field]
  }
  const [impact, urgency] = [levelOf('impact'), levelOf('urgency')]
  const changes = changesOf(start, given)
  const overrides = 'priority' in changes && changes.priority !== null
  const not =
    Object.keys(changes).length === 0
      ? 'Nothing is changed yet.'
      : overrides && !given.reason.trim() && 'Say why it is set by hand.'
  const because = (field: 'impact' | 'urgency') => {
    if (given[field] === 'same') return 'Each ticket keeps its own.'
    if (given[field] !== 'rule') return 'Set by hand.'
    return ticket?.basis?.[field].by === 'rule'
      ? capital(ticket.basis[field].because)
      : capital(proposed?.basis[field].because ?? '')
  }
  return (
    <DialogForm
      act="Set priority"
      busy={ask.busy}
      failed={ask.failed}
      not={not}
      onSubmit={() =>
        void ask.send({
          act: (id) => api.desk.change({ id, ...changes }),
          said: (names, many) => `The priority of ${names} ${many ? 'was' : 'was'} set.`,
        })
      }
      onClose={props.onClose}
    >
      {fields.map(({ field, label }) => (
        <LevelRow
          key={field}
          label={label}
          value={given[field]}
          byRule={levelOf(field)}
          because={because(field)}
          single={ticket !== undefined}
          onChange={(next) => set({ ...given, [field]: next })}
        />
      ))}
      <Select
        label="Priority"
        description={
          impact && urgency && matrix
            ? `${capital(impact)} × ${urgency} = ${priorityName(priorityOf(impact, urgency, matrix))}`
            : undefined
        }
        data={[
          ...(ticket ? [] : [{ value: 'same', label: 'as it is' }]),
          { value: 'matrix', label: 'by impact × urgency' },
          ...['1', '2', '3', '4', '5'].map((value) => ({ value, label: `P${value} by hand` })),
        ]}
        value={given.priority}
        onChange={(next) => next && set({ ...given, priority: next })}
        error={ask.problems.priority}
      />
      {overrides && (
        <TextInput
          label="Why by hand?"
          description="It is kept with the ticket and in its timeline."
          maxLength={500}
          value={given.reason}
          onChange={(event) => set({ ...given, reason: event.currentTarget.value })}
          error={ask.problems.reason}
        />
      )}
    </DialogForm>
  )
}

/** Impact and urgency, by rule or by hand, and what priority follows. */
export const PriorityDialog = (props: AskProps) => (
  <Dialog opened onClose={props.onClose} title={`Priority of ${aboutWhat(props)}`}>
    <Form {...props} />
  </Dialog>
)
