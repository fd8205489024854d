import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useAct } from '../../parts/use-act.ts'
import { Callout } from '../../ui/States.tsx'
import styles from './Bare.module.css'
import { askForLink } from './sign-in-requests.ts'

/** Asks for a one-time link by mail. What it says does not tell whether anybody has the address. */
export function Forgotten({ email: known, onBack }: { email: string; onBack: () => void }) {
  const [email, setEmail] = useState(known)
  const [tried, setTried] = useState(false)
  const [sent, setSent] = useState(false)
  const act = useAct(askForLink, { fields: ['email'], done: () => setSent(true) })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (email.trim()) act.run(email)
  }
  if (sent)
    return (
      <>
        <p role="status">
          If <b>{email}</b> is the address of somebody here, a mail is on its way. Look into the spam folder as well; a
          second one can be asked for after a quarter of an hour.
        </p>
        <Button className={styles.send} onClick={onBack}>
          Back to sign-in
        </Button>
      </>
    )
  return (
    <form noValidate onSubmit={submit}>
      <TextInput
        label="Mail address"
        name="email"
        type="email"
        autoComplete="username"
        autoFocus
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={tried && !email.trim() ? 'Your mail address is needed.' : act.problems.email}
      />
      {act.failed && (
        <div role="alert">
          <Callout tone="down">{act.failed}</Callout>
        </div>
      )}
      <Button type="submit" variant="filled" className={styles.send} loading={act.busy}>
        Send me a link
      </Button>
      <Button className={styles.send} onClick={onBack}>
        Back
      </Button>
    </form>
  )
}
