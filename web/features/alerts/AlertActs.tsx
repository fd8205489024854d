import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMay, useMe } from '../../parts/frame-data.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { Act } from '../../ui/Act.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { toast } from '../../ui/toast.ts'
import { alertKeys } from './data.ts'
import { SilenceDialog } from './SilenceDialog.tsx'
import { whyNotSilence } from './silence-rules.ts'
import { useAcknowledge } from './use-alert-acts.ts'
import type { AlertDetail } from './words.ts'

const noWork = 'You may only read alerts. A responder may do this.'

/** What can be done to an alert: silence it, end it by hand, acknowledge it or take that back. */
export function AlertActs({ alert }: { alert: AlertDetail }) {
  const { can } = alert
  const me = useMe().data
  const work = useMay('alert.work')
  const [silencing, setSilencing] = useState(false)
  const [ending, setEnding] = useState(false)
  const acknowledge = useAcknowledge()
  const refresh = useRefresh(alertKeys)
  const back = useAct(() => api.alerts.unacknowledge({ id: alert.id }), {
    refresh: alertKeys,
    done: () =>
      toast('You gave it back: nobody has it.', {
        undo: async () => {
          await api.alerts.acknowledge({ id: alert.id })
          await refresh()
        },
      }),
  })
  return (
    <>
      <Act label="Silence" k="s" run={() => setSilencing(true)} not={can.silence ?? whyNotSilence(alert, me)} />
      <Act label="End by hand" k="d" run={() => setEnding(true)} not={work ? (can.resolve ?? undefined) : noWork} />
      {can.unacknowledge === null ? (
        <Act label="Give back" k="a" run={() => back.run(undefined)} busy={back.busy} not={!work && noWork} />
      ) : (
        <Act
          label="Acknowledge"
          k="a"
          kind="primary"
          run={() => acknowledge.run([alert])}
          busy={acknowledge.busy}
          not={work ? (can.acknowledge ?? undefined) : noWork}
        />
      )}
      <SilenceDialog of={silencing ? [alert] : undefined} onClose={() => setSilencing(false)} />
      <EndDialog alert={alert} opened={ending} onClose={() => setEnding(false)} />
    </>
  )
}

type EndProps = { alert: AlertDetail; opened: boolean; onClose: () => void }

const EndDialog = ({ opened, ...props }: EndProps) => (
  <Dialog opened={opened} onClose={props.onClose} title="End this alert by hand">
    <EndForm {...props} />
  </Dialog>
)

function EndForm({ alert, onClose }: Omit<EndProps, 'opened'>) {
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const missing = reason.trim() === '' ? 'Say how you know that it is over.' : undefined
  const act = useAct((input: { id: string; reason: string }) => api.alerts.resolve(input), {
    refresh: alertKeys,
    fields: ['reason'],
    done: () => {
      toast(`"${alert.title}" is ended.`)
      onClose()
    },
  })
  const submit = () => {
    setTried(true)
    if (!missing) act.run({ id: alert.id, reason })
  }
  return (
    <DialogForm act="End it" onSubmit={submit} onClose={onClose} busy={act.busy} failed={act.failed}>
      <div className="muted">
        Its sender usually says when it is over. If it reports this again, there will be a new alert. This cannot be
        undone.
      </div>
      <TextInput
        label="Why is it over?"
        data-autofocus
        autoComplete="off"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={act.problems.reason ?? (tried ? missing : undefined)}
      />
    </DialogForm>
  )
}
