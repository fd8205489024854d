import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { useAct } from '../../parts/use-act.ts'
import { Callout } from '../../ui/States.tsx'
import styles from './Bare.module.css'
import { type Given, signInByPassword } from './sign-in-requests.ts'

const needed = (given: Given): Partial<Given> => ({
  ...(given.email.trim() ? {} : { email: 'Your mail address is needed.' }),
  ...(given.password ? {} : { password: 'Your password is needed.' }),
})

/** Mail address and password. */
export function PasswordSignIn({
  given,
  set,
  onDone,
  onCode,
}: {
  given: Given
  set: (given: Given) => void
  onDone: () => void
  onCode: () => void
}) {
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const missing = tried ? needed(given) : {}
  const act = useAct(signInByPassword, {
    fields: ['email', 'password'],
    done: (answer) => (answer.ok ? onDone() : onCode()),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    const [first] = Object.keys(needed(given))
    if (first) form.current?.querySelector<HTMLInputElement>(`input[name="${first}"]`)?.focus()
    else act.run(given)
  }
  return (
    <form ref={form} noValidate onSubmit={submit}>
      <TextInput
        label="Mail address"
        name="email"
        type="email"
        autoComplete="username"
        autoFocus
        value={given.email}
        onChange={(event) => set({ ...given, email: event.currentTarget.value })}
        error={missing.email ?? act.problems.email}
      />
      <PasswordInput
        label="Password"
        name="password"
        autoComplete="current-password"
        value={given.password}
        onChange={(event) => set({ ...given, password: event.currentTarget.value })}
        error={missing.password ?? act.problems.password}
      />
      {act.failed && (
        <div role="alert">
          <Callout tone="down">{act.failed}</Callout>
        </div>
      )}
      <Button type="submit" variant="filled" className={styles.send} loading={act.busy}>
        Sign in
      </Button>
    </form>
  )
}
