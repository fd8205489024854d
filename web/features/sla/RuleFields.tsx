import { Chip, NumberInput, Select } from '@mantine/core'
import { findByTyping } from '../../ui/find-by-typing.ts'
import type { FieldsProps } from './AppliesFields.tsx'
import { useSupportCalendars } from './data.ts'
import type { PolicyDraft } from './policy-draft.ts'
import styles from './sla.module.css'

const reopening = [
  { value: 'resume', label: 'goes on, without the time between' },
  { value: 'continue', label: 'goes on, and counts the time between' },
  { value: 'new_cycle', label: 'begins anew' },
]
const reclassing = [
  { value: 'retroactive', label: 'counts from the opening of the ticket' },
  { value: 'from_change', label: 'counts from the change of the priority' },
]
const reasons = [
  { value: 'user', label: 'the requester' },
  { value: 'vendor', label: 'the vendor' },
  { value: 'change', label: 'a change' },
  { value: 'scheduled', label: 'a planned time' },
]

/** Whose hours count, when a warning comes, and what waiting, reopening and another priority mean. */
export function RuleFields({ draft, set, problems }: FieldsProps) {
  const calendars = useSupportCalendars().data?.items
  return (
    <div className={styles.fields}>
      <div className={styles.pair}>
        <Select
          label="Open hours of"
          placeholder="the service's own calendar"
          {...findByTyping}
          clearable
          data={calendars?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          value={draft.calendarId}
          onChange={(calendarId) => set({ calendarId })}
          error={problems.calendarId}
        />
        <NumberInput
          label="Warn when so much is used"
          description="Left empty, nobody is warned."
          suffix=" %"
          min={1}
          max={99}
          allowDecimal={false}
          value={draft.warnPercent ?? ''}
          onChange={(next) => set({ warnPercent: typeof next === 'number' ? next : null })}
          error={problems.warnPercent}
        />
      </div>
      <div className={styles.pair}>
        <Select
          label="When it is reopened, the resolution clock"
          data={reopening}
          allowDeselect={false}
          value={draft.onReopen}
          onChange={(next) => next && set({ onReopen: next as PolicyDraft['onReopen'] })}
        />
        <Select
          label="When the priority changes, the new target"
          data={reclassing}
          allowDeselect={false}
          value={draft.onReclass}
          onChange={(next) => next && set({ onReclass: next as PolicyDraft['onReclass'] })}
        />
      </div>
      <fieldset className={styles.chips}>
        <legend>The clocks stand still while a ticket waits for</legend>
        <Chip.Group
          multiple
          value={draft.pauseReasons}
          onChange={(next) => set({ pauseReasons: next as PolicyDraft['pauseReasons'] })}
        >
          {reasons.map(({ value, label }) => (
            <Chip key={value} value={value} size="xs">
              {label}
            </Chip>
          ))}
        </Chip.Group>
      </fieldset>
    </div>
  )
}
