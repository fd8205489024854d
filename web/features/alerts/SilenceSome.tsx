import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { serverNow } from '../../ui/now.ts'
import { useZone } from '../../ui/Time.tsx'
import { stamp } from '../../ui/time.ts'
import { toast } from '../../ui/toast.ts'
import { UntilField, wallIn } from '../../ui/UntilField.tsx'
import { isoOfWall } from '../../ui/wall.ts'
import { alertKeys, holdKeys } from './data.ts'
import { HoldPreview } from './HoldPreview.tsx'
import { toEach } from './use-alert-acts.ts'
import { type AlertRow, isOpen } from './words.ts'

const written = [...alertKeys, ...holdKeys]

type Props = { alerts: readonly AlertRow[]; onClose: () => void; onDone: () => void }

/** Several alerts, each silenced for itself: until when and why. */
export function SilenceSome({ alerts, onClose, onDone }: Props) {
  const zone = useZone()
  const open = alerts.filter(({ status }) => isOpen(status))
  const [until, setUntil] = useState(() => wallIn(60, serverNow(), zone))
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const refresh = useRefresh(written)
  const endsAt = isoOfWall(until, zone)
  const act = useAct(
    (input: { endsAt: string; reason: string }) =>
      toEach(open, ({ id }) => api.alerts.silences.ofAlert({ ...input, id })),
    {
      refresh: written,
      fields: ['endsAt', 'reason'],
      done: (made) => {
        const undo = async () => {
          await toEach(made, ({ id }) => api.alerts.silences.end({ id }))
          await refresh()
        }
        const until = made[0] ? stamp(made[0].endsAt, serverNow(), zone) : ''
        toast(`${made.length} alerts are silenced until ${until}.`, { undo })
        onDone()
      },
    },
  )
  const missing = {
    endsAt: endsAt === undefined ? 'Say until when.' : undefined,
    reason: reason.trim() === '' ? 'Say why, for those who wonder where the alerts are.' : undefined,
  }
  const submit = () => {
    setTried(true)
    if (endsAt !== undefined && !missing.reason) act.run({ endsAt, reason })
  }
  return (
    <DialogForm
      act="Silence"
      onSubmit={submit}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
      not={open.length === 0 && 'All of them are over; there is nothing to silence.'}
    >
      <HoldPreview
        preview={{ data: { count: open.length, items: open }, isPending: false, error: null }}
        asked
        words={() => 'get a silence each'}
      />
      <UntilField
        label="Until"
        value={until}
        onChange={setUntil}
        error={act.problems.endsAt ?? (tried ? missing.endsAt : undefined)}
      />
      <TextInput
        label="Why"
        data-autofocus
        autoComplete="off"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={act.problems.reason ?? (tried ? missing.reason : undefined)}
      />
    </DialogForm>
  )
}
