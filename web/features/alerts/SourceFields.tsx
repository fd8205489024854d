import { NumberInput, Select, Switch, TextInput } from '@mantine/core'
import type { Environment } from '../../../contract/base.ts'
import { useMe } from '../../parts/frame-data.ts'
import { ServiceIdSelect } from '../../parts/ServiceSelect.tsx'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { useTeams } from './data.ts'
import styles from './SourceFields.module.css'
import type { SourceDraft } from './source-draft.ts'
import { environments } from './words.ts'

type Props = {
  draft: SourceDraft
  set: (part: Partial<SourceDraft>) => void
  problems: Record<string, string | undefined>
}

/** Teams for which somebody may connect tools: all of them, or those that he leads. */
export const useSourceTeams = (): { teams: readonly { id: string; name: string }[]; all: boolean } => {
  const me = useMe().data
  const every = useTeams().data?.items
  const all = me?.may['source.write'] === 'all'
  return { all, teams: (all ? every : me?.teams) ?? [] }
}

/** Name, team, service and environment: what is true of its alerts when they do not say otherwise. */
export function SourceFields({ draft, set, problems }: Props) {
  const { teams, all } = useSourceTeams()
  return (
    <div className={styles.fields}>
      <TextInput
        label="Name"
        description="The name by which people know the tool."
        placeholder="Zabbix London"
        data-autofocus
        autoComplete="off"
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={problems.name}
      />
      <Select
        label="Team"
        description="The team that gets alerts whose service has no owner, or that name no service."
        {...findByTyping}
        clearable={all}
        placeholder="none"
        data={teams.map(({ id, name }) => ({ value: id, label: name }))}
        value={draft.teamId}
        onChange={(teamId) => set({ teamId })}
        error={problems.teamId}
      />
      <ServiceIdSelect
        label="Service"
        description="The service of alerts that name none themselves."
        placeholder="none"
        value={draft.serviceId}
        onChange={(serviceId) => set({ serviceId })}
        error={problems.serviceId}
      />
      <Select
        label="Environment"
        data={environments}
        value={draft.environment}
        onChange={(environment) => environment && set({ environment: environment as Environment })}
        error={problems.environment}
      />
      <Switch
        label="Its alerts open incidents"
        description="When this is off, alerts are only listed, and nobody is told."
        checked={draft.opensIncident}
        onChange={(event) => set({ opensIncident: event.currentTarget.checked })}
      />
      <NumberInput
        label="Requests a second"
        description="The most that one key may send. What is more is answered with status 429, and tools try it again."
        value={draft.perSecond ?? ''}
        onChange={(next) => set({ perSecond: typeof next === 'number' ? next : undefined })}
        allowDecimal={false}
        clampBehavior="none"
        error={problems.perSecond}
      />
      <NumberInput
        label="Expires after (minutes)"
        description="For tools that repeat alerts which still fire: an alert that was not repeated for this long expires. Its incident stays open, because nobody said that it is over."
        placeholder="never"
        value={draft.expiresMinutes ?? ''}
        onChange={(next) => set({ expiresMinutes: typeof next === 'number' ? next : undefined })}
        allowDecimal={false}
        clampBehavior="none"
        error={problems.expiresMinutes}
      />
    </div>
  )
}
