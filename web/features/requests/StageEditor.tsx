import { MultiSelect, NumberInput, Select, Switch } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { query } from '../../api.ts'
import { findByTyping, nothingFound } from '../../ui/find-by-typing.ts'
import styles from './requests.module.css'
import type { StageDraft } from './type-draft.ts'

type Props = {
  stage: StageDraft
  set: (part: Partial<StageDraft>) => void
  error: string | undefined
  teams: readonly { value: string; label: string }[]
}

function People({ stage, set, error }: Omit<Props, 'teams'>) {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim().slice(0, 100), 200)
  const found = useQuery({
    ...query.identity.users.list.queryOptions({ input: { limit: 30, ...(search && { search }) } }),
    placeholderData: keepPreviousData,
  })
  const people = (found.data?.items ?? []).filter(({ state }) => state !== 'disabled')
  const offered = [...stage.people.filter(({ id }) => !people.some((one) => one.id === id)), ...people]
  return (
    <MultiSelect
      label="Who"
      {...findByTyping}
      placeholder={stage.people.length > 0 ? '' : 'Type a part of the name'}
      data={offered.map(({ id, name }) => ({ value: id, label: name }))}
      filter={({ options }) => options}
      value={stage.people.map(({ id }) => id)}
      onChange={(ids) =>
        set({ people: ids.flatMap((id) => offered.filter((one) => one.id === id).map(({ name }) => ({ id, name }))) })
      }
      searchValue={typed}
      onSearchChange={setTyped}
      maxValues={10}
      nothingFoundMessage={nothingFound(found, 'Nobody has such a name.')}
      error={error}
    />
  )
}

const hours = (next: string | number, otherwise: number) => (typeof next === 'number' ? next : otherwise)

/** One stage of the approvals: who, whether all of them, and how long it waits for them. */
export const StageEditor = ({ stage, set, error, teams }: Props) => (
  <>
    <div className={styles.pair}>
      <Select
        label="Approved by"
        data={[
          { value: 'people', label: 'people by name' },
          { value: 'leads', label: 'the leads of a team' },
        ]}
        value={stage.kind}
        onChange={(kind) => kind && set({ kind: kind as StageDraft['kind'] })}
      />
      {stage.kind === 'people' ? (
        <People stage={stage} set={set} error={error} />
      ) : (
        <Select
          label="Of which team"
          {...findByTyping}
          data={teams}
          value={stage.teamId}
          onChange={(teamId) => set({ teamId })}
          error={error}
        />
      )}
    </div>
    <Switch
      label="All of them must approve"
      description="When this is off, the first answer decides."
      checked={stage.all}
      onChange={(event) => set({ all: event.currentTarget.checked })}
    />
    <div className={styles.pair}>
      <NumberInput
        label="Hours to answer"
        description="When nobody has answered by then, the request goes back to the support team."
        min={1}
        max={1440}
        allowDecimal={false}
        value={stage.expiryHours}
        onChange={(next) => set({ expiryHours: hours(next, stage.expiryHours) })}
      />
      <NumberInput
        label="Remind every so many hours"
        description="Left empty, nobody is reminded."
        min={1}
        max={720}
        allowDecimal={false}
        value={stage.reminderHours ?? ''}
        onChange={(next) => set({ reminderHours: typeof next === 'number' ? next : null })}
      />
    </div>
  </>
)
