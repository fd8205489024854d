import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, query } from '../../api.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { Choices } from '../../ui/Chip.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { useIsPhone } from '../../ui/list.ts'
import { serverNow } from '../../ui/now.ts'
import { useZone } from '../../ui/Time.tsx'
import { stamp } from '../../ui/time.ts'
import { toast } from '../../ui/toast.ts'
import { UntilField, wallIn } from '../../ui/UntilField.tsx'
import { isoOfWall } from '../../ui/wall.ts'
import { alertKeys, holdKeys } from './data.ts'
import { HoldPreview } from './HoldPreview.tsx'
import { MatchersField } from './MatchersField.tsx'
import { matcherProblems, type Reach } from './silence-rules.ts'
import { TeamField, useHoldTeams } from './TeamField.tsx'
import type { Matcher } from './words.ts'

const written = [...alertKeys, ...holdKeys]

type Props = {
  /** Offered as chips: from this alert alone to its whole service. The first is chosen. */
  reaches?: readonly Reach[]
  labels?: Record<string, string>
  teamId?: string | null
  onClose: () => void
  onDone: () => void
}

/** Which alerts, until when and why; with those of now that would be held back. */
export function SilenceForm({ reaches = [], labels = {}, teamId, onClose, onDone }: Props) {
  const zone = useZone()
  const phone = useIsPhone()
  const { teams, all } = useHoldTeams()
  const [matchers, setMatchers] = useState<Matcher[]>(
    () => reaches[0]?.matchers ?? [{ field: 'service', op: 'is', value: '' }],
  )
  const [isKnown] = useState(matchers.every(({ value }) => value !== ''))
  const [until, setUntil] = useState(() => wallIn(60, serverNow(), zone))
  const [reason, setReason] = useState('')
  const [chosenTeam, setTeam] = useState<string | null | undefined>(teamId)
  const [tried, setTried] = useState(false)
  const team = chosenTeam === undefined ? (all ? null : (teams[0]?.id ?? null)) : chosenTeam
  const covered = { matchers, ...(team !== null || all ? { teamId: team } : {}) }
  const endsAt = isoOfWall(until, zone)
  const wrong = matcherProblems(matchers)

  const [asked] = useDebouncedValue(covered, 250)
  const complete = Object.keys(matcherProblems(asked.matchers)).length === 0
  const preview = useQuery({
    ...query.alerts.silences.preview.queryOptions({ input: asked }),
    enabled: complete,
    placeholderData: keepPreviousData,
    staleTime: 0,
  })

  const refresh = useRefresh(written)
  const act = useAct((input: Parameters<typeof api.alerts.silences.create>[0]) => api.alerts.silences.create(input), {
    refresh: written,
    fields: [
      'matchers',
      ...matchers.flatMap((_, at) => [`matchers.${at}.field`, `matchers.${at}.value`]),
      'endsAt',
      'reason',
      'teamId',
    ],
    done: (made) => {
      const undo = async () => {
        await api.alerts.silences.end({ id: made.id })
        await refresh()
      }
      toast(`Silenced until ${stamp(made.endsAt, serverNow(), zone)}.`, { undo })
      onDone()
    },
  })
  const missing = {
    ...wrong,
    endsAt:
      endsAt === undefined
        ? 'Say until when.'
        : Date.parse(endsAt) <= serverNow()
          ? 'This is over already.'
          : undefined,
    reason: reason.trim() === '' ? 'Say why, for those who wonder where the alerts are.' : undefined,
  }
  const problems: Record<string, string | undefined> = { ...act.problems, ...(tried ? missing : {}) }
  const submit = () => {
    setTried(true)
    if (endsAt === undefined || Object.values(missing).some(Boolean)) return
    act.run({ ...covered, endsAt, reason })
  }
  const reach = reaches.find((one) => JSON.stringify(one.matchers) === JSON.stringify(matchers))
  return (
    <DialogForm act="Silence" onSubmit={submit} onClose={onClose} busy={act.busy} failed={act.failed}>
      {reaches.length > 1 && (
        <Choices
          label="What to silence"
          value={reach?.value ?? ''}
          of={reaches.map(({ value, label }) => ({ value, label }))}
          onChange={(value) => setMatchers(reaches.find((one) => one.value === value)?.matchers ?? matchers)}
        />
      )}
      <MatchersField
        value={matchers}
        onChange={setMatchers}
        problems={problems}
        labels={labels}
        focus={!phone && !isKnown}
      />
      <HoldPreview preview={preview} asked={complete} />
      <UntilField label="Until" value={until} onChange={setUntil} error={problems.endsAt} />
      <TextInput
        label="Why"
        description="The reason is shown with every alert that the silence holds back. Monitoring goes on, and alerts resolve as usual."
        // On a phone the keyboard would cover what is to be silenced.
        autoFocus={!phone && isKnown}
        data-autofocus={(!phone && isKnown) || undefined}
        autoComplete="off"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problems.reason}
      />
      <TeamField value={team} onChange={setTeam} error={problems.teamId} />
    </DialogForm>
  )
}
