import { Button } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useAct } from '../../parts/use-act.ts'
import { Dialog, Sheet } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Callout } from '../../ui/States.tsx'
import { Ago, Stamp } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import { aboutWords, type Webhook, webhookKeys } from './data.ts'
import styles from './webhooks.module.css'

type Props = { of: Webhook; onClose: () => void }

function Delete({ of, onClose, onDone }: Props & { onDone: () => void }) {
  const act = useAct(() => api.webhooks.delete({ id: of.id }), {
    refresh: webhookKeys,
    fields: [],
    done: () => {
      toast(`${of.name} hears of nothing more.`)
      onDone()
    },
  })
  return (
    <DialogForm
      act={`Delete ${of.name}`}
      danger
      onSubmit={() => act.run(undefined)}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
    >
      <p>Nothing more is posted to {of.host}. Its secret is deleted: a new webhook has another one.</p>
    </DialogForm>
  )
}

function Content({ of, onClose }: Props) {
  const may = useMay('webhook.write')
  const [asking, ask] = useState(false)
  return (
    <div className={styles.stack}>
      {of.failing && (
        <Callout tone="down">
          It does not take what is posted. {of.failing.problem} It is tried again, and told all of it when it answers.
        </Callout>
      )}
      <Facts
        of={[
          { label: 'Posted to', value: <code>{of.host}</code> },
          { label: 'Hears of', value: aboutWords(of) },
          { label: 'Of', value: of.team?.name ?? 'all teams' },
          { label: 'Took something last', value: of.deliveredAt ? <Ago at={of.deliveredAt} /> : 'never' },
          of.failing !== null && { label: 'Failing since', value: <Stamp at={of.failing.since} /> },
          { label: 'Made', value: <Stamp at={of.createdAt} /> },
        ]}
      />
      {may && (
        <div className={styles.right}>
          <Button mod={{ danger: true }} onClick={() => ask(true)}>
            Delete
          </Button>
        </div>
      )}
      <Dialog opened={asking} onClose={() => ask(false)} title={`Delete ${of.name}`}>
        <Delete of={of} onClose={() => ask(false)} onDone={onClose} />
      </Dialog>
    </div>
  )
}

/** One webhook: how it does, and the way to end it. */
export const WebhookSheet = ({ of, onClose }: { of: Webhook | undefined; onClose: () => void }) => (
  <Sheet opened={of !== undefined} onClose={onClose} title={of?.name ?? 'Webhook'} from="right">
    {of && <Content of={of} onClose={onClose} />}
  </Sheet>
)
