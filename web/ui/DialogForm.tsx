import { Button } from '@mantine/core'
import { type ReactNode, useRef } from 'react'
import dialog from './Dialog.module.css'
import styles from './DialogForm.module.css'
import { useDialogFocus } from './focus.tsx'
import { ariaKey, Kbd } from './Kbd.tsx'
import { useKeys } from './keys.ts'
import { Callout } from './States.tsx'

export type DialogFormProps = {
  /** What the main button says: 'Invite'. */
  act: string
  onSubmit: () => void
  onClose: () => void
  busy?: boolean
  /** What is wrong with no field in particular: a sentence. */
  failed?: string | undefined
  /** Why it cannot be sent now. */
  not?: string | undefined | false
  danger?: boolean
  children: ReactNode
}

/**
 * The content of a Dialog that asks for something: Enter in a line or Ctrl+Enter anywhere sends it, Escape leaves. What
 * cannot be sent yet takes the focus to the field that is marked `data-missing`.
 */
export function DialogForm({
  act,
  onSubmit,
  onClose,
  busy = false,
  failed,
  not,
  danger = false,
  children,
}: DialogFormProps) {
  const form = useRef<HTMLFormElement>(null)
  const send = () => {
    if (busy) return
    if (not) form.current?.querySelector<HTMLElement>('[data-missing]')?.focus()
    else onSubmit()
  }
  useKeys([{ key: 'mod+Enter', label: act, run: send }], { level: 'dialog' })
  useDialogFocus(form)
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <div className={styles.fields}>
        {children}
        {failed && (
          <div role="alert">
            <Callout tone="down">{failed}</Callout>
          </div>
        )}
      </div>
      <div className={dialog.acts}>
        {not && <span className={`faint ${styles.not}`}>{not}</span>}
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          variant={danger ? 'default' : 'filled'}
          mod={{ danger }}
          loading={busy}
          disabled={Boolean(not)}
          aria-keyshortcuts={ariaKey('mod+Enter')}
          rightSection={<Kbd k="mod+Enter" />}
        >
          {act}
        </Button>
      </div>
    </form>
  )
}
