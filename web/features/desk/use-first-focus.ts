import { useEffect, useRef } from 'react'

/**
 * The first field of a form that appears in a dialog has the focus; of radio buttons the chosen one, so that the arrow
 * keys choose at once. The dialog's own search for a first element, which finds the way out, runs a moment before.
 */
export const useFirstFocus = () => {
  const control = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const find = (what: string) => control.current?.querySelector<HTMLInputElement>(what)
    const timer = setTimeout(() => (find('input:checked') ?? find('input'))?.focus(), 20)
    return () => clearTimeout(timer)
  }, [])
  return control
}
