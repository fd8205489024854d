import { ActionIcon, MultiSelect, NumberInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { findByTyping } from '../../ui/find-by-typing.ts'
import styles from './editor.module.css'
import type { DraftStep } from './policy-draft.ts'

type Props = {
  step: DraftStep
  place: number
  of: number
  targets: { group: string; items: { value: string; label: string }[] }[]
  onChange: (step: DraftStep) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
  problem: string | undefined
}

/** A step: after how many minutes, and to whom. The first is taken at once. */
export function StepEditor({ step, place, of, targets, onChange, onMove, onRemove, problem }: Props) {
  const first = place === 1
  const [opened, { open, close }] = useDisclosure()
  return (
    <li className={styles.step} aria-label={`Step ${place}`}>
      <div className={styles.delay}>
        {first ? (
          <span className={styles.atOnce}>at once</span>
        ) : (
          <NumberInput
            aria-label={`Minutes before step ${place}`}
            min={0}
            max={1440}
            allowDecimal={false}
            clampBehavior="blur"
            value={step.delay ?? ''}
            onChange={(next) => onChange({ ...step, delay: typeof next === 'number' ? next : undefined })}
            rightSection={<span className="faint">min</span>}
            rightSectionWidth={34}
            rightSectionPointerEvents="none"
          />
        )}
        {!first && <span className="faint">later</span>}
      </div>
      <MultiSelect
        aria-label={`Step ${place} turns to`}
        placeholder={step.targets.length === 0 ? 'a schedule, a person or a team' : undefined}
        data={targets}
        value={[...step.targets]}
        // It closes after a choice, so that Ctrl+Enter saves and does not choose the next one.
        dropdownOpened={opened}
        onDropdownOpen={open}
        onDropdownClose={close}
        onChange={(next) => {
          onChange({ ...step, targets: next })
          close()
        }}
        {...findByTyping}
        maxValues={10}
        hidePickedOptions
        nothingFoundMessage="Nothing has such a name."
        error={problem}
      />
      <div className={styles.end}>
        <ActionIcon aria-label={`Move step ${place} up`} disabled={first} onClick={() => onMove(-1)}>
          ↑
        </ActionIcon>
        <ActionIcon aria-label={`Move step ${place} down`} disabled={place === of} onClick={() => onMove(1)}>
          ↓
        </ActionIcon>
        <ActionIcon aria-label={`Remove step ${place}`} disabled={of === 1} onClick={onRemove}>
          ×
        </ActionIcon>
      </div>
    </li>
  )
}
