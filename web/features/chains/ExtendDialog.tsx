import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { millis, zoneName } from '../../ui/time.ts'
import { WhenField } from '../../ui/UntilField.tsx'
import { isoOfWall, wallOf } from '../../ui/wall.ts'
import styles from './chains.module.css'
import { useExtend } from './use-deadline-acts.ts'
import { dateWords } from './words.ts'

type Props = {
  deadline: { id: string; name: string; due: { zone: string } }
  date: string
  dueAt: string
  onClose: () => void
}

const minute = 60_000
const offers = [15, 30, 60, 120]
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/** Asks until when a deadline is moved on one business date, and why: by the clocks of its zone. */
export function ExtendDialog({ deadline, date, dueAt, onClose }: Props) {
  const { zone } = deadline.due
  const [wall, setWall] = useState(() => wallOf(dueAt, zone))
  const [why, setWhy] = useState('')
  const act = useExtend(deadline, date, onClose)
  const until = isoOfWall(wall, zone)
  const reason = oneLine(why)
  const isSame = until !== undefined && millis(until) === millis(dueAt)
  return (
    <Dialog opened onClose={onClose} title={`Extend ${deadline.name} of ${dateWords(date)}`}>
      <DialogForm
        act="Extend"
        onSubmit={() => act.run({ dueAt: until ?? '', reason })}
        onClose={onClose}
        busy={act.busy}
        failed={act.failed}
        not={((!until || isSame) && 'Say until when.') || (!reason && 'Say why, in a line.')}
      >
        <WhenField
          label={`Due (${zoneName(zone)} time)`}
          description="For this business date alone."
          zone={zone}
          value={wall}
          onChange={setWall}
          error={act.problems.dueAt}
        />
        <div className={styles.offers}>
          {offers.map((minutes) => (
            <Button key={minutes} onClick={() => setWall(wallOf(millis(dueAt) + minutes * minute, zone))}>
              {minutes < 60 ? `+${minutes} min` : `+${minutes / 60} h`}
            </Button>
          ))}
        </div>
        <TextInput
          label="Why"
          placeholder="The desk opens at half past today"
          data-missing={(!isSame && !reason) || undefined}
          data-autofocus
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
          error={act.problems.reason}
          maxLength={500}
        />
      </DialogForm>
    </Dialog>
  )
}
