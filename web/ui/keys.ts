import { useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { settle } from './settle.ts'

/** What a person may do here: with a key it is bound and shown under '?', with or without one the palette offers it. */
export type Binding = {
  /** 'j', 'g q', '?', 'Enter', 'Space', 'Escape', 'shift+Enter', 'shift+ArrowUp', 'mod+k' (Ctrl, or Command on a Mac). */
  key?: string
  label: string
  run: () => void
  /** Secondary words in the palette. */
  hint?: string
  /** Other words that people type for it in the palette, which offers it then and not before. */
  also?: string
  /** 'do' and 'go' are offered by the palette; 'move' (rows, panes) only stands in the overlay of keys. */
  kind?: 'do' | 'go' | 'move'
  /** Goes on while the key is held down. */
  repeat?: boolean
}

/** A dialog's keys hide those of the page below it; the frame's are the last resort. */
export type Level = 'frame' | 'page' | 'dialog'

type Layer = { level: Level; about: string | undefined; bindings: readonly Binding[] }

const order: Record<Level, number> = { frame: 0, page: 1, dialog: 2 }
const named = /^(Enter|Space|Escape|ArrowUp|ArrowDown|shift\+(Enter|ArrowUp|ArrowDown)|mod\+k|mod\+Enter)$/

/**
 * Whether a key may be bound: one printable character, one of a few named keys, or two characters in sequence.
 * Everything else with Ctrl, Alt or Command, and the function keys, belongs to the browser or the reader's tools.
 */
export const isBindable = (key: string): boolean => {
  const strokes = key.split(' ')
  return strokes.length === 2 ? strokes.every((stroke) => /^\S$/u.test(stroke)) : /^\S$/u.test(key) || named.test(key)
}

type Stroke = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** The name of what was pressed, or undefined when it cannot be a key of ours. */
export const strokeOf = (event: Stroke): string | undefined => {
  // Caps Lock must not change which key was meant.
  const letter = event.key.length === 1 && !event.shiftKey ? event.key.toLowerCase() : event.key
  const key = letter === ' ' ? 'Space' : letter
  if (event.altKey || key === 'Shift' || key === 'Control' || key === 'Meta' || key === 'Dead') return undefined
  if (event.ctrlKey || event.metaKey)
    return event.shiftKey ? undefined : `mod+${key.length === 1 ? key.toLowerCase() : key}`
  return event.shiftKey && key.length > 1 && key !== 'Space' ? `shift+${key}` : key
}

/** What a stroke means after those before it: an act, the first half of a sequence, or nothing. */
export const resolve = (
  bindings: readonly Binding[],
  pending: string,
  stroke: string,
): Binding | 'pending' | undefined => {
  const full = pending ? `${pending} ${stroke}` : stroke
  const exact = bindings.find((binding) => binding.key === full)
  if (exact) return exact
  if (!pending && bindings.some((binding) => binding.key?.startsWith(`${stroke} `))) return 'pending'
  return pending ? resolve(bindings, '', stroke) : undefined
}

const layers: Layer[] = []
const listeners = new Set<() => void>()
let table: readonly Binding[] = []
let about: string | undefined
let pending = ''
let pendingTimer: ReturnType<typeof setTimeout> | undefined

/** What the key that is going down met: a dialog, a field whose list is open. */
let metDialog = false
let metList = false
const hasDialog = () => layers.some(({ level }) => level === 'dialog')

const storedOff = 'watchfloor.single-keys-off'
let off = typeof document !== 'undefined' && localStorage.getItem(storedOff) === 'yes'

const arrange = () => {
  const top = hasDialog() ? 'dialog' : undefined
  const visible = layers.filter((layer) => !top || layer.level === top)
  // The one bound last comes first, so that a panel opened later may use a key of the page below.
  table = [...visible]
    .sort((a, b) => order[b.level] - order[a.level] || layers.indexOf(b) - layers.indexOf(a))
    .flatMap((layer) => layer.bindings)
  about = visible.findLast((layer) => layer.about)?.about
  runWanted()
}

/** How long a page that is gone to may take until it offers what was asked for. */
const PATIENCE_MS = 10_000
let wanted: { label: string; until: number } | undefined

const runWanted = () => {
  const found = wanted && performance.now() < wanted.until && table.find(({ label }) => label === wanted?.label)
  if (!found) return
  wanted = undefined
  // The page that offers it is still being put together.
  setTimeout(found.run, 0)
}

/** Does what the page one goes to offers under this label, as soon as it does; a key that is pressed meanwhile ends that. */
export const whenOffered = (label: string): void => {
  wanted = { label, until: performance.now() + PATIENCE_MS }
  runWanted()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/**
 * Bind keys (and offer acts in the palette) for as long as the component is shown. `about` says in the palette what the
 * acts are about: 'INC-2043 is open'.
 */
export const useKeys = (
  bindings: readonly Binding[],
  options: { level?: Level; when?: boolean; about?: string | undefined } = {},
): void => {
  const { level = 'page', when = true, about: words } = options
  const current = useRef(bindings)
  const shape = bindings.map((binding) => `${binding.key ?? ''}|${binding.label}|${binding.hint ?? ''}`).join('\n')
  // In the commit that shows a button, so that its key acts from the moment it can be seen.
  useLayoutEffect(() => {
    current.current = bindings
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the table is told again when what it shows has changed
  useLayoutEffect(() => {
    for (const { key } of bindings)
      if (key && !isBindable(key)) throw new Error(`The key "${key}" belongs to the browser.`)
    if (!when) return
    const latest = bindings.map((binding, index) => ({ ...binding, run: () => current.current[index]?.run() }))
    const layer: Layer = { level, about: words, bindings: latest }
    layers.push(layer)
    arrange()
    return () => {
      layers.splice(layers.indexOf(layer), 1)
      arrange()
    }
  }, [level, when, words, shape])
}

/**
 * All that is bound or offered now, the innermost first, and what the innermost acts are about. To be asked when it is
 * needed: it changes with each step in a list, and whoever were told of that would be drawn again each time.
 */
export const boundNow = (): { table: readonly Binding[]; about: string | undefined } => ({ table, about })

/** Single keys can be turned off by those whom they hinder (WCAG 2.1.4); keys with Ctrl stay. */
export const useSingleKeys = (): [on: boolean, set: (on: boolean) => void] => {
  const isOff = useSyncExternalStore(subscribe, () => off)
  return [
    !isOff,
    (on) => {
      off = !on
      localStorage.setItem(storedOff, on ? 'no' : 'yes')
      for (const listener of listeners) listener()
    },
  ]
}

const isField = (element: Element) =>
  element.closest(
    'input:not([type=checkbox],[type=radio],[type=button]),textarea,select,[contenteditable=true],[role=listbox],[role=menu],[role=slider]',
  ) !== null
const acts = (element: Element) =>
  element.closest(
    'a[href],button,summary,label,[role=button],[role=tab],[role=switch],[role=checkbox],[role=radio]',
  ) !== null

/** Single keys act outside fields; Escape leaves a field of the page, and Tab goes on from there. */
const handle = (event: KeyboardEvent) => {
  if (event.defaultPrevented || event.isComposing || !(event.target instanceof Element)) return
  const stroke = strokeOf(event)
  if (!stroke) return
  wanted = undefined
  // The dialog has closed itself by now: the key was for it, not for the page below.
  if (stroke === 'Escape' && metDialog && !hasDialog()) return
  const plain = !stroke.startsWith('mod+')
  if (stroke === 'Escape' && !hasDialog() && !metList && event.target instanceof HTMLElement && isField(event.target))
    return event.target.blur()
  if (plain && (off || isField(event.target))) return
  if ((stroke === 'Enter' || stroke === 'Space') && acts(event.target)) return
  // Only a further step may come before the last one is told to the page: all else acts on where the cursor is.
  const step = resolve(table, pending, stroke)
  if (!(typeof step === 'object' && step.repeat)) settle()
  const found = resolve(table, pending, stroke)
  clearTimeout(pendingTimer)
  pending = found === 'pending' ? stroke : ''
  if (found === 'pending') pendingTimer = setTimeout(() => (pending = ''), 1500)
  if (!found) return
  event.preventDefault()
  if (found !== 'pending' && (!event.repeat || found.repeat)) found.run()
}

/** A field with a list would take Ctrl+Enter for Enter, and open the list or choose of it, where the form is to be sent. */
const handleBefore = (event: KeyboardEvent) => {
  const hasList = 'input[aria-haspopup=listbox]'
  if (!(event.ctrlKey || event.metaKey) || !(event.target instanceof Element && event.target.matches(hasList))) return
  handle(event)
  if (event.defaultPrevented) event.stopPropagation()
}

/** Before any dialog or list hears of the key. */
const handleFirst = ({ target }: KeyboardEvent) => {
  metDialog = hasDialog()
  metList = target instanceof Element && target.ariaExpanded === 'true'
}

/** Listen on the document; called once, by the frame. */
export const useKeyboard = (): void => {
  useLayoutEffect(() => {
    window.addEventListener('keydown', handleFirst, true)
    document.addEventListener('keydown', handleBefore, true)
    document.addEventListener('keydown', handle)
    return () => {
      window.removeEventListener('keydown', handleFirst, true)
      document.removeEventListener('keydown', handleBefore, true)
      document.removeEventListener('keydown', handle)
    }
  }, [])
}
