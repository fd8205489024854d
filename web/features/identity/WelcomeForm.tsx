import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { SignedIn } from '../../../contract/identity/sign-in.ts'
import { plain } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Callout } from '../../ui/States.tsx'
import { localZone } from '../../ui/time.ts'
import { toast } from '../../ui/toast.ts'
import { ZoneSelect } from '../../ui/ZoneSelect.tsx'
import styles from './Bare.module.css'
import { passwordHelp, passwordWish } from './password.ts'

type Props = {
  token: string
  purpose: 'first_admin' | 'invitation' | 'reset'
  name: string | null
  email: string | null
}
type Given = { token: string; password: string; name?: string; email?: string; zone?: string }

const welcome = async (given: Given): Promise<SignedIn> => {
  const { signInPaths } = await import('../../../contract/identity/sign-in.ts')
  return (await plain('POST', signInPaths.welcome, given)) as SignedIn
}

/** Who one is (when nobody said so yet) and the password. Afterwards one is signed in. */
export function WelcomeForm({ token, purpose, ...known }: Props) {
  const navigate = useNavigate()
  const client = useQueryClient()
  const [name, setName] = useState(known.name ?? '')
  const [email, setEmail] = useState(known.email ?? '')
  const [zone, setZone] = useState(localZone)
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const first = purpose === 'first_admin'
  const act = useAct(welcome, {
    fields: ['name', 'email', 'zone', 'password'],
    done: (answer) => {
      client.clear()
      if (!answer.ok) toast('The password is set. Sign in with it, and with the code of your app.')
      void navigate({ to: answer.ok ? paths.floor() : paths.signIn(), replace: true })
    },
  })
  const missing = {
    name: name.trim() ? undefined : 'Your name is needed, as colleagues know it.',
    email: /.@./.test(email) ? undefined : 'Your mail address is needed, such as ana@example.com.',
    password: passwordWish(password, email),
  }
  const wrong = (field: 'name' | 'email' | 'password') => (tried ? missing[field] : undefined) ?? act.problems[field]
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (missing.password || (first && (missing.name || missing.email))) return
    act.run({ token, password, ...(first ? { name, email } : {}), ...(purpose === 'reset' ? {} : { zone }) })
  }
  return (
    <form noValidate onSubmit={submit}>
      {first ? (
        <>
          <TextInput
            label="Your name"
            autoComplete="name"
            autoFocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={wrong('name')}
          />
          <TextInput
            label="Mail address"
            description="You sign in with it, and pages go there until you add other ways."
            type="email"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            error={wrong('email')}
          />
        </>
      ) : (
        <>
          <div>
            <b>{known.name}</b>
            <div className="faint">{known.email}</div>
          </div>
          {/* Password managers file a password under the name that stands before it. */}
          <input type="hidden" autoComplete="username" value={email} readOnly />
        </>
      )}
      {purpose !== 'reset' && (
        <ZoneSelect
          value={zone}
          onChange={setZone}
          description="Times are shown in this zone."
          error={act.problems.zone}
        />
      )}
      <PasswordInput
        label={purpose === 'reset' ? 'New password' : 'Password'}
        description={passwordHelp}
        autoComplete="new-password"
        autoFocus={!first}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={wrong('password')}
      />
      {act.failed && (
        <div role="alert">
          <Callout tone="down">{act.failed}</Callout>
        </div>
      )}
      <Button type="submit" variant="filled" className={styles.send} loading={act.busy}>
        {purpose === 'reset' ? 'Set the password and sign in' : 'Start'}
      </Button>
    </form>
  )
}
