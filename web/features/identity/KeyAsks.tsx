import { useState } from 'react'
import { api } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { toast } from '../../ui/toast.ts'
import { type ApiKey, keysKeys } from './data.ts'
import { ShownOnce } from './LinkOnce.tsx'
import { EndSelect, endOf } from './NewKey.tsx'

/** Asks how long a second secret shall live, and shows it, once. */
export function Rotate({ of, onClose }: { of: ApiKey; onClose: () => void }) {
  const [days, setDays] = useState('0')
  const act = useAct(api.identity.keys.rotate, { fields: [], refresh: keysKeys })
  if (act.output)
    return (
      <ShownOnce text={act.output.secret} label="the secret" onClose={onClose}>
        The second secret of <b>{of.name}</b>. The older one goes on: put this one into the program, then revoke the
        older.
      </ShownOnce>
    )
  return (
    <DialogForm
      act="Make a second secret"
      onSubmit={() => act.run({ id: of.id, expiresAt: endOf(days) })}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
    >
      <p>Both secrets are valid until you revoke the older one, so nothing stops in between.</p>
      <EndSelect value={days} onChange={setDays} />
    </DialogForm>
  )
}

/** Asks before a key, or one secret of it, ends for good. */
export function Revoke({
  of,
  secret,
  onClose,
}: {
  of: ApiKey
  secret?: ApiKey['secrets'][number] | undefined
  onClose: () => void
}) {
  const act = useAct(
    () =>
      secret
        ? api.identity.keys.revokeSecret({ id: of.id, secretId: secret.id })
        : api.identity.keys.revoke({ id: of.id }),
    {
      fields: [],
      refresh: keysKeys,
      done: () => {
        toast(secret ? `The secret …${secret.hint} is revoked.` : `${of.name} is revoked.`)
        onClose()
      },
    },
  )
  return (
    <DialogForm
      act="Revoke"
      danger
      onSubmit={() => act.run(undefined)}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
    >
      <p>
        Programs that use{' '}
        {secret ? (
          <>
            the secret <code>…{secret.hint}</code>
          </>
        ) : (
          'this key'
        )}{' '}
        are refused from now on. This cannot be undone
        {secret ? '.' : '; a new key would be needed.'}
      </p>
    </DialogForm>
  )
}
