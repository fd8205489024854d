import { useLayoutEffect, useSyncExternalStore } from 'react'

/** Errors that stand in the page, where what failed would be. */
const said = new Map<unknown, number>()
const listeners = new Set<() => void>()
let shown: ReadonlySet<unknown> = new Set()

const count = (error: unknown, by: number) => {
  const left = (said.get(error) ?? 0) + by
  if (left > 0) said.set(error, left)
  else said.delete(error)
  shown = new Set(said.keys())
  for (const listener of listeners) listener()
}

/** The page says this error itself for as long as the component is shown. */
export const useSaysInPlace = (error: unknown): void =>
  useLayoutEffect(() => {
    count(error, 1)
    return () => count(error, -1)
  }, [error])

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const useSaidInPlace = (): ReadonlySet<unknown> => useSyncExternalStore(subscribe, () => shown)
