import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { PendingReason } from '../../../contract/desk/words.ts'
import { api } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { serverNow } from '../../ui/now.ts'
import { useZone } from '../../ui/Time.tsx'
import { zoneName } from '../../ui/time.ts'
import { WhenField } from '../../ui/UntilField.tsx'
import { isoOfWall, wallOf } from '../../ui/wall.ts'
import { type AskProps, aboutWhat, useAsk } from './ask.ts'
import styles from './desk.module.css'
import { untilOffers } from './until-offers.ts'

type Reason = Exclude<PendingReason, 'approval'>
const reasons: readonly { value: Reason; label: string }[] = [
  { value: 'user', label: 'the requester' },
  { value: 'vendor', label: 'a vendor' },
  { value: 'change', label: 'a change' },
  { value: 'scheduled', label: 'a time' },
]

function Form(props: AskProps) {
  const zone = useZone()
  const [reason, setReason] = useState<Reason>(props.ticket?.requester ? 'user' : 'vendor')
  const [wall, setWall] = useState('')
  const ask = useAsk(props, ['reason', 'until'])
  const until = isoOfWall(wall, zone)
  const submit = () =>
    void ask.send({
      act: (id) => api.desk.pend({ id, reason, ...(until && { until }) }),
      said: (names, many) =>
        `${names} ${many ? 'wait' : 'waits'} for ${reasons.find(({ value }) => value === reason)?.label}.`,
    })
  return (
    <DialogForm
      act="Let it wait"
      busy={ask.busy}
      failed={ask.failed}
      not={reason === 'scheduled' && !until && 'Say until when.'}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <div>
        <div className={styles.label} id="wait-for">
          It waits for
        </div>
        <SegmentedControl
          fullWidth
          aria-labelledby="wait-for"
          data={[...reasons]}
          value={reason}
          onChange={(next) => setReason(next as Reason)}
        />
      </div>
      <WhenField
        label={`Until (${zoneName(zone)} time)${reason === 'scheduled' ? '' : ', if you know'}`}
        description="It goes on by itself then, or as soon as the requester replies. Its clocks stand still meanwhile."
        value={wall}
        onChange={setWall}
        error={ask.problems.until}
      />
      <div className={styles.offers}>
        {untilOffers(serverNow(), zone).map(({ label, at }) => (
          <Button key={label} onClick={() => setWall(wallOf(at, zone))}>
            {label}
          </Button>
        ))}
      </div>
    </DialogForm>
  )
}

/** Asks what a ticket waits for, and until when. */
export const WaitDialog = (props: AskProps) => (
  <Dialog opened onClose={props.onClose} title={`Let ${aboutWhat(props)} wait`}>
    <Form {...props} />
  </Dialog>
)
