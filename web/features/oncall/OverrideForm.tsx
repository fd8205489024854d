import { Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMe } from '../../parts/frame-data.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { Choices } from '../../ui/Chip.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { useNow } from '../../ui/now.ts'
import { Callout } from '../../ui/States.tsx'
import { useZone } from '../../ui/Time.tsx'
import { zoneName } from '../../ui/time.ts'
import { toast } from '../../ui/toast.ts'
import { WhenField } from '../../ui/UntilField.tsx'
import { instantOfWall, wallOf } from '../../ui/wall.ts'
import { consequencesOf } from './consequences.ts'
import { oncallKeys, type Person, type Rota, useMayFor, usePeople, useShifts } from './data.ts'
import { MyShift } from './MyShift.tsx'
import { offersFor } from './offers.ts'
import styles from './oncall.module.css'
import { PersonPick } from './PersonPick.tsx'
import { elsewhere, sentence, spanWords } from './words.ts'

/** What is asked for, as far as it is known. `mine`: I want somebody in my place. */
export type Asked = {
  scheduleId?: string | undefined
  from?: number | undefined
  to?: number | undefined
  removeUserId?: string | undefined
  addUserId?: string | undefined
  mine?: boolean
}

const HOUR = 3_600_000
const fields = ['scheduleId', 'from', 'to', 'addUserId', 'removeUserId', 'reason'] as const

/** Whoever is on call for a schedule in a time, and those who might be. */
const useAround = (from: number | undefined, to: number | undefined) => {
  const ready = from !== undefined && to !== undefined && from < to
  const [span] = useDebouncedValue({ from: from ?? 0, to: to ?? 0 }, 150)
  const shifts = useShifts(span.from, span.to, ready)
  return ready ? shifts.data : undefined
}

const onCallIn = (rota: Rota | undefined) => [...new Map(rota?.final.map(({ user }) => [user.id, user.name]))]

