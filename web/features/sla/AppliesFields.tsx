import { MultiSelect, TextInput } from '@mantine/core'
import type { Environment } from '../../../contract/base.ts'
import type { TicketKind } from '../../../contract/desk/words.ts'
import { ServicesSelect } from '../../parts/ServicesSelect.tsx'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { useUnits } from './data.ts'
import type { PolicyDraft } from './policy-draft.ts'
import styles from './sla.module.css'

export type FieldsProps = {
  draft: PolicyDraft
  set: (part: Partial<PolicyDraft>) => void
  problems: Record<string, string | undefined>
  isDefault: boolean
}

const kinds: TicketKind[] = ['incident', 'request', 'problem', 'change']
const environments: Environment[] = ['prod', 'uat', 'test', 'dev']
const levels = [1, 2, 3, 4, 5].map((n) => ({ value: String(n), label: `P${n}` }))
const options = (items: readonly { id: string; name: string }[] | undefined) =>
  items?.map(({ id, name }) => ({ value: id, label: name })) ?? []

/** Name, and which tickets it is for: each field that is not empty must fit. */
export function AppliesFields({ draft, set, problems, isDefault }: FieldsProps) {
  const units = useUnits().data?.items
  return (
    <div className={styles.fields}>
      <TextInput
        label="Name"
        placeholder="Trading floor"
        autoComplete="off"
        maxLength={100}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={problems.name}
      />
      {isDefault ? (
        <p className="muted">It is the default: for every ticket that no other policy fits.</p>
      ) : (
        <>
          <div className={styles.pair}>
            <MultiSelect
              label="Kind"
              placeholder={draft.kinds.length === 0 ? 'any' : ''}
              clearable
              data={kinds}
              value={draft.kinds}
              onChange={(next) => set({ kinds: next as TicketKind[] })}
            />
            <MultiSelect
              label="Environment"
              placeholder={draft.environments.length === 0 ? 'any' : ''}
              clearable
              data={environments}
              value={draft.environments}
              onChange={(next) => set({ environments: next as Environment[] })}
            />
          </div>
          <div className={styles.pair}>
            <MultiSelect
              label="Priority"
              placeholder={draft.priorities.length === 0 ? 'any' : ''}
              clearable
              data={levels}
              value={draft.priorities.map(String)}
              onChange={(next) => set({ priorities: next.map(Number).sort() })}
            />
            <MultiSelect
              label="Business unit"
              description="The business unit uses the service, or one that depends on it."
              placeholder={draft.businessUnitIds.length === 0 ? 'any' : ''}
              clearable
              {...findByTyping}
              data={options(units)}
              value={draft.businessUnitIds}
              onChange={(businessUnitIds) => set({ businessUnitIds })}
            />
          </div>
          <ServicesSelect
            label="Service"
            none="any"
            value={draft.serviceIds}
            onChange={(serviceIds) => set({ serviceIds })}
          />
        </>
      )}
    </div>
  )
}
