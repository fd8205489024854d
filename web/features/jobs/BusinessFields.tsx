import { MultiSelect, NumberInput, Select, TagsInput, Textarea } from '@mantine/core'
import type { DayRule, IfClosed, Period } from '../../../contract/jobs/index.ts'
import { Choices } from '../../ui/Chip.tsx'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { ZoneSelect } from '../../ui/ZoneSelect.tsx'
import { useCalendars } from '../calendars/data.ts'
import { type BusinessDraft, timesIn } from './business-draft.ts'
import type { Draft } from './draft.ts'
import styles from './jobs.module.css'

type Props = {
  draft: Draft
  change: (part: Partial<Draft>) => void
  problems: Record<string, string | undefined>
  /** What its times of day are. */
  times?: string
}

const ons: readonly { value: DayRule['day']['on']; label: string }[] = [
  { value: 'each', label: 'Each business day' },
  { value: 'nth', label: 'The nth business day of a period' },
  { value: 'monthday', label: 'Days of the month' },
  { value: 'weekday', label: 'Days of the week' },
  { value: 'holiday', label: 'Each holiday' },
  { value: 'dates', label: 'Dates' },
]
const nths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -1, -2, -3, -4, -5]
const nthLabel = (n: number): string =>
  n > 0
    ? (['', 'first', 'second', 'third', 'fourth', 'fifth'][n] ?? `${n}th`)
    : n === -1
      ? 'last'
      : `last but ${['', 'one', 'two', 'three', 'four'][-n - 1]}`
const periods: readonly { value: Period; label: string }[] = [
  { value: 'week', label: 'of the week' },
  { value: 'month', label: 'of the month' },
  { value: 'quarter', label: 'of the quarter' },
  { value: 'year', label: 'of the year' },
]
const closed: readonly { value: IfClosed; label: string }[] = [
  { value: 'after', label: 'the business day after' },
  { value: 'before', label: 'the business day before' },
  { value: 'same-month', label: 'the one after, in the same month' },
  { value: 'skip', label: 'not at all' },
  { value: 'anyway', label: 'on that day all the same' },
]
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map((label, i) => ({
  value: String(i + 1),
  label,
}))
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
].map((label, i) => ({ value: String(i + 1), label }))
const opens = [
  { value: 'all', label: 'all of them are open' },
  { value: 'any', label: 'one of them is open' },
] as const

/** By which calendars, on which of their days, and at what times. */
export function BusinessFields({ draft, change, problems, times = 'Times of day' }: Props) {
  const d = draft.business
  const set = (part: Partial<BusinessDraft>) => change({ business: { ...d, ...part } })
  const listed = useCalendars().data?.items ?? []
  const known = listed.map(({ slug, name }) => ({ value: slug, label: name }))
  // What was chosen may be on a later page of calendars.
  const offered = [
    ...known,
    ...d.calendars.filter((slug) => !known.some((c) => c.value === slug)).map((slug) => ({ value: slug, label: slug })),
  ]
  const hasRule = d.on === 'monthday' || d.on === 'weekday' || d.on === 'dates'
  return (
    <>
      <MultiSelect
        label="Calendars"
        description="A day on which they are open, even for half of it, is a business day."
        placeholder={d.calendars.length === 0 ? 'London, TARGET2' : ''}
        {...findByTyping}
        data={offered}
        value={d.calendars}
        onChange={(calendars) => set({ calendars })}
        error={problems['schedule.calendars']}
        maxValues={10}
      />
      {d.calendars.length > 1 && (
        <div className={styles.kinds}>
          <span aria-hidden="true">A business day is one on which</span>
          <Choices
            label="A business day is one on which"
            value={d.open}
            of={opens}
            onChange={(open) => set({ open })}
          />
        </div>
      )}
      <Select
        label="On"
        data={ons}
        value={d.on}
        allowDeselect={false}
        onChange={(on) => on && set({ on: on as BusinessDraft['on'] })}
        error={problems['schedule.day']}
      />
      {d.on === 'nth' && (
        <div className={styles.pair}>
          <Select
            label="Which business day"
            data={[...new Set([...nths, d.nth])].map((n) => ({ value: String(n), label: nthLabel(n) }))}
            value={String(d.nth)}
            allowDeselect={false}
            onChange={(nth) => nth && set({ nth: Number(nth) })}
            error={problems['schedule.day.nth']}
          />
          <Select
            label="Of which period"
            data={periods}
            value={d.of}
            allowDeselect={false}
            onChange={(of) => of && set({ of: of as Period })}
          />
        </div>
      )}
      {d.on === 'monthday' && (
        <div className={styles.pair}>
          <TagsInput
            label="Days"
            description="Numbers from 1 to 31; -1 is the last day of the month."
            classNames={{ input: styles.pills }}
            value={d.monthDays}
            splitChars={[',', ' ']}
            acceptValueOnBlur
            onChange={(monthDays) => set({ monthDays })}
            error={problems['schedule.day.days']}
          />
          <MultiSelect
            label="Months"
            description="When none is chosen, every month counts."
            data={months}
            value={d.months.map(String)}
            onChange={(chosen) => set({ months: chosen.map(Number).sort((a, b) => a - b) })}
          />
        </div>
      )}
      {d.on === 'weekday' && (
        <MultiSelect
          label="Days of the week"
          data={weekdays}
          value={d.weekdays.map(String)}
          onChange={(chosen) => set({ weekdays: chosen.map(Number).sort() })}
          error={problems['schedule.day.days']}
        />
      )}
      {d.on === 'dates' && (
        <Textarea
          label="Dates"
          placeholder="2026-12-24"
          autosize
          minRows={2}
          maxRows={10}
          spellCheck={false}
          classNames={{ input: 'mono' }}
          value={d.dates}
          onChange={(event) => set({ dates: event.currentTarget.value })}
          error={problems['schedule.day.dates']}
        />
      )}
      <div className={styles.pair}>
        {hasRule && (
          <Select
            label="When that is no business day"
            data={closed}
            value={d.ifClosed}
            allowDeselect={false}
            onChange={(ifClosed) => ifClosed && set({ ifClosed: ifClosed as IfClosed })}
          />
        )}
        <NumberInput
          label="Business days later"
          description="How many business days later; -1 is the business day before."
          value={d.offsetDays ?? ''}
          min={-60}
          max={60}
          onChange={(next) => set({ offsetDays: typeof next === 'number' ? next : undefined })}
          error={problems['schedule.offsetDays']}
        />
      </div>
      <TagsInput
        label={times}
        classNames={{ input: styles.pills }}
        value={d.times}
        splitChars={[',', ' ']}
        acceptValueOnBlur
        onChange={(given) => set({ times: timesIn(given) })}
        error={problems['schedule.times']}
      />
      <ZoneSelect value={draft.zone} onChange={(zone) => change({ zone })} error={problems['schedule.zone']} />
    </>
  )
}
