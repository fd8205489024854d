import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import type { jobOutcome } from '../../../contract/jobs/waits.ts'
import { api, query } from '../../api.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { Choices } from '../../ui/Chip.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './chains.module.css'
import { JobSelect } from './JobSelect.tsx'

type Named = { id: string; name: string }
type Outcome = z.output<typeof jobOutcome>
type Reach = 'same-date' | 'previous-date' | 'ever'

const ways = [
  { value: 'before', label: 'it waits for' },
  { value: 'after', label: 'it is waited for by' },
] as const
const outcomes: readonly { value: Outcome; label: string }[] = [
  { value: 'succeeded', label: 'has succeeded' },
  { value: 'done', label: 'has ended, however' },
  { value: 'failed', label: 'has failed' },
  { value: 'terminated', label: 'was ended by somebody' },
  { value: 'not-running', label: 'is not running' },
]
const reaches: readonly { value: Reach; label: string }[] = [
  { value: 'same-date', label: 'on the same business date' },
  { value: 'previous-date', label: 'on the business date before' },
  { value: 'ever', label: 'whenever it ran last' },
]

/** Says that one job waits for another where no scheduler does: across schedulers, or by a file that somebody knows of. */
export function DrawEdge({ job, onClose }: { job: Named; onClose: () => void }) {
  const [way, setWay] = useState<(typeof ways)[number]['value']>('before')
  const [other, setOther] = useState<Named | null>(null)
  const [is, setIs] = useState<Outcome>('succeeded')
  const [within, setWithin] = useState<Reach>('same-date')
  const [why, setWhy] = useState('')
  const reason = why.replace(/\s+/g, ' ').trim()
  const [from, to] = way === 'before' ? [other, job] : [job, other]
  const keys = [query.chains.key()]
  const refresh = useRefresh(keys)
  const act = useAct(
    () => api.chains.drawEdge({ fromJobId: from?.id ?? '', toJobId: to?.id ?? '', is, within, reason }),
    {
      fields: ['fromJobId', 'toJobId', 'reason'],
      refresh: keys,
      done: (made) => {
        toast(`${made.to.name} waits for ${made.from.name}.`, {
          undo: async () => {
            await api.chains.removeEdge({ id: made.id })
            await refresh()
          },
        })
        onClose()
      },
    },
  )
  return (
    <Dialog opened onClose={onClose} title={`Draw an edge of ${job.name}`}>
      <DialogForm
        act="Draw"
        onSubmit={() => act.run(undefined)}
        onClose={onClose}
        busy={act.busy}
        failed={act.failed}
        not={(!other && 'Choose the other job.') || (!reason && 'Say how one knows, in a line.')}
      >
        <div className={styles.kinds}>
          <Choices label="Which way" value={way} of={ways} onChange={setWay} />
        </div>
        <JobSelect
          label="The other job"
          autoFocus
          value={other}
          onChange={setOther}
          error={way === 'before' ? act.problems.fromJobId : act.problems.toJobId}
        />
        <div className={styles.pair}>
          <Select
            label={`Until ${from?.name ?? 'that job'}`}
            data={[...outcomes]}
            allowDeselect={false}
            value={is}
            onChange={(next) => next && setIs(next as Outcome)}
          />
          <Select
            label="Which run counts"
            data={[...reaches]}
            allowDeselect={false}
            value={within}
            onChange={(next) => next && setWithin(next as Reach)}
          />
        </div>
        <TextInput
          label="How one knows"
          placeholder="The report reads the file that it writes"
          data-missing={(other !== null && !reason) || undefined}
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
          error={act.problems.reason}
          maxLength={500}
        />
      </DialogForm>
    </Dialog>
  )
}
