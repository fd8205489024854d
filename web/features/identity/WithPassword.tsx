import { PasswordInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Act } from '../../parts/use-act.ts'
import { DialogForm } from '../../ui/DialogForm.tsx'

/** Asks for the present password before the ways to sign in are changed: a browser left open is not enough. */
export function WithPassword<Output>({
  act,
  by,
  danger = false,
  children,
  onClose,
}: {
  act: string
  by: Act<{ password: string }, Output>
  danger?: boolean
  children: ReactNode
  onClose: () => void
}) {
  const [password, setPassword] = useState('')
  return (
    <DialogForm
      act={act}
      danger={danger}
      onSubmit={() => by.run({ password })}
      onClose={onClose}
      busy={by.busy}
      failed={by.failed}
      not={!password && 'Your password is needed.'}
    >
      <p className="muted">{children}</p>
      <PasswordInput
        label="Your password"
        autoComplete="current-password"
        data-missing={!password || undefined}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={by.problems.password}
      />
    </DialogForm>
  )
}
