import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { query } from '../../api.ts'
import { Choices } from '../../ui/Chip.tsx'
import { findByTyping, nothingFound } from '../../ui/find-by-typing.ts'
import type { Draft } from './draft.ts'
import styles from './jobs.module.css'
import { SpanField } from './SpanField.tsx'

type Props = {
  draft: Draft
  change: (part: Partial<Draft>) => void
  problems: Record<string, string | undefined>
}

const whens = [
  { value: 'success', label: 'has ended well' },
  { value: 'end', label: 'has ended, however' },
] as const

/** Which job it follows, and how soon. */
export function AfterFields({ draft, change, problems }: Props) {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed === draft.follows?.name ? '' : typed.trim(), 200)
  const found = useQuery({
    ...query.jobs.list.queryOptions({ input: { view: 'all', limit: 50, ...(search && { q: search }) } }),
    placeholderData: keepPreviousData,
  })
  const jobs = (found.data?.items ?? []).map(({ id, name }) => ({ id, name }))
  const offered = draft.follows && !jobs.some(({ id }) => id === draft.follows?.id) ? [draft.follows, ...jobs] : jobs
  return (
    <>
      <Select
        label="The job before it"
        placeholder="search by name"
        {...findByTyping}
        limit={50}
        data={offered.map(({ id, name }) => ({ value: id, label: name }))}
        value={draft.follows?.id ?? null}
        onSearchChange={setTyped}
        onChange={(id) => change({ follows: offered.find((one) => one.id === id) ?? null })}
        nothingFoundMessage={nothingFound(found, 'No job has such a name.')}
        error={problems['schedule.job']}
      />
      <div className={styles.kinds}>
        <span aria-hidden="true">Once that</span>
        <Choices label="Once that" value={draft.when} of={whens} onChange={(when) => change({ when })} />
      </div>
      <SpanField
        label="It begins within"
        value={draft.withinSeconds}
        onChange={(withinSeconds) => change({ withinSeconds })}
        error={problems['schedule.seconds']}
      />
    </>
  )
}
