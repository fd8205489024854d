import { Checkbox, Select, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { packetDraft } from '../../../../contract/desk/escalation.ts'
import { api, query } from '../../../api.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { DialogForm } from '../../../ui/DialogForm.tsx'
import { findByTyping } from '../../../ui/find-by-typing.ts'
import { useFormDraft } from '../../../ui/form-draft.ts'
import { Callout, Failed, Loading } from '../../../ui/States.tsx'
import { useZone } from '../../../ui/Time.tsx'
import { WhenField } from '../../../ui/UntilField.tsx'
import { isoOfWall, wallOf } from '../../../ui/wall.ts'
import { type AskProps, askKey, useAsk } from '../ask.ts'

type Draft = z.output<typeof packetDraft>

const parts = [
  {
    name: 'seen',
    label: 'What is seen',
    rows: 3,
    words: 'Symptoms, which function, which users; not what you suspect.',
  },
  { name: 'hurt', label: 'Who is hurt', rows: 2, words: 'Desks, people, money, the next cut-off.' },
  { name: 'tried', label: 'What was tried', rows: 3, words: 'And what came of it. If nothing was tried, say so.' },
  {
    name: 'evidence',
    label: 'Evidence',
    rows: 3,
    words: 'Log lines, links, pictures by name. If there is none, say why.',
  },
] as const

type Team = { id: string; name: string }

/**
 * Left by a slip, a packet is found again as it was written; nobody has to write its evidence twice. Its time is
 * that of the field.
 */
const packetKind = (start: Draft) => ({
  start,
  read: (found: object): Draft => ({ ...start, ...found }),
  isEmpty: (value: Draft) => JSON.stringify(value) === JSON.stringify(start),
})

function Form({ draft, teams, ...props }: AskProps & { draft: Draft; teams: readonly Team[] }) {
  const zone = useZone()
  const onCall = useQuery(query.oncall.onCall.queryOptions())
  const policies = useQuery(query.oncall.policies.queryOptions({ input: { limit: 200 } }))
  const start = { ...draft, since: wallOf(draft.since, zone) }
  const { value, set, forget } = useFormDraft(askKey('packet', props), packetKind(start))
  const { teamId, since, pages: page } = value
  const change = (part: Partial<Draft>) => set((before) => ({ ...before, ...part }))
  const ask = useAsk(props, ['teamId', 'since', ...parts.map(({ name }) => name)], forget)
  const team = teams.find(({ id }) => id === teamId)
  const people = onCall.data?.items
    .filter((entry) => entry.team.id === teamId)
    .flatMap((entry) => entry.people.map(({ user }) => user.name))
  const noPolicy = policies.data?.next === null && !policies.data.items.some((policy) => policy.team?.id === teamId)
  const empty = parts.find(({ name }) => !value[name].trim())
  const at = isoOfWall(since, zone)
  const not = !teamId
    ? 'Choose the team.'
    : empty
      ? `${empty.label}: not written yet.`
      : !at && 'Say since when it is seen.'
  return (
    <DialogForm
      act="Escalate"
      busy={ask.busy}
      failed={ask.failed}
      not={not}
      onSubmit={() =>
        teamId &&
        at &&
        void ask.send({
          act: async (id) => {
            const { seen, hurt, tried, evidence } = value
            return api.desk.escalate({ id, teamId, since: at, page, seen, hurt, tried, evidence })
          },
          said: (names) => `${names} waits to be accepted by ${team?.name ?? 'the team'}.`,
        })
      }
      onClose={props.onClose}
    >
      {draft.reason && <Callout tone="warn">Sent back: {draft.reason}</Callout>}
      <div>
        <Select
          label="To the team"
          {...findByTyping}
          allowDeselect={false}
          data-missing={!teamId || undefined}
          data={teams
            .filter(({ id }) => id !== props.ticket?.team?.id)
            .map(({ id, name }) => ({ value: id, label: name }))}
          value={teamId}
          onChange={(next) => change({ teamId: next })}
          error={ask.problems.teamId}
          description={
            teamId &&
            (people
              ? people.length > 0
                ? `On call: ${[...new Set(people)].join(', ')}`
                : 'Nobody is on call.'
              : onCall.isError && 'Who is on call could not be looked up.')
          }
        />
      </div>
      {parts.map(({ name, label, rows, words }) => (
        <Textarea
          key={name}
          label={label}
          description={words}
          minRows={rows}
          maxRows={8}
          // The team is known already where it came back: the packet is what has to be amended.
          data-autofocus={(draft.teamId !== null && name === 'seen') || undefined}
          data-missing={empty?.name === name || undefined}
          value={value[name]}
          onChange={(event) => change({ [name]: event.currentTarget.value })}
          error={ask.problems[name]}
        />
      ))}
      <WhenField
        label="Since when"
        value={since}
        onChange={(next) => change({ since: next })}
        error={ask.problems.since}
      />
      <Checkbox
        label="Page their people on call now"
        description="Your team answers for it until they accept. Whoever asked is told only then."
        checked={page}
        onChange={(event) => change({ pages: event.currentTarget.checked })}
      />
      {page && team && noPolicy && (
        <Callout tone="warn">
          {team.name} has no escalation policy: nobody would be paged. Give it one under On-call, or call them.
        </Callout>
      )}
    </DialogForm>
  )
}

function Drafted(props: AskProps) {
  const [number = ''] = props.numbers
  // What was filled in once is not filled in again over what was written since.
  const draft = useQuery(
    query.desk.packetDraft.queryOptions({ input: { id: number }, gcTime: 0, refetchOnMount: 'always' }),
  )
  // Known before the form comes, so that a name that is typed at once finds its team.
  const teams = useQuery(query.identity.teams.list.queryOptions({ input: { limit: 200 } }))
  const [first, setFirst] = useState<Draft>()
  if (!first && draft.data && !draft.isFetching) setFirst(draft.data)
  if (first && teams.data) return <Form {...props} draft={first} teams={teams.data.items} />
  const error = draft.error ?? teams.error
  const again = () => void Promise.all([draft.refetch(), teams.refetch()])
  return error ? <Failed what="The packet could not be begun." error={error} retry={again} /> : <Loading lines={6} />
}

/** To which team it goes, with the packet that its people need to begin: filled in from what the ticket knows. */
export const EscalateDialog = (props: AskProps) => (
  <Dialog opened onClose={props.onClose} title={`Escalate ${props.numbers[0]}`} wide>
    <Drafted {...props} />
  </Dialog>
)
