import { PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api, query } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { toast } from '../../ui/toast.ts'
import { browserWords } from './browser-words.ts'
import { rethrown } from './sign-in-requests.ts'

type Given = { password: string; name: string }

/** The server says what it wants, the browser asks its person, the server looks at the answer. */
const add = async ({ password, name }: Given) => {
  const { options, token } = await api.identity.me.startPasskey({ password })
  const { startRegistration } = await import('@simplewebauthn/browser')
  const answer = await startRegistration({ optionsJSON: options as never }).catch(rethrown)
  return api.identity.me.addPasskey({ token, answer: { ...answer }, name })
}

/** Makes a passkey on this device, or on a key that is plugged in. */
export function AddPasskey({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState(() => browserWords(navigator.userAgent))
  const [password, setPassword] = useState('')
  const act = useAct(add, {
    fields: ['password', 'name'],
    refresh: [query.identity.me.ways.key()],
    done: () => {
      toast('The passkey works from now on.')
      onClose()
    },
  })
  return (
    <DialogForm
      act="Add it"
      onSubmit={() => act.run({ password, name })}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
      not={!password ? 'Your password is needed.' : !name.trim() && 'A name is needed.'}
    >
      <p className="muted">
        With a passkey you sign in with your fingerprint, your face or the PIN of this device, without password and
        code. Nobody can guess it, and no imitation of this page can ask for it.
      </p>
      <PasswordInput
        label="Your password"
        autoComplete="current-password"
        data-missing={!password || undefined}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={act.problems.password}
      />
      <TextInput
        label="Name of the passkey"
        description="So that you can tell it from your other passkeys."
        data-missing={!name.trim() || undefined}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={act.problems.name}
      />
    </DialogForm>
  )
}
