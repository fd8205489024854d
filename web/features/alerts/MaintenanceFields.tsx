import { MultiSelect, TagsInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Environment } from '../../../contract/base.ts'
import { query } from '../../api.ts'
import { ServicesSelect } from '../../parts/ServicesSelect.tsx'
import { Choices } from '../../ui/Chip.tsx'
import { WhenField } from '../../ui/UntilField.tsx'
import styles from './MaintenanceFields.module.css'
import type { Draft } from './maintenance-draft.ts'
import { RecurrenceFields } from './RecurrenceFields.tsx'
import { environments } from './words.ts'

export type FieldsProps = {
  draft: Draft
  set: (part: Partial<Draft>) => void
  problems: Record<string, string | undefined>
}

/** What a window covers: services, hosts and environments. */
export function CoverageFields({ draft, set, problems }: FieldsProps) {
  const hosts = useQuery(query.catalog.hosts.list.queryOptions({ input: { limit: 200 } })).data?.items ?? []
  return (
    <>
      <ServicesSelect
        label="Services"
        value={draft.serviceIds}
        onChange={(serviceIds) => set({ serviceIds })}
        error={problems.serviceIds}
      />
      <div className={styles.two}>
        <TagsInput
          label="Hosts"
          description="Type the name of a host; Enter adds it."
          data={hosts.map(({ name }) => name)}
          value={draft.hosts}
          onChange={(given) => set({ hosts: given })}
          acceptValueOnBlur
          error={problems.hosts}
        />
        <MultiSelect
          label="Environments"
          description={
            draft.serviceIds.length + draft.hosts.length === 0
              ? 'With no service and no host: everything in them.'
              : 'None is all.'
          }
          data={environments}
          value={draft.environments}
          onChange={(given) => set({ environments: given as Environment[] })}
          error={problems.environments}
        />
      </div>
    </>
  )
}

/** When: once from one time to another, or again and again. */
export function WhenFields({ draft, set, problems }: FieldsProps) {
  return (
    <>
      <Choices
        label="How often"
        value={draft.repeats ? 'again' : 'once'}
        of={[
          { value: 'once', label: 'Once' },
          { value: 'again', label: 'Again and again' },
        ]}
        onChange={(often) => set({ repeats: often === 'again', ...(often === 'again' && { ends: '' }) })}
      />
      {draft.repeats && <RecurrenceFields draft={draft} set={set} problems={problems} />}
      <div className={styles.two}>
        <WhenField
          label={draft.repeats ? 'Not before' : 'From'}
          value={draft.starts}
          onChange={(starts) => set({ starts })}
          error={problems.startsAt}
        />
        <WhenField
          label={draft.repeats ? 'Not after' : 'Until'}
          {...(draft.repeats && draft.ends === '' && { description: 'Left empty, it goes on until somebody ends it.' })}
          value={draft.ends}
          onChange={(ends) => set({ ends })}
          error={problems.endsAt}
        />
      </div>
    </>
  )
}

export const NameFields = ({ draft, set, problems }: FieldsProps) => (
  <div className={styles.two}>
    <TextInput
      label="Name"
      placeholder="Kernel patches"
      data-autofocus
      autoComplete="off"
      value={draft.name}
      onChange={(event) => set({ name: event.currentTarget.value })}
      error={problems.name}
    />
    <TextInput
      label="Why"
      autoComplete="off"
      value={draft.reason}
      onChange={(event) => set({ reason: event.currentTarget.value })}
      error={problems.reason}
    />
  </div>
)
