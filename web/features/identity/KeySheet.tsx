import { Button, Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { can } from '../../../contract/identity/can.ts'
import { query } from '../../api.ts'
import { Chip } from '../../ui/Chip.tsx'
import { Dialog, Sheet } from '../../ui/Dialog.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Status } from '../../ui/Marks.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { Ago, Stamp } from '../../ui/Time.tsx'
import type { ApiKey } from './data.ts'
import styles from './identity.module.css'
import { Revoke, Rotate } from './KeyAsks.tsx'

type Asking = 'rotate' | 'revoke' | { secret: ApiKey['secrets'][number] } | undefined

const stateTones = { valid: 'ok', expired: 'off', revoked: 'off' } as const

function Secrets({ of, onRevoke }: { of: ApiKey; onRevoke: (secret: ApiKey['secrets'][number]) => void }) {
  return of.secrets.map((secret) => (
    <div key={secret.id} className={styles.secret}>
      <div className={styles.line}>
        <code>…{secret.hint}</code> <Status tone={stateTones[secret.state]}>{secret.state}</Status>
        {secret.state === 'valid' ? <Button onClick={() => onRevoke(secret)}>Revoke it</Button> : <span />}
      </div>
      <div className="faint">
        made <Stamp at={secret.createdAt} /> ·{' '}
        {secret.lastUsedAt ? (
          <>
            last used <Ago at={secret.lastUsedAt} />
          </>
        ) : (
          'never used'
        )}
        {secret.expiresAt && secret.state !== 'revoked' && (
          <>
            {' '}
            · ends <Ago at={secret.expiresAt} />
          </>
        )}
      </div>
    </div>
  ))
}

function Content({ id }: { id: string }) {
  const found = useQuery(query.identity.keys.read.queryOptions({ input: { id } }))
  const [asking, ask] = useState<Asking>()
  const close = () => ask(undefined)
  if (found.isError)
    return <Failed what="The key could not be loaded." error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Loading lines={5} />
  const key = found.data
  const why = can.rotate({
    revoked: key.revokedAt !== null,
    validSecrets: key.secrets.filter(({ state }) => state === 'valid').length,
  })
  return (
    <div className={styles.stack}>
      <Facts
        of={[
          { label: 'Name', value: key.name },
          {
            label: 'May',
            value: (
              <span className={styles.chips}>
                {key.scopes.map((scope) => (
                  <Chip key={scope}>{scope === '*' ? 'everything' : scope}</Chip>
                ))}
              </span>
            ),
          },
          {
            label: 'Made by',
            value: (
              <>
                {key.createdBy?.name ?? 'another key'}{' '}
                <span className="faint">
                  <Ago at={key.createdAt} />
                </span>
              </>
            ),
          },
          key.revokedAt !== null && { label: 'Revoked', value: <Ago at={key.revokedAt} /> },
        ]}
      />
      <section>
        <h3>Secrets</h3>
        <Secrets of={key} onRevoke={(secret) => ask({ secret })} />
      </section>
      {key.revokedAt === null && (
        <div className={styles.right}>
          <Button mod={{ danger: true }} onClick={() => ask('revoke')}>
            Revoke the key
          </Button>
          <Tooltip label={why} disabled={!why}>
            <Button
              mod={{ 'not-now': Boolean(why) }}
              aria-disabled={why ? true : undefined}
              onClick={() => !why && ask('rotate')}
            >
              Rotate
            </Button>
          </Tooltip>
        </div>
      )}
      <Dialog opened={asking === 'rotate'} onClose={close} title={`Rotate ${key.name}`}>
        <Rotate of={key} onClose={close} />
      </Dialog>
      <Dialog
        opened={asking !== undefined && asking !== 'rotate'}
        onClose={close}
        title={asking === 'revoke' ? `Revoke ${key.name}` : 'Revoke a secret'}
      >
        <Revoke of={key} secret={typeof asking === 'object' ? asking.secret : undefined} onClose={close} />
      </Dialog>
    </div>
  )
}

/** One key: what it may, its secrets with their last use, and the ways to change or end it. */
export const KeySheet = ({ id, onClose }: { id: string; onClose: () => void }) => (
  <Sheet opened={id !== ''} onClose={onClose} title="API key" from="right">
    {id !== '' && <Content id={id} />}
  </Sheet>
)
