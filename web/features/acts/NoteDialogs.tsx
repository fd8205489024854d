import { Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api, query } from '../../api.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { toast } from '../../ui/toast.ts'
import { handOverKeys } from './data.ts'
import { oneLine } from './words.ts'

type Props = { job: { id: string; name: string }; onClose: () => void }

/** Notes something on a job, or on one of its runs. */
export function NoteDialog({ job, runId, onClose }: Props & { runId?: string }) {
  const [text, setText] = useState('')
  const act = useAct(() => api.acts.note({ id: job.id, text: text.trim(), ...(runId && { runId }) }), {
    fields: ['text'],
    refresh: [query.system.events.key()],
    done: () => {
      toast(`The note stands on ${runId ? 'the run' : job.name}.`)
      onClose()
    },
  })
  return (
    <Dialog opened onClose={onClose} title={`Note on ${runId ? `a run of ${job.name}` : job.name}`}>
      <DialogForm
        act="Note it"
        onSubmit={() => act.run(undefined)}
        onClose={onClose}
        busy={act.busy}
        failed={act.failed}
        not={!text.trim() && 'Write what is to be noted.'}
      >
        <Textarea
          label="Note"
          description="The open incident of the job shows it as well."
          data-autofocus
          autosize
          minRows={3}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={act.problems.text}
          maxLength={2_000}
        />
      </DialogForm>
    </Dialog>
  )
}

/** Marks a job for the next shift. */
export function HandOverDialog({ job, onClose }: Props) {
  const [text, setText] = useState('')
  const note = oneLine(text)
  const refresh = useRefresh(handOverKeys)
  const act = useAct(() => api.acts.handOver({ id: job.id, note }), {
    fields: ['note'],
    refresh: [...handOverKeys],
    done: () => {
      toast(`${job.name} is marked for the next shift.`, {
        undo: async () => {
          await api.acts.endHandOver({ id: job.id })
          await refresh()
        },
      })
      onClose()
    },
  })
  return (
    <Dialog opened onClose={onClose} title={`Hand over ${job.name}`}>
      <DialogForm
        act="Mark it"
        onSubmit={() => act.run(undefined)}
        onClose={onClose}
        busy={act.busy}
        failed={act.failed}
        not={!note && 'Say what the next shift must know.'}
      >
        <TextInput
          label="What must the next shift know?"
          description="The job keeps this mark until somebody takes it away."
          placeholder="Re-run it if the vendor’s file is not there by 02:00"
          data-autofocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={act.problems.note}
          maxLength={500}
        />
      </DialogForm>
    </Dialog>
  )
}
