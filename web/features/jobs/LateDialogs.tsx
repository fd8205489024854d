import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { serverNow } from '../../ui/now.ts'
import { useZone } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import { UntilField, wallIn } from '../../ui/UntilField.tsx'
import { isoOfWall } from '../../ui/wall.ts'
import { type JobDetail, jobKeys } from './data.ts'

type Props = { job: JobDetail; onClose: () => void }

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

function Late({ job, onClose }: Props) {
  const zone = useZone()
  const [wall, setWall] = useState(() => wallIn(60, serverNow(), zone))
  const [why, setWhy] = useState('')
  const until = isoOfWall(wall, zone)
  const reason = oneLine(why)
  const refresh = useRefresh(jobKeys)
  const act = useAct(() => api.jobs.expectLate({ id: job.id, until: until ?? '', reason }), {
    fields: ['until', 'reason'],
    refresh: [...jobKeys],
    done: () => {
      toast(`Nobody is told that ${job.name} is late until then.`, {
        undo: async () => {
          await api.jobs.endLate({ id: job.id })
          await refresh()
        },
      })
      onClose()
    },
  })
  return (
    <DialogForm
      act="Expect it late"
      onSubmit={() => act.run(undefined)}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
      not={(!until && 'Say until when.') || (!reason && 'Say why, in a line.')}
    >
      <UntilField
        label="Until"
        description="If it has not come by then, somebody is told."
        value={wall}
        onChange={setWall}
        error={act.problems.until}
      />
      <TextInput
        label="Why"
        placeholder="The vendor sends at half past"
        data-missing={!reason || undefined}
        data-autofocus
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
        error={act.problems.reason}
        maxLength={500}
      />
    </DialogForm>
  )
}

/** Asks until when a job will be late, and why. */
export const LateDialog = ({ opened, ...props }: Props & { opened: boolean }) => (
  <Dialog opened={opened} onClose={props.onClose} title={`${props.job.name} will be late`}>
    <Late {...props} />
  </Dialog>
)

function Skip({ job, onClose }: Props) {
  const [why, setWhy] = useState('')
  const reason = oneLine(why)
  const act = useAct(() => api.jobs.skip({ id: job.id, reason }), {
    fields: ['reason'],
    refresh: [...jobKeys],
    done: () => {
      toast(`${job.name} leaves out this time.`)
      onClose()
    },
  })
  return (
    <DialogForm
      act="Leave it out"
      onSubmit={() => act.run(undefined)}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
      not={!reason && 'Say why, in a line.'}
    >
      <TextInput
        label="Why is it not expected this time?"
        description="If it comes all the same, its run counts."
        placeholder="A holiday of the exchange"
        data-autofocus
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
        error={act.problems.reason}
        maxLength={500}
      />
    </DialogForm>
  )
}

/** Asks why a job is not expected at its next time, or at the one that it missed. */
export const SkipDialog = ({ opened, ...props }: Props & { opened: boolean }) => (
  <Dialog
    opened={opened}
    onClose={props.onClose}
    title={props.job.state === 'missing' ? `Leave out what ${props.job.name} missed` : `Leave out the next time`}
  >
    <Skip {...props} />
  </Dialog>
)
