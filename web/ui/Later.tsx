import { type ReactNode, useDeferredValue } from 'react'

/** What may come a moment after the rest: it is put into the page by itself, so that a key in between is answered first. */
export const Later = ({ children }: { children: ReactNode }) => useDeferredValue(children, null)
