import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type Level, useKeys } from './keys.ts'
import { useIsPhone } from './list.ts'

const reachable = 'button:not(:disabled),a[href],[tabindex="0"]'

/** What was marked; or the first field, of radio buttons the chosen one; or the first act below the heading. */
const firstOf = (dialog: Element) => {
  const first = <E extends HTMLElement>(what: string) => dialog.querySelector<E>(what)
  const field = first<HTMLInputElement>('input:not([type=hidden],:disabled),textarea:not(:disabled)')
  const chosen = field?.type === 'radio' && first(`input[name="${CSS.escape(field.name)}"]:checked`)
  const acts = [...dialog.querySelectorAll<HTMLElement>(reachable)]
  return first('[data-autofocus]') ?? (chosen || field) ?? acts.find((act) => !act.closest('[data-head]'))
}

/**
 * The first field of a dialog has the focus in the commit that shows it, so that who types on at once loses no letter.
 * `part` is where this is called: the dialog itself, or a form in it that came later.
 */
export const useDialogFocus = (part: RefObject<HTMLElement | null>): void =>
  useLayoutEffect(() => {
    const dialog = part.current?.closest('[role=dialog]')
    const has = document.activeElement
    if (!dialog || (dialog.contains(has) && has !== dialog && !has?.closest('[data-head]'))) return
    const first = firstOf(dialog)
    // Mantine looks for it as well, a moment later, and must find the same.
    first?.setAttribute('data-autofocus', '')
    first?.focus({ preventScroll: true })
    // What is proposed in a line is taken with Enter or typed over, as when one comes to a field with Tab.
    if (first instanceof HTMLInputElement) first.select()
  }, [part])

/**
 * Stands in the content of a dialog while that is open, ahead of all else: it has the focus, the keys of the page rest
 * (unless it is of the page's `level`: the palette offers them), and who leaves goes on where he was.
 */
export function DialogFocus({ level = 'dialog' }: { level?: Level }) {
  const mark = useRef<HTMLSpanElement>(null)
  // While it is drawn, before any field of it takes the focus.
  const [before] = useState(() => document.activeElement)
  useKeys([], { level })
  useDialogFocus(mark)
  useLayoutEffect(() => {
    const dialog = mark.current?.closest('[role=dialog]')
    return () => {
      const has = document.activeElement
      // An act that has led on to a place of its own stays there.
      if (has && has !== document.body && !dialog?.contains(has)) return
      if (before instanceof HTMLElement && before !== document.body) before.focus({ preventScroll: true })
    }
  }, [before])
  return <span ref={mark} hidden />
}

/**
 * The first field of a page's form has the focus as soon as the form is there; a phone's keyboard would cover half of
 * what is to be read first. Whoever is in the form already stays where he is. Not `when` the page is read rather than
 * filled in: its single keys rest in a field.
 */
export const useFirstField = (form: RefObject<HTMLElement | null>, which = 'input', when = true): void => {
  const phone = useIsPhone()
  useLayoutEffect(() => {
    if (!when || phone || form.current?.contains(document.activeElement)) return
    form.current?.querySelector<HTMLElement>(which)?.focus({ preventScroll: true })
  }, [form, phone, which, when])
}

/** Whether a focus that comes a moment later may be set: not while somebody is in a dialog or writes in a field. */
export const isFocusFree = (): boolean =>
  !document.querySelector('[role=dialog]') && !document.activeElement?.matches('input,textarea,[contenteditable=true]')

/**
 * What is opened beside the page has the focus in its first field, and whoever closes it from there goes on where he was.
 * A page that begins with it open leaves the focus alone.
 */
export const useFocusBeside = (opened: boolean, part: RefObject<HTMLElement | null>): void => {
  const was = useRef(opened)
  const before = useRef<Element | null>(null)
  useLayoutEffect(() => {
    if (opened === was.current) return
    was.current = opened
    const has = document.activeElement
    if (opened) {
      before.current = has
      part.current?.querySelector<HTMLElement>('input')?.focus({ preventScroll: true })
    } else if ((!has || has === document.body) && before.current instanceof HTMLElement)
      before.current.focus({ preventScroll: true })
  }, [opened, part])
}

/** Escape leaves what stands beside the page from within its fields as well, which keep all other keys; an open list closes first. */
export const useEscapeOfFields = (part: RefObject<HTMLElement | null>, leave: () => void): void => {
  const current = useRef(leave)
  useLayoutEffect(() => {
    current.current = leave
  })
  useLayoutEffect(() => {
    const element = part.current
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !(event.target instanceof HTMLInputElement)) return
      if (event.target.ariaExpanded === 'true') return
      event.preventDefault()
      current.current()
    }
    element?.addEventListener('keydown', onKeyDown)
    return () => element?.removeEventListener('keydown', onKeyDown)
  }, [part])
}

/**
 * What had the focus and goes, after an act or because somebody else was faster, leaves it to nobody, of which the browser
 * tells nothing. Whoever does not take it at once leaves it to the heading of the page.
 */
export const useLostFocus = (page: RefObject<HTMLElement | null>, heading: RefObject<HTMLElement | null>): void =>
  useEffect(() => {
    let last: Element | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    const isLost = () => last !== null && !last.isConnected && document.activeElement === document.body
    const observer = new MutationObserver(() => {
      if (timer !== undefined || !isLost()) return
      timer = setTimeout(() => {
        timer = undefined
        if (isLost()) heading.current?.focus({ preventScroll: true })
      }, 150)
    })
    const onFocusIn = ({ target }: FocusEvent) => {
      last = target instanceof Element && page.current?.contains(target) ? target : null
    }
    document.addEventListener('focusin', onFocusIn)
    if (page.current) observer.observe(page.current, { childList: true, subtree: true })
    return () => {
      observer.disconnect()
      document.removeEventListener('focusin', onFocusIn)
      clearTimeout(timer)
    }
  }, [page, heading])
