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

/** One that it always refuses holds up all that follow: that one is left out, and nothing else. */
function Skip({ of, onClose }: Props) {
  const act = useAct(() => api.webhooks.skip({ id: of.id }), {
    refresh: webhookKeys,
    fields: [],
    done: ({ text }) => {
      toast(`${of.name} is not told: ${text}`)
      onClose()
    },
  })
  return (
    <DialogForm
      act="Skip this one event"
      danger
      onSubmit={() => act.run(undefined)}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
    >
      <p>
        {of.host} is never told of the event that it refuses now; which one that was stands in the log. What came after
        it is posted at once. If all is refused, mend the receiver instead: each skip leaves out one event.
      </p>
    </DialogForm>
  )
}

function Content({ of, onClose }: Props) {
  const may = useMay('webhook.write')
  const [asking, ask] = useState<'delete' | 'skip'>()
  const close = () => ask(undefined)
  return (
    <div className={styles.stack}>
      {of.failing && (
        <Callout tone="down" acts={may && <Button onClick={() => ask('skip')}>Skip this event…</Button>}>
          It does not take what is posted. {of.failing.problem} It is tried again, and told all of it when it answers;
          until then nothing that came later is posted.
        </Callout>
      )}
      <Facts
        of={[
          { label: 'Posted to', value: <code>{of.host}</code> },
          { label: 'Is told of', value: aboutWords(of) },
          { label: 'Team', value: of.team?.name ?? 'all teams' },
          { label: 'Took something last', value: of.deliveredAt ? <Ago at={of.deliveredAt} /> : 'never' },
          of.failing !== null && { label: 'Failing since', value: <Stamp at={of.failing.since} /> },
          { label: 'Made', value: <Stamp at={of.createdAt} /> },
        ]}
      />
      {may && (
        <div className={styles.right}>
          <Button mod={{ danger: true }} onClick={() => ask('delete')}>
            Delete
          </Button>
        </div>
      )}
      <Dialog opened={asking === 'skip'} onClose={close} title={`Skip what ${of.name} refuses`}>
        <Skip of={of} onClose={close} />
      </Dialog>
      <Dialog opened={asking === 'delete'} onClose={close} title={`Delete ${of.name}`}>
        <Delete of={of} onClose={close} onDone={onClose} />
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
