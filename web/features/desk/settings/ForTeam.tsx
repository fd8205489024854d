import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { query } from '../../../api.ts'
import { useMe } from '../../../parts/frame-data.ts'
import { mayFor } from '../../../parts/use-may-for.ts'
import { findByTyping } from '../../../ui/find-by-typing.ts'

const all = 'all'

/** For which team something is: those that the reader leads, and all for an administrator. */
export function ForTeam({
  value,
  onChange,
  error,
}: {
  value: string | null | undefined
  onChange: (teamId: string | null) => void
  error?: string | undefined
}) {
  const me = useMe().data
  const teams = useQuery(query.identity.teams.list.queryOptions({ input: { limit: 200 } }))
  const mine = (teams.data?.items ?? []).filter(({ id }) => mayFor(me, 'macro.write', id))
  return (
    <Select
      label="For"
      {...findByTyping}
      allowDeselect={false}
      data={[
        ...(mayFor(me, 'macro.write', null) ? [{ value: all, label: 'all teams' }] : []),
        ...mine.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={value === null ? all : (value ?? null)}
      onChange={(next) => next && onChange(next === all ? null : next)}
      error={error}
    />
  )
}
