import { Button, Chip, NumberInput, TextInput } from '@mantine/core'
import { useMe } from '../../parts/frame-data.ts'
import { localZone } from '../../ui/time.ts'
import { ZoneSelect } from '../../ui/ZoneSelect.tsx'
import type { FieldsProps } from './AppliesFields.tsx'
import { type CutOffDraft, newCutOff } from './policy-draft.ts'
import styles from './sla.module.css'

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Clocks that end at a time of day: "fixed before the New York close". */
export function CutOffFields({ draft, set, problems, may }: FieldsProps & { may: boolean }) {
  const zone = useMe().data?.zone ?? localZone()
  const { cutOffs } = draft
  const change = (key: number, part: Partial<CutOffDraft>) =>
    set({ cutOffs: cutOffs.map((one) => (one.key === key ? { ...one, ...part } : one)) })
  return (
    <>
      {cutOffs.length === 0 && <p className={`muted ${styles.none}`}>There is none.</p>}
      {cutOffs.map((cutOff, i) => (
        <div key={cutOff.key} className={styles.cutOff}>
          <div className={styles.four}>
            <TextInput
              label="Fixed before"
              placeholder="New York close"
              maxLength={100}
              value={cutOff.name}
              onChange={(event) => change(cutOff.key, { name: event.currentTarget.value })}
              error={problems[`cutOffs.${i}.name`]}
            />
            <TextInput
              label="At"
              type="time"
              value={cutOff.atTime}
              onChange={(event) => change(cutOff.key, { atTime: event.currentTarget.value })}
              error={problems[`cutOffs.${i}.atTime`]}
            />
            <ZoneSelect
              label="By the clocks of"
              value={cutOff.zone}
              onChange={(next) => change(cutOff.key, { zone: next })}
            />
            <NumberInput
              label="Warn before"
              suffix=" min"
              min={0}
              max={1_440}
              allowDecimal={false}
              value={cutOff.warnMinutes}
              onChange={(next) => change(cutOff.key, { warnMinutes: Number(next) || 0 })}
            />
          </div>
          <div className={styles.chips}>
            <fieldset className={styles.chips}>
              <legend>On</legend>
              <Chip.Group
                multiple
                value={cutOff.days.map(String)}
                onChange={(next) => change(cutOff.key, { days: next.map(Number).sort() })}
              >
                {days.map((day, index) => (
                  <Chip key={day} value={String(index + 1)} size="xs">
                    {day}
                  </Chip>
                ))}
              </Chip.Group>
              {problems[`cutOffs.${i}.days`] && <p className={styles.wrong}>{problems[`cutOffs.${i}.days`]}</p>}
            </fieldset>
            <fieldset className={styles.chips}>
              <legend>For (none chosen: all)</legend>
              <Chip.Group
                multiple
                value={cutOff.priorities.map(String)}
                onChange={(next) => change(cutOff.key, { priorities: next.map(Number).sort() })}
              >
                {[1, 2, 3, 4, 5].map((n) => (
                  <Chip key={n} value={String(n)} size="xs">
                    P{n}
                  </Chip>
                ))}
              </Chip.Group>
            </fieldset>
            {may && (
              <Button
                className={styles.end}
                onClick={() => set({ cutOffs: cutOffs.filter((one) => one.key !== cutOff.key) })}
                aria-label={`Remove the cut-off ${cutOff.name || i + 1}`}
              >
                Remove
              </Button>
            )}
          </div>
        </div>
      ))}
      {problems.cutOffs && <p className={`${styles.wrong} ${styles.none}`}>{problems.cutOffs}</p>}
      {may && (
        <div className={styles.none}>
          <Button onClick={() => set({ cutOffs: [...cutOffs, newCutOff(zone)] })}>Add a cut-off</Button>
        </div>
      )}
    </>
  )
}
