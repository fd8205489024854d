import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, query } from '../../api.ts'
import { type Choice, Chooser } from '../../ui/Chooser.tsx'
import { type AskProps, aboutWhat } from './ask.ts'

const nobody = 'nobody'

export const usePeople = (
  { ticket, reader }: AskProps,
  typed: string,
): { choices: Choice[]; waiting: boolean; failed: boolean } => {
  const [search] = useDebouncedValue(typed.trim(), 120)
  const teamId = ticket?.team?.id
  const team = useQuery(query.identity.teams.read.queryOptions({ input: teamId ? { id: teamId } : skipToken }))
  const onCall = useQuery(query.oncall.onCall.queryOptions())
  const found = useQuery({
    ...query.identity.users.list.queryOptions({
      input: { limit: 50, ...(search && { search: search.slice(0, 100) }) },
    }),
    placeholderData: keepPreviousData,
  })
  const shifts =
    onCall.data?.items.flatMap(({ people, schedule }) =>
      people.map(({ user }) => ({ id: user.id, schedule: schedule.name })),
    ) ?? []
  const callHint = (id: string) => {
    const on = shifts.filter((shift) => shift.id === id).map(({ schedule }) => schedule)
    return on.length > 0 ? `on call: ${on.join(', ')}` : undefined
  }
  const holder = ticket?.assignee?.id
  const members = (team.data?.members ?? []).filter(
    ({ id, state }) => id !== reader.id && id !== holder && state !== 'disabled',
  )
  const others = (found.data?.items ?? []).filter(
    ({ id, state, role, teams }) =>
      id !== reader.id &&
      id !== holder &&
      state !== 'disabled' &&
      (teams.length > 0 || (role !== 'requester' && role !== 'stakeholder')) &&
      !members.some((member) => member.id === id),
  )
  const choices = [
    ...(holder === reader.id
      ? []
      : [{ id: reader.id, title: reader.name, hint: 'you', words: 'me myself', group: 'You' }]),
    ...members.map(({ id, name }) => ({ id, title: name, hint: callHint(id), group: ticket?.team?.name ?? 'Team' })),
    ...others.map(({ id, name, email, teams }) => ({
      id,
      title: name,
      hint: callHint(id) ?? teams.map((one) => one.name).join(', '),
      words: `${email} ${teams.map((one) => one.name).join(' ')}`,
      group: members.length > 0 ? 'Everybody else' : 'Everybody',
    })),
    ...(ticket && !holder
      ? []
      : [{ id: nobody, title: 'Nobody', hint: 'back to the queue', words: 'unassign queue', group: 'Or' }]),
  ]
  return {
    choices,
    waiting: search !== typed.trim() || found.isFetching || team.isLoading,
    failed: found.isError || team.isError,
  }
}

/** To whom it is given: yourself, its team, everybody else who works on tickets, or back to the queue. */
export function AssignChooser(props: AskProps) {
  const [typed, setTyped] = useState('')
  const { choices, waiting, failed } = usePeople(props, typed)
  return (
    <Chooser
      opened
      onClose={props.onClose}
      label={`Assign ${aboutWhat(props)} to`}
      choices={choices}
      waiting={waiting}
      failed={failed}
      onTyped={setTyped}
      none="Nobody who works on tickets has such a name."
      onChoose={({ id: userId, title }) =>
        void props.perform({
          act: (id) => (userId === nobody ? api.desk.unassign({ id }) : api.desk.assign({ id, userId })),
          said: (names, many) =>
            userId === nobody ? `${names} ${many ? 'are' : 'is'} back in the queue.` : `${title} has ${names} now.`,
        })
      }
    />
  )
}
