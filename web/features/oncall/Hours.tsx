import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core'
import { type DraftLayer, newKey } from './draft.ts'
import styles from './editor.module.css'

type Hours = DraftLayer['restrictions']
const days = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']
const whole = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** In which hours a layer covers: always, or on some days between two times of day. */
export function HoursField({
  value,
  onChange,
  error,
}: {
  value: Hours
  onChange: (value: Hours) => void
  error?: string | undefined
}) {
  const change = (key: number, part: Partial<Hours[number]>) =>
    onChange(value.map((one) => (one.key === key ? { ...one, ...part } : one)))
  const add = () =>
    onChange([
      ...value,
      { key: newKey(), weekdays: value.length === 0 ? [1, 2, 3, 4, 5] : [6, 7], from: '07:00', to: '19:00' },
    ])
  const toggle = (one: Hours[number], day: number) =>
    change(one.key, {
      weekdays: one.weekdays.includes(day) ? one.weekdays.filter((d) => d !== day) : [...one.weekdays, day].sort(),
    })
  return (
    <div className={styles.hours}>
      <div className={styles.caption}>
        Hours <span className="faint">{value.length === 0 && 'around the clock'}</span>
      </div>
      {value.map((one, index) => (
        <fieldset key={one.key} className={styles.restriction} aria-label={`Hours ${index + 1}`}>
          <div className={styles.weekdays}>
            {days.map((day, place) => (
              <Checkbox.Card
                key={day}
                className={styles.weekday}
                checked={one.weekdays.includes(place + 1)}
                onChange={() => toggle(one, place + 1)}
                aria-label={whole[place]}
              >
                {day}
              </Checkbox.Card>
            ))}
          </div>
          <div className={styles.times}>
            <TextInput
              type="time"
              aria-label="From"
              value={one.from}
              onChange={(event) => change(one.key, { from: event.currentTarget.value.slice(0, 5) })}
            />
            <span className="faint">until</span>
            <TextInput
              type="time"
              aria-label="Until"
              value={one.to}
              onChange={(event) => change(one.key, { to: event.currentTarget.value.slice(0, 5) })}
            />
            <span className="faint clip">
              {one.to && one.from >= one.to && one.to !== '00:00' ? 'the next day' : ''}
            </span>
            <ActionIcon
              aria-label={`Remove hours ${index + 1}`}
              onClick={() => onChange(value.filter(({ key }) => key !== one.key))}
            >
              ×
            </ActionIcon>
          </div>
        </fieldset>
      ))}
      {error && <div className={styles.wrong}>{error}</div>}
      <div>
        <Button onClick={add} disabled={value.length >= 20}>
          {value.length === 0 ? 'Only in some hours' : 'Add hours'}
        </Button>
      </div>
    </div>
  )
}
