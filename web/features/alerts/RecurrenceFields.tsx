import { Checkbox, NumberInput, TextInput } from '@mantine/core'
import { ZoneSelect } from '../../ui/ZoneSelect.tsx'
import styles from './MaintenanceFields.module.css'
import type { FieldsProps } from './MaintenanceFields.tsx'
import { dayNames, recurrenceInWords } from './maintenance-words.ts'

/** On which days, from what time, for how long, by the clocks of which zone. */
export function RecurrenceFields({ draft, set, problems }: FieldsProps) {
  const { weekdays, from, minutes, zone } = draft
  const said = weekdays.length > 0 && from !== '' && minutes
  return (
    <>
      <Checkbox.Group
        label="On"
        value={weekdays.map(String)}
        onChange={(days) => set({ weekdays: days.map(Number).sort((a, b) => a - b) })}
        error={problems['recurrence.weekdays']}
      >
        <div className={styles.days}>
          {dayNames.map((name, at) => (
            <Checkbox key={name} value={String(at + 1)} label={name} />
          ))}
        </div>
      </Checkbox.Group>
      <div className={styles.two}>
        <TextInput
          label="Begins at"
          type="time"
          value={from}
          onChange={(event) => set({ from: event.currentTarget.value.slice(0, 5) })}
          error={problems['recurrence.from']}
        />
        <NumberInput
          label="Lasts"
          description="In minutes; as long as that also when the clocks change meanwhile."
          value={minutes ?? ''}
          onChange={(next) => set({ minutes: typeof next === 'number' ? next : undefined })}
          allowDecimal={false}
          clampBehavior="none"
          error={problems['recurrence.minutes']}
        />
      </div>
      <ZoneSelect
        value={zone}
        onChange={(next) => set({ zone: next })}
        error={problems['recurrence.zone']}
        {...(said && { description: `${recurrenceInWords({ weekdays, from, minutes, zone })}.` })}
      />
    </>
  )
}
