import { useEffect, useState } from 'react'
import { ariaKey, Kbd } from './Kbd.tsx'
import { useKeys } from './keys.ts'
import styles from './Toasts.module.css'
import { dismiss, type Toast, toast, toastError, useToastPlace, useToasts } from './toast.ts'

const shownFor = 10_000

function One({ it, newest }: { it: Toast; newest: boolean }) {
  const [held, hold] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => dismiss(it.id), shownFor)
    return () => clearTimeout(timer)
  }, [held, it.id])
  const undo = async () => {
    dismiss(it.id)
    try {
      await it.undo?.()
      toast('Undone.')
    } catch (error) {
      toastError(error)
    }
  }
  useKeys([{ key: 'z', label: `Undo: ${it.text}`, run: () => void undo() }], {
    level: 'frame',
    when: newest && it.undo !== undefined,
  })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: reading or reaching a toast only stops its time
    <div
      className={styles.toast}
      data-tone={it.tone}
      onMouseEnter={() => hold(true)}
      onMouseLeave={() => hold(false)}
      onFocus={() => hold(true)}
      onBlur={() => hold(false)}
    >
      <span>{it.text}</span>
      {it.undo && (
        <button
          type="button"
          className={styles.undo}
          onClick={() => void undo()}
          aria-keyshortcuts={newest ? ariaKey('z') : undefined}
        >
          Undo {newest && <Kbd k="z" />}
        </button>
      )}
      <button type="button" className={styles.close} onClick={() => dismiss(it.id)} aria-label="Dismiss">
        ×
      </button>
    </div>
  )
}

/** Where toasts appear; a screen reader reads each when it comes. */
export function Toasts() {
  const toasts = useToasts()
  const at = useToastPlace()
  const newestUndo = toasts.findLast((one) => one.undo)?.id
  return (
    <div className={styles.toasts} data-at={at} role="status" aria-live="polite">
      {toasts.map((one) => (
        <One key={one.id} it={one} newest={one.id === newestUndo} />
      ))}
    </div>
  )
}
