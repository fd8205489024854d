import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'
import { plain } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { safeThen } from '../../paths.ts'
import { Callout } from '../../ui/States.tsx'
import styles from './Bare.module.css'
import { Bare } from './Bare.tsx'

type Given = { email: string; password: string }

const signIn = async (given: Given): Promise<unknown> => {
  // Fetched when needed: the module brings the validation library along, which this first page does without.
  const { signInPaths } = await import('../../../contract/identity/sign-in.ts')
  return plain('POST', signInPaths.signIn, given)
}

const needed = (given: Given) => ({
  ...(given.email.trim() ? {} : { email: 'Your mail address is needed.' }),
  ...(given.password ? {} : { password: 'Your password is needed.' }),
})

/** Mail address and password; afterwards one is where one wanted to be. */
export function SignIn() {
  const navigate = useNavigate()
  const client = useQueryClient()
  const { then } = useSearch({ strict: false }) as { then?: unknown }
  const [given, set] = useState<Given>({ email: '', password: '' })
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const missing: Partial<Given> = tried ? needed(given) : {}
  const act = useAct(signIn, {
    fields: ['email', 'password'],
    done: () => {
      // Whatever was read before belongs to nobody, or to somebody else.
      client.clear()
      void navigate({ href: safeThen(then), replace: true })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    const [first] = Object.keys(needed(given))
    if (first) form.current?.querySelector<HTMLInputElement>(`input[name="${first}"]`)?.focus()
    else act.run(given)
  }
  return (
    <Bare
      title="Sign in"
      words={safeThen(then) === '/' ? undefined : 'You go on where you were.'}
      foot="No account yet, or the password is forgotten? An administrator of Watchfloor can give you a one-time link."
    >
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
    </Bare>
  )
}
