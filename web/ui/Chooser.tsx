import { Modal } from '@mantine/core'
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react'
import { Fitting } from './Fitting.tsx'
import { DialogFocus } from './focus.tsx'
import { match } from './match.ts'
import styles from './Palette.module.css'

/** Something that can be chosen. `words`: what finds it beside its title. */
export type Choice = { id: string; title: string; hint?: string | undefined; group?: string; words?: string }

export type ChooserProps = {
  opened: boolean
  onClose: () => void
  /** What is asked: 'Assign INC-5 to'. */
  label: string
  choices: readonly Choice[]
  /** More choices are on their way: Enter waits for them. */
  waiting?: boolean
  /** Some could not be asked for: what is not listed may be there all the same. */
  failed?: boolean
  onChoose: (choice: Choice) => void
  /** Told what is typed when the choices are searched for elsewhere as well. */
  onTyped?: (typed: string) => void
  /** What is said when nothing fits. */
  none: string
}

const fitting = (choices: readonly Choice[], typed: string): readonly Choice[] => {
  const fits = choices.filter((one) => match(typed, `${one.title} ${one.words ?? ''}`))
  const groups = [...new Set(fits.map(({ group }) => group))]
  return groups.flatMap((group) => fits.filter((one) => one.group === group))
}

function Body({
  label,
  choices,
  waiting = false,
  failed = false,
  onChoose,
  onTyped,
  none,
  onClose,
}: Omit<ChooserProps, 'opened'>) {
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const [entered, setEntered] = useState(false)
  const id = useId()
  const shown = useMemo(() => fitting(choices, typed), [choices, typed])
  const index = Math.min(at, Math.max(shown.length - 1, 0))
  const current = shown[index]
  const choose = (choice: Choice | undefined) => {
    if (!choice) return
    onClose()
    onChoose(choice)
  }
  // Who types faster than the choices come has chosen all the same.
  useEffect(() => {
    if (!entered || waiting) return
    setEntered(false)
    choose(current)
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setAt((index + 1) % Math.max(shown.length, 1))
    else if (event.key === 'ArrowUp') setAt((index - 1 + shown.length) % Math.max(shown.length, 1))
    else if (event.key === 'Enter') waiting && !current ? setEntered(true) : choose(current)
    else return
    event.preventDefault()
  }
  return (
    <>
      <DialogFocus />
      <div className={styles.top}>
        <input
          className={styles.input}
          data-autofocus
          role="combobox"
          aria-label={label}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={current && `${id}-${index}`}
          aria-autocomplete="list"
          placeholder={label}
          spellCheck={false}
          autoComplete="off"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            setAt(0)
            setEntered(false)
            onTyped?.(event.currentTarget.value)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id={`${id}-list`} role="listbox" aria-label={label} className={styles.list}>
        {shown.map((choice, position) => (
          <div key={choice.id} role="presentation">
            {choice.group && choice.group !== shown[position - 1]?.group && (
              <div role="presentation" className={styles.group}>
                {choice.group}
              </div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the combobox */}
            {/* biome-ignore lint/a11y/useFocusableInteractive: the combobox keeps the focus and names the option */}
            <div
              id={`${id}-${position}`}
              role="option"
              aria-selected={position === index}
              className={styles.option}
              ref={position === index ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
              onMouseMove={() => setAt(position)}
              onClick={() => choose(choice)}
            >
              <Fitting title={choice.title} typed={typed} />
              {choice.hint && <span className="faint clip">{choice.hint}</span>}
            </div>
          </div>
        ))}
        {shown.length === 0 && !failed && <div className={styles.none}>{waiting ? 'Looking…' : none}</div>}
      </div>
      {failed && (
        <div className={styles.none} role="alert">
          {shown.length === 0 ? 'They could not be loaded.' : 'Not all could be loaded.'} Try again in a moment.
        </div>
      )}
    </>
  )
}

/** One of many, by typing a part of its name: people, teams. The arrow keys move, Enter chooses, Escape leaves. */
export const Chooser = ({ opened, onClose, ...rest }: ChooserProps) => (
  <Modal.Root opened={opened} onClose={onClose} size={520} yOffset="10vh">
    <Modal.Overlay />
    <Modal.Content aria-label={rest.label}>
      <Modal.Body className={styles.body}>{opened && <Body onClose={onClose} {...rest} />}</Modal.Body>
    </Modal.Content>
  </Modal.Root>
)
