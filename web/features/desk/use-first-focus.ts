import { useEffect, useRef } from 'react'

/**
 * The chosen option of a control made of radio buttons has the focus when its dialog opens, so that the arrow keys
 * choose at once. The dialog's own search for a first element, which finds the way out, runs a moment before.
 */
export const useFirstFocus = () => {
  const control = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const timer = setTimeout(() => control.current?.querySelector<HTMLInputElement>('input:checked')?.focus(), 20)
    return () => clearTimeout(timer)
  }, [])
  return control
}
