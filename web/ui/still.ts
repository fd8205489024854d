import { createContext, type PointerEvent, use, useEffect, useRef, useState } from 'react'

/** So long after its last movement a pointer is no longer on its way to something. */
const restMs = 1_200
/** However long it moves, what has happened is not kept back for longer. */
const mostMs = 5_000
/** Nor is what somebody has just asked for, such as another filter, by a click or a key anywhere. */
const ownMs = 1_000

/**
 * Whether a mouse is on its way to something here (`watch` goes onto the element): what would be pushed away below it
 * waits until it rests, clicks or is gone, or a key is pressed. For a finger there is nothing to wait for.
 */
export const usePointer = () => {
  const [moving, setMoving] = useState(false)
  const since = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const end = () => {
    // Each key passes here, and a state that is set draws, even to what it is.
    if (since.current === 0) return
    clearTimeout(timer.current)
    since.current = 0
    setMoving(false)
  }
  const acted = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => {
    const act = ({ timeStamp }: Event) => {
      acted.current = timeStamp
    }
    window.addEventListener('pointerup', act, { capture: true, passive: true })
    window.addEventListener('keydown', act, { capture: true, passive: true })
    return () => {
      clearTimeout(timer.current)
      window.removeEventListener('pointerup', act, { capture: true })
      window.removeEventListener('keydown', act, { capture: true })
    }
  }, [])
  const onPointerMove = ({ pointerType, movementX, movementY, timeStamp }: PointerEvent) => {
    // What scrolls below a mouse that lies still "moves" it for the browser.
    if (pointerType !== 'mouse' || (movementX === 0 && movementY === 0)) return
    if (timeStamp - acted.current < ownMs) return end()
    since.current ||= timeStamp
    clearTimeout(timer.current)
    timer.current = setTimeout(end, restMs)
    setMoving(timeStamp - since.current < mostMs)
  }
  return { moving, watch: { onPointerMove, onPointerLeave: end, onPointerUp: end, onKeyDownCapture: end } }
}

/** What was shown when the pointer set out; what there is as soon as that may come, or at once where it moves nothing. */
export const useHeld = <Value>(now: Value, moving: boolean, movesNothing?: (held: Value) => boolean): Value => {
  const held = useRef(now)
  if (!moving || now === undefined || held.current === undefined || movesNothing?.(held.current)) held.current = now
  return held.current
}

/** Says to the parts of a page that the pointer is on its way to one of them. */
export const PointerMoves = createContext(false)

export const useStill = <Value>(now: Value): Value => useHeld(now, use(PointerMoves))
