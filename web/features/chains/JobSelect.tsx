import { Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { nothingFound, useServerSearch } from '../../ui/find-by-typing.ts'
import { scheduleWords } from '../jobs/words.ts'

type Named = { id: string; name: string }
type Props = {
  label: string
  description?: string
  value: Named | null
  onChange: (job: Named | null) => void
  error?: string | undefined
  autoFocus?: boolean
}

/** A job, found by a part of its name. */
export function JobSelect({ value, onChange, autoFocus, ...field }: Props) {
  const { search, fieldOf } = useServerSearch(value)
  const found = useQuery({
    ...query.jobs.list.queryOptions({ input: { limit: 50, ...(search.search && { q: search.search }) } }),
    placeholderData: keepPreviousData,
  })
  const jobs = found.data?.items ?? []
  const { offered, field: searched } = fieldOf<Named>(jobs)
  return (
    <Select
      {...field}
      {...searched}
      data-autofocus={autoFocus || undefined}
      data-missing={value === null || undefined}
      placeholder="Type a part of its name"
      onChange={(id) => onChange(offered.find((one) => one.id === id) ?? null)}
      nothingFoundMessage={nothingFound(found, 'No job has such a name.')}
      renderOption={({ option }) => {
        const job = jobs.find(({ id }) => id === option.value)
        return (
          <>
            <span className="clip">{option.label}</span>
            <span className="faint clip" style={{ marginLeft: 'auto', paddingLeft: 12 }}>
              {job && [job.service?.name, scheduleWords(job.schedule)].filter(Boolean).join(' · ')}
            </span>
          </>
        )
      }}
    />
  )
}
