import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { serverNow } from '../../ui/now.ts'
import { useZone } from '../../ui/Time.tsx'
import { UntilField, wallIn } from '../../ui/UntilField.tsx'
import { isoOfWall } from '../../ui/wall.ts'
import { useHold } from './use-deadline-acts.ts'

/** Asks for how long nobody is told of a deadline, and why. */
export function HoldDialog({ deadline, onClose }: { deadline: { id: string; name: string }; onClose: () => void }) {
  const zone = useZone()
  const [wall, setWall] = useState(() => wallIn(60, serverNow(), zone))
  const [why, setWhy] = useState('')
  const act = useHold(deadline, onClose)
  const until = isoOfWall(wall, zone)
  const reason = why.replace(/\s+/g, ' ').trim()
  return (
    <Dialog opened onClose={onClose} title={`Hold the alarms of ${deadline.name}`}>
      <DialogForm
        act="Hold"
        onSubmit={() => act.run({ until: until ?? '', reason })}
        onClose={onClose}
        busy={act.busy}
        failed={act.failed}
        not={(!until && 'Say until when.') || (!reason && 'Say why, in a line.')}
      >
        <UntilField
          label="Until"
          description="Predictions go on. If the deadline is in danger at that time, somebody is told."
          value={wall}
          onChange={setWall}
          error={act.problems.until}
        />
        <TextInput
          label="Why"
          placeholder="The vendor is late, and the desk knows"
          data-missing={!reason || undefined}
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
