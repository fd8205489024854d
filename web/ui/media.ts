import { useCallback, useSyncExternalStore } from 'react'

/** Asked of the browser once a query: to ask is dear, and every list asks in each drawing. */
const asked = new Map<string, MediaQueryList>()

const ask = (query: string): MediaQueryList => {
  const known = asked.get(query) ?? matchMedia(query)
  asked.set(query, known)
  return known
}

/** Whether a media query is met; `(min-width: 1700px)`, for one. */
export const useMedia = (query: string): boolean => {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = ask(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => ask(query).matches)
}
