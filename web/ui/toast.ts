import { useLayoutEffect, useSyncExternalStore } from 'react'

export type Toast = {
  id: number
  text: string
  tone?: 'ok' | 'down'
  /** Takes the act back; offered for ten seconds. */
  undo?: () => unknown
}

/** On the list, where one writes at the right of it; or above what is done to its rows that are selected. */
export type ToastPlace = 'list' | 'above' | undefined

let toasts: readonly Toast[] = []
let place: ToastPlace
let last = 0
const listeners = new Set<() => void>()

const tell = () => {
  for (const listener of listeners) listener()
}

const set = (next: readonly Toast[]) => {
  toasts = next
  tell()
}

const put = (next: ToastPlace) => {
  place = next
  tell()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Say in a sentence what was done: `toast('INC-2043 is resolved.', { undo })`. The newest three are shown. */
export const toast = (text: string, options: Omit<Toast, 'id' | 'text'> = {}): number => {
  last += 1
  set([...toasts, { id: last, text, ...options }].slice(-3))
  return last
}

/** Say what failed: the message of an error from the API is a whole sentence. */
export const toastError = (error: unknown): number =>
  toast(error instanceof Error ? error.message : 'It failed, and the server did not say why.', { tone: 'down' })

export const dismiss = (id: number): void => set(toasts.filter((one) => one.id !== id))

export const useToasts = (): readonly Toast[] => useSyncExternalStore(subscribe, () => toasts)

export const useToastPlace = (): ToastPlace => useSyncExternalStore(subscribe, () => place)

/**
 * Where toasts lie while this page is shown; elsewhere at the end of the window. Not found out by `:has()`, for which the
 * browser restyles much of the page at each change.
 */
export const useToastsAt = (at: ToastPlace): void => {
  useLayoutEffect(() => {
    put(at)
    return () => put(undefined)
  }, [at])
}
