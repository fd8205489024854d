import { type FormEvent, type ReactNode, useRef } from 'react'
import { useFirstField } from './focus.tsx'
import styles from './TryForm.module.css'

/** A form whose Enter tries what stands in it, before anything is saved. */
export function TryForm({ onTry, children }: { onTry: () => void; children: ReactNode }) {
  const form = useRef<HTMLFormElement>(null)
  useFirstField(form)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onTry()
  }
  return (
    <form ref={form} className={styles.form} onSubmit={submit} noValidate>
      {children}
      {/* Without a button that submits, Enter in one of several lines would do nothing. */}
      <button type="submit" className="sr-only" tabIndex={-1} aria-hidden="true" />
    </form>
  )
}
