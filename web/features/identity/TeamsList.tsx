import type { ReactNode } from 'react'
import { paths } from '../../paths.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/States.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { counted, kindWords, type TeamRow, useTeams } from './data.ts'

const leadsOf = (team: TeamRow) => (team.leads.length > 0 ? team.leads.join(', ') : 'nobody')

/** The list of teams. */
export function TeamsList({ archived, keys, act }: { archived: boolean; keys: boolean; act: ReactNode }) {
  const teams = useTeams(archived ? 'yes' : 'no')
  return (
    <DataTable
      label="Teams"
      flow
      rows={teams.data?.items}
      rowId={(team) => team.id}
      to={(team) => paths.team(team.id)}
      source={teams}
      keys={keys}
      columns={[
        { title: 'Name', main: true, cell: (team) => <span className="strong">{team.name}</span> },
        { title: 'Kind', width: 156, faint: true, from: 470, cell: (team) => kindWords[team.kind] },
        { title: 'Lead', width: 92, cell: leadsOf },
        { title: 'People', width: 60, align: 'right', cell: (team) => team.members },
      ]}
      empty={
        archived ? (
          <Empty title="No team is archived." />
        ) : (
          <Empty title="No teams yet." act={act}>
            A team is a support line or a group that solves: it has people, a queue, schedules and services.
          </Empty>
        )
      }
      phone={(team) => (
        <TwoLine
          title={team.name}
          urgent={<span className="faint">{counted(team.members, 'person', 'people')}</span>}
          words={kindWords[team.kind]}
          end={`lead: ${leadsOf(team)}`}
        />
      )}
    />
  )
}