/** Puts somebody on call, takes somebody off, or both, and says before what that comes to. */
export function OverrideForm({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const zone = useZone()
  const now = useNow()
  const me = useMe().data
  const mayFor = useMayFor('override.write')
  const people = usePeople()
  const [first] = useState(() => ({
    from: Math.max(asked.from ?? now, now),
    to: asked.to ?? now + 4 * HOUR,
  }))
  const [shift, setShift] = useState(asked.to === undefined ? undefined : first)
  const [scheduleId, setSchedule] = useState(asked.scheduleId ?? null)
  const [from, setFrom] = useState(() => wallOf(first.from, zone))
  const [to, setTo] = useState(() => wallOf(first.to, zone))
  const [off, setOff] = useState(asked.mine ? (me?.id ?? null) : (asked.removeUserId ?? null))
  const [on, setOn] = useState(asked.addUserId ?? null)
  const [reason, setReason] = useState('')
  const [start, end] = [instantOfWall(from, zone), instantOfWall(to, zone)]
  const around = useAround(start, end)
  const refresh = useRefresh(oncallKeys)

  const setSpan = (span: { from: number; to: number }) => {
    setFrom(wallOf(Math.max(span.from, now), zone))
    setTo(wallOf(span.to, zone))
  }
  const rota = around?.items.find(({ schedule }) => schedule.id === scheduleId)
  const schedules = around?.items.filter(({ team }) => !mayFor(team.id)) ?? []
  const personOf = (id: string | null): Person | null => people.data?.find((one) => one.id === id) ?? null
  const nameOf = (id: string | null) =>
    personOf(id)?.name ?? rota?.final.find(({ user }) => user.id === id)?.user.name ?? ''
  const someone = (id: string | null) =>
    id === null ? null : { id, name: nameOf(id), zone: personOf(id)?.zone ?? zone }
  const span = start !== undefined && end !== undefined && start < end ? { from: start, to: end } : undefined
  const told =
    span && scheduleId && around && !(asked.mine && on === null)
      ? consequencesOf(around.items, scheduleId, { ...span, off: someone(off), on: someone(on) }, zone)
      : []

  const act = useAct(api.oncall.addOverride, {
    fields,
    refresh: oncallKeys,
    done: (made) => {
      const when = spanWords(made, zone)
      const words = made.add ? `${made.add.name} is on call ${when}` : `${made.remove?.name} is off ${when}`
      toast(sentence(made.add && made.remove ? `${words} in place of ${made.remove.name}` : words), {
        undo: async () => {
          await api.oncall.removeOverride({ id: made.id })
          await refresh()
        },
      })
      onClose()
    },
  })
  const not =
    (!scheduleId && (asked.mine ? 'Choose your shift.' : 'Choose a schedule.')) ||
    (start === undefined && 'Say from when.') ||
    (end === undefined && 'Say until when.') ||
    (!span && 'It ends before it begins.') ||
    (on === null && off === null && 'Choose who takes it.') ||
    (asked.mine && on === null && 'Choose who takes it.') ||
    (on === off && 'Choose two people.')
  const submit = () => {
    if (!scheduleId || !span) return
    act.run({
      scheduleId,
      from: new Date(span.from).toISOString(),
      to: new Date(span.to).toISOString(),
      addUserId: on,
      removeUserId: off,
      reason,
    })
  }
  const hint = (person: Person) => {
    const busy = around?.items.find(({ final }) => final.some(({ user }) => user.id === person.id))
    if (busy) return `on call for ${busy.schedule.name}`
    return span && person.zone !== zone ? elsewhere(span, person.zone) : 'free'
  }
  const offers = shift ? offersFor(shift, now, zone) : []
  const chosen = offers.find((offer) => wallOf(offer.from, zone) === from && wallOf(offer.to, zone) === to)
  return (
    <DialogForm
      act={on ? `Put ${nameOf(on)} on call` : 'Save'}
      onSubmit={submit}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
      not={not}
    >
      {asked.mine ? (
        <MyShift
          value={scheduleId && shift ? { scheduleId, ...shift } : undefined}
          onChange={(mine) => {
            setSchedule(mine.scheduleId)
            setShift(mine)
            setSpan(mine)
          }}
        />
      ) : (
        <Select
          label="Schedule"
          {...findByTyping}
          data-autofocus={!asked.scheduleId || undefined}
          data={schedules.map(({ schedule }) => ({ value: schedule.id, label: schedule.name }))}
          value={scheduleId}
          onChange={setSchedule}
          error={act.problems.scheduleId}
          placeholder="Choose a schedule"
          nothingFoundMessage="None is of your teams."
        />
      )}
      {!asked.mine && (
        <Select
          label="Goes off"
          {...findByTyping}
          data={[
            { value: '', label: 'nobody: somebody comes in addition' },
            ...onCallIn(rota).map(([value, label]) => ({ value, label })),
            ...(off && !onCallIn(rota).some(([id]) => id === off) ? [{ value: off, label: nameOf(off) }] : []),
          ]}
          value={off ?? ''}
          onChange={(next) => setOff(next || null)}
          error={act.problems.removeUserId}
        />
      )}
      <PersonPick
        label={asked.mine ? 'Who takes it' : 'Comes on call'}
        people={people.data ?? []}
        value={on}
        onChange={setOn}
        team={rota?.team}
        without={off ? [off] : []}
        hint={hint}
        autoFocus={asked.mine === true || asked.scheduleId !== undefined}
        placeholder={asked.mine ? 'Type a name' : 'nobody'}
        error={act.problems.addUserId}
        clearable={!asked.mine}
      />
      {offers.length > 1 && (
        <div className={styles.offers}>
          <Choices
            label="Usual times"
            value={chosen?.value ?? ''}
            of={offers}
            onChange={(value) => {
              const offer = offers.find((one) => one.value === value)
              if (offer) setSpan(offer)
            }}
          />
        </div>
      )}
      <div className={styles.pair}>
        <WhenField label={`From, ${zoneName(zone)}`} value={from} onChange={setFrom} error={act.problems.from} />
        <WhenField label="Until" value={to} onChange={setTo} error={act.problems.to} />
      </div>
      <TextInput
        label="Reason"
        placeholder="for those who ask later"
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={act.problems.reason}
      />
      <div aria-live="polite" className={styles.told}>
        {told.map(({ tone, text }) => (
          <Callout key={text} tone={tone}>
            {text}
          </Callout>
        ))}
      </div>
    </DialogForm>
  )
}
