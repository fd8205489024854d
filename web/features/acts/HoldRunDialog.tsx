import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { toast } from '../../ui/toast.ts'
import { jobKeys } from '../jobs/data.ts'
import { oneLine } from './words.ts'

/** Asks why nobody is told of the run that goes on. */
export function HoldRunDialog({ job, onClose }: { job: { id: string; name: string }; onClose: () => void }) {
  const [why, setWhy] = useState('')
  const reason = oneLine(why)
  const refresh = useRefresh(jobKeys)
  const act = useAct(() => api.jobs.holdRun({ id: job.id, reason }), {
    fields: ['reason'],
    refresh: [...jobKeys],
    done: () => {
      toast(`Nobody is told of this run of ${job.name}.`, {
        undo: async () => {
          await api.jobs.releaseRun({ id: job.id })
          await refresh()
        },
      })
      onClose()
    },
  })
  return (
    <Dialog opened onClose={onClose} title={`Hold the alarms of this run of ${job.name}`}>
      <DialogForm
        act="Hold"
        onSubmit={() => act.run(undefined)}
        onClose={onClose}
        busy={act.busy}
        failed={act.failed}
        not={!reason && 'Say why, in a line.'}
      >
        <TextInput
          label="Why"
          description="Nobody is told how this run ends. From the next run on, people are told as usual."
          placeholder="We load a year of history tonight"
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
