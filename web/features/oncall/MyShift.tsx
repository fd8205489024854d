import { Select } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useMe } from '../../parts/frame-data.ts'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { useNow } from '../../ui/now.ts'
import { Callout } from '../../ui/States.tsx'
import { useZone } from '../../ui/Time.tsx'
import { millis, stamp } from '../../ui/time.ts'
import { useShifts } from './data.ts'
import { spanWords } from './words.ts'

type Mine = { scheduleId: string; from: number; to: number }

const DAYS = 28
const MINUTE = 60_000
const DAY = 86_400_000

/** Which of my shifts in the next four weeks; the one that runs, or the next, is chosen to begin with. */
export function MyShift({ value, onChange }: { value: Mine | undefined; onChange: (mine: Mine) => void }) {
  const zone = useZone()
  const now = useNow()
  const me = useMe().data?.id
  const [since] = useState(now)
  const shifts = useShifts(since, since + DAYS * DAY)
  const mine = (shifts.data?.items ?? [])
    .flatMap(({ schedule, final }) =>
      final.flatMap(({ user, from, to }) =>
        user.id === me && from && to
          ? [{ scheduleId: schedule.id, name: schedule.name, from: millis(from), to: millis(to) }]
          : [],
      ),
    )
    .filter((one) => one.to - one.from >= MINUTE)
    .sort((a, b) => a.from - b.from)
  const keyOf = (one: Pick<Mine, 'scheduleId' | 'from'>) => `${one.scheduleId} ${one.from}`
  const [first] = mine
  useEffect(() => {
    if (!value && first) onChange(first)
  }, [value, first, onChange])
  if (shifts.data && !first)
    return <Callout tone="info">You are not on call in the next four weeks, so there is nothing to cover.</Callout>
  const words = (one: Mine & { name: string }) =>
    `${one.from <= since ? `now until ${stamp(one.to, now, zone)}` : spanWords(one, zone)}, ${one.name}`
  return (
    <Select
      label="Your shift"
      {...findByTyping}
      data={mine.map((one) => ({ value: keyOf(one), label: words(one) }))}
      value={value ? keyOf(value) : null}
      onChange={(key) => {
        const found = mine.find((one) => keyOf(one) === key)
        if (found) onChange(found)
      }}
    />
  )
}
