import { Modal } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import {
  type KeyboardEvent,
  memo,
  startTransition,
  useCallback,
  useDeferredValue,
  useEffect,
  useId,
  useMemo,
  useState,
} from 'react'
import { Fitting } from './Fitting.tsx'
import { DialogFocus } from './focus.tsx'
import { Kbd } from './Kbd.tsx'
import type { Binding } from './keys.ts'
import { match } from './match.ts'
import styles from './Palette.module.css'

/** Something that the search found. */
export type Found = { id: string; title: string; hint?: string; to: string }
export type Find = (text: string, signal: AbortSignal) => Promise<readonly Found[]>

type Entry = {
  id: string
  title: string
  hint?: string | undefined
  key?: string | undefined
  run: () => void
  group: 'Do' | 'Go' | 'Things'
}

/** By its label; by other words for it only behind those, and only where something was typed. */
export const fitOf = (typed: string, { label, also }: Pick<Binding, 'label' | 'also'>) => {
  if (also === undefined || typed.trim() !== '') {
    const fit = match(typed, label)
    if (fit) return fit
  }
  return also !== undefined && typed.trim().length > 1 && match(typed, `${label} ${also}`) && { score: 0, ranges: [] }
}

const offers = (table: readonly Binding[], typed: string): Entry[] => {
  const seen = new Set<string>()
  return table
    .filter((binding) => binding.kind !== 'move' && !seen.has(binding.label) && seen.add(binding.label))
    .map((binding) => ({ binding, fit: fitOf(typed, binding) }))
    .filter(({ fit }) => fit)
    .sort((a, b) => (b.fit ? b.fit.score : 0) - (a.fit ? a.fit.score : 0))
    .map(({ binding }) => ({
      id: `act ${binding.label}`,
      title: binding.label,
      hint: binding.hint,
      key: binding.key,
      run: binding.run,
      group: binding.kind === 'go' ? 'Go' : 'Do',
    }))
}

const useFound = (find: Find, typed: string): readonly Found[] => {
  const [found, setFound] = useState<readonly Found[]>([])
  useEffect(() => {
    if (typed.trim().length < 2) return setFound([])
    const abort = new AbortController()
    const timer = setTimeout(() => {
      find(typed.trim(), abort.signal).then(
        // A letter that is pressed meanwhile goes first.
        (things) => startTransition(() => (abort.signal.aborted ? undefined : setFound(things))),
        () => !abort.signal.aborted && setFound([]),
      )
    }, 120)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [find, typed])
  return found
}

/** Acts, places and things that fit, in this order. */
const entriesOf = (
  table: readonly Binding[],
  text: string,
  found: readonly Found[],
  navigate: ReturnType<typeof useNavigate>,
): Entry[] => {
  const offered = offers(table, text)
  const things = found.map(
    (thing): Entry => ({
      id: thing.id,
      title: thing.title,
      hint: thing.hint,
      run: () => void navigate({ to: thing.to }),
      group: 'Things',
    }),
  )
  return [
    ...offered.filter((entry) => entry.group === 'Do'),
    ...offered.filter((entry) => entry.group === 'Go'),
    ...things,
  ]
}

type FitsProps = {
  id: string
  entries: readonly Entry[]
  typed: string
  index: number
  onPoint: (position: number) => void
  onPick: (entry: Entry) => void
}

/** Apart, so that a letter is drawn without it. */
const Fits = memo(function Fits({ id, entries, typed, index, onPoint, onPick }: FitsProps) {
  return (
    <div id={`${id}-list`} role="listbox" aria-label="What fits" className={styles.list}>
      {entries.map((entry, position) => (
        <div key={entry.id} role="presentation">
          {entry.group !== entries[position - 1]?.group && (
            <div role="presentation" className={styles.group}>
              {entry.group}
            </div>
          )}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the combobox */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: the combobox keeps the focus and names the option */}
          <div
            id={`${id}-${position}`}
            role="option"
            aria-selected={position === index}
            className={styles.option}
            onMouseMove={() => onPoint(position)}
            onClick={() => onPick(entry)}
          >
            <Fitting title={entry.title} typed={typed} />
            {entry.hint && <span className="faint clip">{entry.hint}</span>}
            {entry.key && (
              <span className={styles.key}>
                <Kbd k={entry.key} />
              </span>
            )}
          </div>
        </div>
      ))}
      {entries.length === 0 && <div className={styles.none}>Nothing fits “{typed}”.</div>}
    </div>
  )
})

function Body({ table, find, context, onClose }: Omit<PaletteProps, 'opened'>) {
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const id = useId()
  const navigate = useNavigate()
  // A letter is on the screen at once; what fits follows when there is time.
  const wanted = useDeferredValue(typed)
  const found = useFound(find, typed)
  const entries = useMemo(() => entriesOf(table, wanted, found, navigate), [table, wanted, found, navigate])
  const index = Math.min(at, Math.max(entries.length - 1, 0))
  const current = entries[index]
  // Only what the arrows have moved to may be out of sight.
  useEffect(() => {
    if (index > 0) document.getElementById(`${id}-${index}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, index])
  const run = useCallback(
    (entry: Entry | undefined) => {
      if (!entry) return
      onClose()
      // The dialog gives the focus back when it has closed; what runs may want it for itself.
      setTimeout(entry.run, 0)
    },
    [onClose],
  )
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setAt((index + 1) % Math.max(entries.length, 1))
    else if (event.key === 'ArrowUp') setAt((index - 1 + entries.length) % Math.max(entries.length, 1))
    // Who types on and presses Enter means what fits now, not what is still shown.
    else if (event.key === 'Enter') run(wanted === typed ? current : entriesOf(table, typed, found, navigate)[0])
    else if (event.key === 'Tab' && !event.shiftKey && current) setTyped(current.title)
    else return
    event.preventDefault()
  }
  return (
    <>
      <DialogFocus level="page" />
      <div className={styles.top}>
        <input
          className={styles.input}
          data-autofocus
          role="combobox"
          aria-label="Find or do anything"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={current && `${id}-${index}`}
          aria-autocomplete="list"
          placeholder="Find or do anything"
          spellCheck={false}
          autoComplete="off"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
        {context && <span className="muted">{context}</span>}
      </div>
      <Fits id={id} entries={entries} typed={wanted} index={index} onPoint={setAt} onPick={run} />
      <div className={styles.foot}>
        <Kbd k="ArrowUp" /> <Kbd k="ArrowDown" /> choose <Kbd k="Tab" /> fill in
        <span className={styles.key}>
          <Kbd k="?" /> keys of this page
        </span>
      </div>
    </>
  )
}

export type PaletteProps = {
  opened: boolean
  onClose: () => void
  /** What is bound and offered, taken when the palette opens. */
  table: readonly Binding[]
  find: Find
  /** What the verbs are about: 'INC-2043 is open'. */
  context?: string | undefined
}

/** One box for everything: what can be done here, where one can go, and what the search finds. */
export const Palette = ({ opened, onClose, ...rest }: PaletteProps) => (
  <Modal.Root opened={opened} onClose={onClose} size={640} yOffset="10vh">
    <Modal.Overlay />
    <Modal.Content aria-label="Find or do anything">
      <Modal.Body className={styles.body}>{opened && <Body onClose={onClose} {...rest} />}</Modal.Body>
    </Modal.Content>
  </Modal.Root>
)
