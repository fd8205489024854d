import { Select, Switch, TextInput } from '@mantine/core'
import type { Environment } from '../../../contract/base.ts'
import { ServiceIdSelect } from '../../parts/ServiceSelect.tsx'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { ConditionField } from './ConditionField.tsx'
import { usePolicies, useTeams } from './data.ts'
import styles from './Routes.module.css'
import type { RouteDraft } from './route-draft.ts'
import { type AlertRoute, environments } from './words.ts'

type Props = {
  draft: RouteDraft
  set: (part: Partial<RouteDraft>) => void
  problems: Record<string, string | undefined>
  /** The route as it is, whose team or service may be archived by now. */
  known: AlertRoute | undefined
}

type Named = { id: string; name: string }

const offered = (items: readonly Named[] | undefined, known: Named | null | undefined) => {
  const all = items ?? []
  const every = known && !all.some(({ id }) => id === known.id) ? [known, ...all] : all
  return every.map(({ id, name }) => ({ value: id, label: name }))
}

const priorities = ['1', '2', '3', '4', '5'].map((value) => ({ value, label: `P${value}` }))
const incidents = [
  { value: 'source', label: 'as the source is set' },
  { value: 'always', label: 'always' },
  { value: 'never', label: 'never' },
]
const incidentOf = (opens: boolean | null) => (opens === null ? 'source' : opens ? 'always' : 'never')

/** For which alerts it is, and what it decides; what is left empty stays as it is without it. */
export function RouteFields({ draft, set, problems, known }: Props) {
  const teams = useTeams().data?.items
  const policies = usePolicies().data?.items
  return (
    <>
      <TextInput
        label="Name"
        placeholder="Oracle to the DBAs"
        autoComplete="off"
        maxLength={120}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={problems.name}
      />
      <ConditionField value={draft.condition} onChange={(condition) => set({ condition })} error={problems.condition} />
      <Select
        label="Team"
        description="The team that gets these alerts."
        {...findByTyping}
        clearable
        placeholder="the default"
        data={offered(teams, known?.team)}
        value={draft.teamId}
        onChange={(teamId) => set({ teamId })}
        error={problems.teamId}
      />
      <ServiceIdSelect
        label="Service"
        description="When no team is chosen, the team that owns this service gets the alerts."
        placeholder="the default"
        value={draft.serviceId}
        known={known?.service}
        onChange={(serviceId) => set({ serviceId })}
        error={problems.serviceId}
      />
      <Select
        label="Escalation policy"
        description="It decides who is paged. When none is chosen, the policy of the service counts, else that of the team."
        {...findByTyping}
        clearable
        placeholder="the default"
        data={offered(policies, known?.policy)}
        value={draft.policyId}
        onChange={(policyId) => set({ policyId })}
        error={problems.policyId}
      />
      <div className={styles.three}>
        <Select
          label="Environment"
          clearable
          placeholder="the default"
          data={environments}
          value={draft.environment}
          onChange={(environment) => set({ environment: environment as Environment | null })}
          error={problems.environment}
        />
        <Select
          label="Priority"
          clearable
          placeholder="the default"
          data={priorities}
          value={draft.priority === null ? null : String(draft.priority)}
          onChange={(priority) => set({ priority: priority === null ? null : Number(priority) })}
          error={problems.priority}
        />
        <Select
          label="Incident"
          data={incidents}
          value={incidentOf(draft.opensIncident)}
          onChange={(next) => set({ opensIncident: next === 'source' ? null : next === 'always' })}
          error={problems.opensIncident}
        />
      </div>
      <Switch
        label="It is enabled"
        description="A disabled route keeps its place in the order, and is not tried."
        checked={draft.enabled}
        onChange={(event) => set({ enabled: event.currentTarget.checked })}
      />
    </>
  )
}
