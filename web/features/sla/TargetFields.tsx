import { NativeSelect, TextInput } from '@mantine/core'
import type { FieldsProps } from './AppliesFields.tsx'
import { minutesOf, minutesWords } from './minutes.ts'
import { clockFields, priorities, type TargetDraft } from './policy-draft.ts'
import styles from './sla.module.css'

const titles = { firstResponse: 'First response', update: 'Next update', resolution: 'Resolution' } as const
const hours = [
  { value: 'support', label: 'in open hours' },
  { value: 'always', label: 'around the clock' },
]

/** The targets: a row for each priority, lengths of time as somebody writes them. */
export function TargetFields({ draft, set, problems }: FieldsProps) {
  const change = (priority: (typeof priorities)[number], part: Partial<TargetDraft>) =>
    set({ targets: { ...draft.targets, [priority]: { ...draft.targets[priority], ...part } } })
  return (
    <table className={styles.targets}>
      <thead>
        <tr>
          <th scope="col">Priority</th>
          {clockFields.map((field) => (
            <th key={field} scope="col">
              {titles[field]}
            </th>
          ))}
          <th scope="col">Counted</th>
        </tr>
      </thead>
      <tbody>
        {priorities.map((priority) => (
          <tr key={priority}>
            <th scope="row">{priority}</th>
            {clockFields.map((field) => (
              <td key={field}>
                <span className={styles.onPhone} aria-hidden="true">
                  {titles[field]}
                </span>
                <TextInput
                  aria-label={`${priority}: ${titles[field].toLowerCase()} within`}
                  placeholder="no target"
                  autoComplete="off"
                  maxLength={20}
                  value={draft.targets[priority][field]}
                  onChange={(event) => change(priority, { [field]: event.currentTarget.value })}
                  onBlur={(event) => {
                    const minutes = minutesOf(event.currentTarget.value)
                    if (minutes !== undefined)
                      change(priority, { [field]: minutes === null ? '' : minutesWords(minutes) })
                  }}
                  error={problems[`targets.${priority}.${field}`]}
                />
              </td>
            ))}
            <td>
              <span className={styles.onPhone} aria-hidden="true">
                Counted
              </span>
              <NativeSelect
                aria-label={`${priority} is counted`}
                data={hours}
                value={draft.targets[priority].clock}
                onChange={(event) => change(priority, { clock: event.currentTarget.value as TargetDraft['clock'] })}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
