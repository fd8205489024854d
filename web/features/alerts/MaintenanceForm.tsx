import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { api, query } from '../../api.ts'
import { useAct, useOpenedWith, useRefresh } from '../../parts/use-act.ts'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { serverNow } from '../../ui/now.ts'
import { useZone } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import { alertKeys, holdKeys } from './data.ts'
import { HoldPreview } from './HoldPreview.tsx'
import { CoverageFields, NameFields, WhenFields } from './MaintenanceFields.tsx'
import {
  coverageOf,
  coversSomething,
  type Draft,
  draftOf,
  draftProblems,
  inputOf,
  newDraft,
} from './maintenance-draft.ts'
import { TeamField, useHoldTeams } from './TeamField.tsx'
import type { Maintenance } from './words.ts'

const written = [...alertKeys, ...holdKeys]
const fields = [
  ...['name', 'reason', 'serviceIds', 'hosts', 'environments', 'startsAt', 'endsAt', 'teamId'],
  ...['recurrence.zone', 'recurrence.weekdays', 'recurrence.from', 'recurrence.minutes'],
]

type Props = {
  /** The one to change; without it a new one is planned. */
  window?: Maintenance
  not?: string | undefined
  /** After the fields. */
  more?: ReactNode
  onClose: () => void
}

/** Name, reason, what it covers and when; with the alerts of now that it would hold back. */
export function MaintenanceForm({ window, not, more, onClose }: Props) {
  const zone = useZone()
  const { teams, all } = useHoldTeams()
  const first = all ? null : (teams[0]?.id ?? null)
  const [draft, setDraft] = useState<Draft>(() => (window ? draftOf(window, zone) : newDraft(serverNow(), zone, first)))
  const opened = useOpenedWith(window)
  const [tried, setTried] = useState(false)
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part })
  const team = draft.teamId !== null || all ? { teamId: draft.teamId } : {}

  const [asked] = useDebouncedValue(draft, 250)
  const preview = useQuery({
    ...query.alerts.maintenance.preview.queryOptions({ input: { ...coverageOf(asked), ...team } }),
    enabled: coversSomething(asked),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })

  const refresh = useRefresh(written)
  const write = (input: ReturnType<typeof inputOf>) =>
    window
      ? api.alerts.maintenance.change({ id: window.id, ...input }, opened)
      : api.alerts.maintenance.create({ ...input, ...team })
  const act = useAct(write, {
    refresh: written,
    fields,
    done: (made) => {
      const undo = async () => {
        await api.alerts.maintenance.end({ id: made.id })
        await refresh()
      }
      toast(window ? `${made.name} is changed.` : `${made.name} is planned.`, window ? {} : { undo })
      onClose()
    },
  })
  const wrong = draftProblems(draft, serverNow(), zone)
  const problems = { ...act.problems, ...(tried ? wrong : {}) }
  const submit = () => {
    setTried(true)
    if (Object.keys(wrong).length === 0) act.run(inputOf(draft, zone))
  }
  return (
    <DialogForm
      act={window ? 'Change' : 'Plan it'}
      onSubmit={submit}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
      not={not}
    >
      <NameFields draft={draft} set={set} problems={problems} />
      <CoverageFields draft={draft} set={set} problems={problems} />
      <HoldPreview
        preview={preview}
        asked={coversSomething(asked)}
        words={() => 'would be held back if it began now'}
      />
      <WhenFields draft={draft} set={set} problems={problems} />
      {!window && <TeamField value={draft.teamId} onChange={(teamId) => set({ teamId })} error={problems.teamId} />}
      {more}
    </DialogForm>
  )
}
