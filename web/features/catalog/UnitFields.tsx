import { NumberInput, TextInput } from '@mantine/core'
import styles from './catalog.module.css'

export type UnitGiven = { name: string; site: string; people: number | null }

/** What a business unit is called, where it is, and how many work there. */
export function UnitFields({
  unit,
  onChange,
  problems,
  autofocus = false,
}: {
  unit: UnitGiven
  onChange: (unit: UnitGiven) => void
  problems: Record<string, string | undefined>
  autofocus?: boolean
}) {
  return (
    <>
      <TextInput
        label="Name"
        {...(autofocus && { 'data-autofocus': true })}
        value={unit.name}
        onChange={(event) => onChange({ ...unit, name: event.currentTarget.value })}
        error={problems.name}
      />
      <div className={styles.pair}>
        <TextInput
          label="Site"
          value={unit.site}
          onChange={(event) => onChange({ ...unit, site: event.currentTarget.value })}
          error={problems.site}
        />
        <NumberInput
          label="People"
          min={0}
          allowDecimal={false}
          value={unit.people ?? ''}
          onChange={(next) => onChange({ ...unit, people: typeof next === 'number' ? next : null })}
          error={problems.people}
        />
      </div>
    </>
  )
}
