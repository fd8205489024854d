import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, query } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { DialogForm } from '../../ui/DialogForm.tsx'
import styles from './identity.module.css'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { WithPassword } from './WithPassword.tsx'

/** A QR code as one path of a picture; the library is fetched when somebody needs it. */
function QrCode({ text }: { text: string }) {
  const { data } = useQuery({
    queryKey: ['qr', text],
    queryFn: async () => (await import('uqr')).encode(text, { border: 2 }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  if (!data) return <div className={styles.qr} />
  const squares = data.data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <svg className={styles.qr} viewBox={`0 0 ${data.size} ${data.size}`} role="img" aria-label="QR code for the app">
      <path d={squares} />
    </svg>
  )
}

/** In three steps: the password, the QR code with a first code, the recovery codes. */
export function SetUpApp({ email, onClose }: { email: string; onClose: () => void }) {
  const [code, setCode] = useState('')
  const start = useAct(api.identity.me.startApp, { fields: ['password'] })
  const confirm = useAct(api.identity.me.confirmApp, { fields: ['code'], refresh: [query.identity.me.ways.key()] })
  if (confirm.output) return <RecoveryCodes codes={confirm.output.recoveryCodes} onClose={onClose} />
  if (!start.output)
    return (
      <WithPassword act="Go on" by={start} onClose={onClose}>
        After your password you will be asked for a code that an app on your phone shows: any app for one-time codes
        will do, also a password manager.
      </WithPassword>
    )
  const { uri, secret } = start.output
  return (
    <DialogForm
      act="Turn it on"
      onSubmit={() => confirm.run({ code })}
      onClose={onClose}
      busy={confirm.busy}
      failed={confirm.failed}
      not={!code.trim() && 'Enter the code that the app shows.'}
    >
      <div className={styles.app}>
        <QrCode text={uri} />
        <div>
          <p>Scan this with the app, or type the secret:</p>
          <p className={`mono ${styles.typed}`}>{secret.replace(/(.{4})(?=.)/g, '$1 ')}</p>
          <p className="faint">Account {email}; time-based, six digits, 30 seconds.</p>
        </div>
      </div>
      <TextInput
        label="Code"
        description="The six digits that the app shows now."
        inputMode="numeric"
        autoComplete="one-time-code"
        data-missing={!code.trim() || undefined}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        error={confirm.problems.code}
      />
    </DialogForm>
  )
}
