import { Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useAct } from '../../parts/use-act.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { toast } from '../../ui/toast.ts'
import { approvalKeys } from './data.ts'

type Passing = { id: string; number: string; from: string | null }
type Named = { id: string; name: string }

/** The desk finds everybody; an approver of the business only by this one approval. */
const usePeople = (approvalId: string, search: string) => {
  const all = useMay('people.read') !== undefined
  const enough = search.length >= 2
  const found = useQuery({
    ...query.requests.approvals.people.queryOptions({ input: !all && enough ? { id: approvalId, search } : skipToken }),
    placeholderData: keepPreviousData,
  })
  const users = useQuery({
    ...query.identity.users.list.queryOptions({ input: all && enough ? { search, limit: 20 } : skipToken }),
    placeholderData: keepPreviousData,
  })
  return (all ? users.data?.items.filter(({ state }) => state !== 'disabled') : found.data?.items) ?? []
}

function Form({ id, number, onClose }: Passing & { onClose: () => void }) {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim().slice(0, 100), 200)
  const [to, setTo] = useState<Named | null>(null)
  const [reason, setReason] = useState('')
  const people = usePeople(id, to?.name === search ? '' : search)
  const offered: readonly Named[] = to && !people.some((one) => one.id === to.id) ? [to, ...people] : people
  const act = useAct(
    () =>
      api.requests.approvals.delegate({ id, userId: to?.id ?? '', ...(reason.trim() && { reason: reason.trim() }) }),
    {
      fields: ['userId', 'reason'],
      refresh: approvalKeys,
      done: () => {
        toast(`${to?.name} is asked about ${number} now.`)
        onClose()
      },
    },
  )
  return (
    <DialogForm
      act="Pass on"
      busy={act.busy}
      failed={act.failed}
      not={!to && 'Choose somebody.'}
      onSubmit={() => act.run(undefined)}
      onClose={onClose}
    >
      <Select
        label="To whom"
        data-autofocus
        {...findByTyping}
        clearable
        placeholder="Type a part of the name"
        data={offered.map(({ id: value, name }) => ({ value, label: name }))}
        filter={({ options }) => options}
        value={to?.id ?? null}
        onChange={(next) => setTo(offered.find((one) => one.id === next) ?? null)}
        searchValue={typed}
        onSearchChange={setTyped}
        nothingFoundMessage={search.length < 2 ? 'Type at least two letters.' : 'Nobody has such a name.'}
        error={act.problems.userId}
      />
      <TextInput
        label="A word to them"
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={act.problems.reason}
      />
    </DialogForm>
  )
}

/** Passes an approval on to somebody else, who decides in its place. */
export const PassOnDialog = ({ passing, onClose }: { passing: Passing | undefined; onClose: () => void }) => (
  <Dialog
    opened={passing !== undefined}
    onClose={onClose}
    title={
      passing ? `Pass the approval of ${passing.number} on${passing.from ? `, in place of ${passing.from}` : ''}` : ''
    }
  >
    {passing && <Form key={passing.id} {...passing} onClose={onClose} />}
  </Dialog>
)
