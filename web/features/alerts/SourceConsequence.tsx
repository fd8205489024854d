import { skipToken, useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { query } from '../../api.ts'
import { Panel } from '../../ui/Panel.tsx'
import styles from './SourceConsequence.module.css'
import { useSourceTeams } from './SourceFields.tsx'
import type { SourceDraft } from './source-draft.ts'
import type { SourceKind } from './words.ts'

/** Names of fields stand between backticks, as in Markdown. */
const Coded = ({ text }: { text: string }) =>
  text.split('`').map((part, index) => {
    const key = `${index} ${part}`
    return index % 2 === 1 ? <code key={key}>{part}</code> : <Fragment key={key}>{part}</Fragment>
  })

/** What will become of its alerts, in sentences, before anything is made. */
export function SourceConsequence({ draft, kind }: { draft: SourceDraft; kind: SourceKind | undefined }) {
  const { teams } = useSourceTeams()
  const { serviceId: id } = draft
  const service = useQuery(query.catalog.services.read.queryOptions({ input: id ? { id } : skipToken })).data
  const owner = service?.ownerTeam?.name
  const team = teams.find(({ id }) => id === draft.teamId)?.name
  return (
    <Panel title="What becomes of its alerts" pad>
      <div className={styles.words}>
        <p>
          {service
            ? `Alerts that name no service of ours are taken as ${service.name} in ${draft.environment}.`
            : `Alerts that name no service of ours have none, and are taken as ${draft.environment}.`}
        </p>
        <p>
          {owner
            ? `They go to ${owner}, who own ${service?.name}.`
            : team
              ? `They go to ${team}, unless their service is owned by somebody else.`
              : 'They go to the team that owns their service. Those without a service go to nobody: choose a team.'}
        </p>
        <p>
          {draft.opensIncident
            ? 'Alerts open incidents, and whoever is on call is paged as the policy says. Alerts of severity info open none.'
            : 'Alerts open no incident, and nobody is told.'}
        </p>
        {kind?.help.split('\n').map((line) => (
          <p key={line} className="muted">
            <Coded text={line} />
          </p>
        ))}
      </div>
    </Panel>
  )
}
