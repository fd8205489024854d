import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useAct } from '../../parts/use-act.ts'
import { Callout } from '../../ui/States.tsx'
import styles from './Bare.module.css'
import { type Given, signInByPassword } from './sign-in-requests.ts'

/** The code of the app, after the password was right. */
export function CodeForm({ given, onDone, onBack }: { given: Given; onDone: () => void; onBack: () => void }) {
  const [code, setCode] = useState('')
  const [tried, setTried] = useState(false)
  const act = useAct(signInByPassword, { fields: [], done: (answer) => answer.ok && onDone() })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (code.trim()) act.run({ ...given, code })
  }
  return (
    <form noValidate onSubmit={submit}>
      <TextInput
        label="Code"
        name="code"
        autoComplete="one-time-code"
        autoFocus
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        error={tried && !code.trim() ? 'A code is needed.' : undefined}
      />
      {act.failed && (
        <div role="alert">
          <Callout tone="down">{act.failed}</Callout>
        </div>
      )}
      <Button type="submit" variant="filled" className={styles.send} loading={act.busy}>
        Go on
      </Button>
      <Button className={styles.send} onClick={onBack}>
        Back
      </Button>
      <p className="faint">
        The device is lost, and the recovery codes as well? An administrator can remove the app from your account.
      </p>
    </form>
  )
}
