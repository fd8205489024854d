import { createContext, useContext, useId, useLayoutEffect } from 'react'

export type Place = {
  /** There while the sheet is open. */
  element: HTMLElement | null
  close: () => void
  /** Acts for which the bar has no room. */
  under: ReadonlySet<string>
  /** An act is on the page, `folded` if it never stands in the bar, until what is answered is called. */
  enter: (id: string, folded: boolean) => () => void
}

/** `danger` takes something away: on a phone it stands under More acts. `refusal` is one of two answers, and stays. */
export type ActKind = 'plain' | 'primary' | 'danger' | 'refusal'

/** Where acts that do not stand in the bar stand; undefined where there is no such bar, as in a dialog. */
export const More = createContext<Place | undefined>(undefined)

/**
 * Where this act stands on a phone, if that is not the bar; and what its button is known by there, if it may be sent
 * away for want of room.
 */
export const useMore = (kind: ActKind, rare = false): { more: Place | undefined; sinks: string | undefined } => {
  const place = useContext(More)
  const id = useId()
  const enter = place?.enter
  const folded = rare || kind === 'danger'
  // Before the bar is measured.
  useLayoutEffect(() => enter?.(id, folded), [enter, id, folded])
  return {
    more: place && (folded || place.under.has(id)) ? place : undefined,
    sinks: place && kind === 'plain' ? id : undefined,
  }
}
