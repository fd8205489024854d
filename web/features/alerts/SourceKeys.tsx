import { Button } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { Act } from '../../ui/Act.tsx'
import { CopyText } from '../../ui/CopyText.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout } from '../../ui/States.tsx'
import { Ago } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import { sourceKeys } from './data.ts'
import styles from './SourceKeys.module.css'
import type { SourceRights } from './source-rights.ts'
import type { Source } from './words.ts'

type Key = Source['keys'][number]

/** Its keys: two may be valid at once, so that a key is replaced without a gap. */
export function SourceKeys({ source, rights }: { source: Source; rights: SourceRights }) {
  const [revoking, setRevoking] = useState<Key>()
  const add = useAct(() => api.alerts.sources.addKey({ id: source.id }), { refresh: sourceKeys })
  const valid = source.keys.filter(({ revokedAt }) => revokedAt === null)
  return (
    <Panel
      title="Keys"
      words={
        valid.length === 2 ? 'two are valid: revoke the old one once the tool uses the new' : `${valid.length} valid`
      }
      right={
        <Act label="Add" k="n" hint="a second key" run={() => add.run(undefined)} busy={add.busy} not={rights.addKey} />
      }
    >
      {source.keys.map((key) => (
        <div key={key.id} className={styles.key}>
          <code>…{key.hint}</code>
          <span className="faint">
            {key.revokedAt ? 'revoked ' : 'made '}
            <Ago at={key.revokedAt ?? key.createdAt} />
          </span>
          {key.revokedAt === null && rights.change === undefined && (
            <span className={styles.end}>
              <Button onClick={() => setRevoking(key)} aria-label={`Revoke the key that ends in ${key.hint}`}>
                Revoke
              </Button>
            </span>
          )}
        </div>
      ))}
      {source.keys.length === 0 && <div className={`${styles.key} faint`}>It has no key, so nothing can be sent.</div>}
      <Dialog opened={add.output !== undefined} onClose={add.reset} title="The new key">
        {add.output && (
          <>
            <CopyText text={add.output.key} label="the key" />
            <p className="muted">
              It is shown this once; we keep only its hash. The key before stays valid until you revoke it.
            </p>
          </>
        )}
      </Dialog>
      <Dialog opened={revoking !== undefined} onClose={() => setRevoking(undefined)} title="Revoke this key">
        {revoking && (
          <RevokeForm source={source} of={revoking} last={valid.length === 1} onClose={() => setRevoking(undefined)} />
        )}
      </Dialog>
    </Panel>
  )
}

type RevokeProps = { source: Source; of: Key; last: boolean; onClose: () => void }

/** The one act here without an Undo: only the hash of a key is kept, so it cannot be given back. */
function RevokeForm({ source, of, last, onClose }: RevokeProps) {
  const act = useAct(() => api.alerts.sources.revokeKey({ id: source.id, keyId: of.id }), {
    refresh: sourceKeys,
    fields: [],
    done: () => {
      toast(`The key that ends in ${of.hint} is revoked.`)
      onClose()
    },
  })
  return (
    <DialogForm
      act="Revoke it"
      danger
      onSubmit={() => act.run(undefined)}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
    >
      <div>
        Within seconds, whatever is sent with the key that ends in <code>{of.hint}</code> is refused. This cannot be
        undone.
      </div>
      {last && (
        <Callout tone="warn">
          It is the only valid key of {source.name}. Add another first if the tool is to be heard without a gap.
        </Callout>
      )}
    </DialogForm>
  )
}
