import { Select } from '@mantine/core'
import { useMe } from '../../parts/frame-data.ts'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { useTeams } from './data.ts'

/** For whose alerts: an administrator chooses among all teams or takes them all, others among their own. */
export const useHoldTeams = (): { teams: readonly { id: string; name: string }[]; all: boolean } => {
  const me = useMe().data
  const all = me?.may['silence.write'] === 'all'
  const every = useTeams().data?.items
  return { all, teams: (all ? every : me?.teams) ?? [] }
}

type Props = { value: string | null; onChange: (id: string | null) => void; error?: string | undefined }

const everyTeam = 'all'

/** Whose alerts are covered; hidden from those who have no choice. */
export function TeamField({ value, onChange, error }: Props) {
  const { teams, all } = useHoldTeams()
  if (!all && teams.length < 2) return null
  return (
    <Select
      label="Of which team"
      description="Alerts of other teams are told as before."
      {...findByTyping}
      data={[
        ...(all ? [{ value: everyTeam, label: 'All teams' }] : []),
        ...teams.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={value ?? (all ? everyTeam : null)}
      onChange={(next) => onChange(next === everyTeam ? null : next)}
      error={error}
    />
  )
}
