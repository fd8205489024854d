import { Checkbox, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { Choices } from '../../ui/Chip.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { serverNow } from '../../ui/now.ts'
import { keysKeys } from './data.ts'
import styles from './identity.module.css'
import { ShownOnce } from './LinkOnce.tsx'
import { readScopes, scopeGroups } from './scopes.ts'

const lifetimes = [
  { value: '0', label: 'never' },
  { value: '30', label: 'in 30 days' },
  { value: '90', label: 'in 90 days' },
  { value: '365', label: 'in a year' },
]

/** When a secret that lives for so many days ends; '0' is never. */
export const endOf = (days: string): string | null =>
  days === '0' ? null : new Date(serverNow() + Number(days) * 86_400_000).toISOString()

export const EndSelect = ({ value, onChange }: { value: string; onChange: (days: string) => void }) => (
  <Select label="The secret expires" data={lifetimes} value={value} onChange={(next) => next && onChange(next)} />
)

/** What the key may do: everything, reading, or chosen one by one. */
function Scopes({
  value,
  onChange,
  error,
}: {
  value: readonly string[]
  onChange: (scopes: string[]) => void
  error: string | undefined
}) {
  const preset = value.includes('*')
    ? 'all'
    : value.length === readScopes.length && readScopes.every((one) => value.includes(one))
      ? 'read'
      : 'chosen'
  return (
    <div>
      <div className={styles.line}>
        <b>It may</b>
        <Choices
          label="What it may do"
          value={preset}
          of={[
            { value: 'read', label: 'read' },
            { value: 'chosen', label: 'chosen' },
            { value: 'all', label: 'everything' },
          ]}
          onChange={(next) => onChange(next === 'all' ? ['*'] : next === 'read' ? [...readScopes] : [])}
        />
      </div>
      {preset === 'all' ? (
        <p className="muted">Everything that an administrator may, people and keys included. Prefer less.</p>
      ) : (
        <Checkbox.Group aria-label="Scopes" value={[...value]} onChange={onChange}>
          <div className={styles.scopes}>
            {scopeGroups.map(({ kind, title, scopes }) => (
              <fieldset key={kind} className={styles.scope} aria-label={title}>
                <span>{title}</span>
                {scopes.map(({ scope, act }) => (
                  <Checkbox key={scope} value={scope} label={act} aria-label={`${act} ${title}`} />
                ))}
              </fieldset>
            ))}
          </div>
        </Checkbox.Group>
      )}
      {error && (
        <p role="alert" className={styles.wrong}>
          {error}
        </p>
      )}
    </div>
  )
}

function KeyForm({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<string[]>([])
  const [days, setDays] = useState('0')
  const [tried, setTried] = useState(false)
  const act = useAct(api.identity.keys.create, { fields: ['name', 'scopes'], refresh: keysKeys })
  const missing = {
    name: name.trim() ? undefined : 'A name is needed, such as the program that uses it.',
    scopes: scopes.length > 0 ? undefined : 'Choose what the key may do.',
  }
  if (act.output)
    return (
      <ShownOnce text={act.output.secret} label="the secret" onClose={onClose}>
        The secret of <b>{act.output.name}</b>. A program sends it with each request as{' '}
        <code>Authorization: Bearer …</code>
      </ShownOnce>
    )
  const submit = () => {
    setTried(true)
    if (!missing.name && !missing.scopes) act.run({ name, scopes, expiresAt: endOf(days) })
  }
  return (
    <DialogForm act="Make the key" onSubmit={submit} onClose={onClose} busy={act.busy} failed={act.failed}>
      <div className={styles.pair}>
        <TextInput
          label="Name"
          placeholder="nightly export"
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={(tried ? missing.name : undefined) ?? act.problems.name}
        />
        <EndSelect value={days} onChange={setDays} />
      </div>
      <Scopes value={scopes} onChange={setScopes} error={(tried ? missing.scopes : undefined) ?? act.problems.scopes} />
    </DialogForm>
  )
}

/** Makes an API key; its secret is shown once. */
export const NewKey = ({ opened, onClose }: { opened: boolean; onClose: () => void }) => (
  <Dialog opened={opened} onClose={onClose} title="New API key" wide>
    <KeyForm onClose={onClose} />
  </Dialog>
)
