import { MultiSelect } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { query } from '../api.ts'
import { nothingFound, useServerSearchOfMany } from '../ui/find-by-typing.ts'

type Props = {
  label: string
  description?: string
  value: readonly string[]
  /** Those chosen, by name, as the form began. */
  known: readonly { id: string; name: string }[]
  onChange: (ids: string[]) => void
  error?: string | undefined
  openOnFocus?: boolean
}

/** Several people of the support organisation, each found by name or mail address. */
export function PeopleSelect({ value, known, onChange, ...field }: Props) {
  const { search, fieldOf } = useServerSearchOfMany(value, known)
  const found = useQuery({
    ...query.identity.users.list.queryOptions({ input: { limit: 50, ...search } }),
    placeholderData: keepPreviousData,
  })
  const offered = found.data?.items.filter(
    ({ role, state }) => state !== 'disabled' && role !== 'requester' && role !== 'stakeholder',
  )
  return (
    <MultiSelect
      data-autofocus
      {...field}
      {...fieldOf(offered)}
      placeholder={value.length === 0 ? 'Type a name or a mail address' : ''}
      onChange={onChange}
      nothingFoundMessage={nothingFound(found, 'Nobody of support has such a name or mail address.')}
    />
  )
}
