import { NumberInput, Chip as Pick, Select, Textarea, TextInput } from '@mantine/core'
import { skipToken, useQuery } from '@tanstack/react-query'
import { type TellFrom, tellFroms } from '../../../contract/chains/words.ts'
import { query } from '../../api.ts'
import { useMay, useMe } from '../../parts/frame-data.ts'
import { ServiceSelect } from '../../parts/ServiceSelect.tsx'
import { mayFor } from '../../parts/use-may-for.ts'
import { Choices } from '../../ui/Chip.tsx'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { ZoneSelect } from '../../ui/ZoneSelect.tsx'
import { SpanField } from '../jobs/SpanField.tsx'
import styles from './chains.module.css'
import { type Draft, weekdays } from './draft.ts'
import { JobSelect } from './JobSelect.tsx'
import { tellWords } from './words.ts'

export type FieldsProps = {
  draft: Draft
  change: (part: Partial<Draft>) => void
  problems: Record<string, string | undefined>
}

const kinds = [
  { value: 'by', label: 'by a time of day' },
  { value: 'in', label: 'within a time of its start' },
] as const

const starts = [
  { value: 'chain', label: 'the first start of its chain' },
  { value: 'job', label: 'its own start' },
] as const

/** By when which job must be done, on which dates, and from when on somebody is told. */
export function DeadlineFields({ draft, change, problems }: FieldsProps) {
  return (
    <>
      <TextInput
        label="Name"
        placeholder="EOD P&L"
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        error={problems.name}
        maxLength={120}
      />
      <JobSelect
        label="Last job"
        description="The deadline is met when this job has succeeded. Its chain is the job with all that it waits for."
        value={draft.job}
        onChange={(job) => change({ job })}
        error={problems.jobId}
      />
      <div className={styles.kinds}>
        <span aria-hidden="true">Done</span>
        <Choices label="Done" value={draft.kind} of={kinds} onChange={(kind) => change({ kind })} />
      </div>
      {draft.kind === 'by' ? (
        <div className={styles.pair}>
          <TextInput
            label="Time of day"
            placeholder="07:45"
            value={draft.time}
            onChange={(event) => change({ time: event.currentTarget.value.trim() })}
            error={problems['due.time']}
            maxLength={5}
          />
          <NumberInput
            label="Days after the business date"
            description="For 07:45 on the morning after the business date, enter 1."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            min={0}
            max={14}
            allowDecimal={false}
            value={draft.days}
            onChange={(days) => change({ days: typeof days === 'number' ? days : 0 })}
            error={problems['due.days']}
          />
        </div>
      ) : (
        <>
          <SpanField
            label="Within"
            value={draft.seconds}
            onChange={(seconds) => change({ seconds })}
            error={problems['due.seconds']}
          />
          <div className={styles.kinds}>
            <span aria-hidden="true">Counted from</span>
            <Choices label="Counted from" value={draft.from} of={starts} onChange={(from) => change({ from })} />
          </div>
        </>
      )}
      <ZoneSelect value={draft.zone} onChange={(zone) => change({ zone })} error={problems['due.zone']} />
      <Pick.Group
        multiple
        value={draft.weekdays.map(String)}
        onChange={(days) => change({ weekdays: days.map(Number).sort() })}
      >
        <fieldset className={styles.weekdays}>
          <legend>Business dates</legend>
          {weekdays.map(({ value, label }) => (
            <Pick key={value} value={String(value)}>
              {label}
            </Pick>
          ))}
          {problems.weekdays && (
            <span className={styles.problem} role="alert">
              {problems.weekdays}
            </span>
          )}
        </fieldset>
      </Pick.Group>
      <div className={styles.pair}>
        <CalendarField draft={draft} change={change} problems={problems} />
        <TextInput
          label="A new business date begins"
          placeholder="as its zone has it"
          description="What starts before this time belongs to the business date before."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={draft.cut}
          onChange={(event) => change({ cut: event.currentTarget.value.trim() })}
          error={problems.cut}
          maxLength={5}
        />
      </div>
      <Select
        label="Somebody is told once it is"
        data={tellFroms.map((value) => ({ value, label: tellWords[value] }))}
        allowDeselect={false}
        value={draft.tellFrom}
        onChange={(next) => next && change({ tellFrom: next as TellFrom })}
        error={problems.tellFrom}
      />
      <NumberInput
        label="It is predicted late over odds of"
        description="In per cent. Its back-test says what another limit would have given."
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder="50"
        suffix=" %"
        min={5}
        max={95}
        allowDecimal={false}
        value={draft.limit ?? ''}
        onChange={(limit) => change({ limit: typeof limit === 'number' ? limit : undefined })}
        error={problems.oddsLimit}
      />
    </>
  )
}

/** It holds only on dates on which this calendar is open. */
function CalendarField({ draft, change, problems }: FieldsProps) {
  const may = useMay('calendar.read') !== undefined
  const calendars = useQuery(query.calendars.list.queryOptions({ input: may ? { limit: 200 } : skipToken })).data?.items
  return (
    <Select
      label="Only when open"
      description="On the closed days of this calendar nothing is due."
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      placeholder="on all of these days"
      {...findByTyping}
      clearable
      data={calendars?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
      value={draft.calendarId}
      onChange={(calendarId) => change({ calendarId })}
      error={problems.calendarId}
    />
  )
}

/** What happens to the business when it slips, and to whom. */
export function HurtFields({ draft, change, problems }: FieldsProps) {
  const me = useMe().data
  const all = me?.may['chain.write'] === 'all'
  const every = useQuery(query.identity.teams.list.queryOptions({ input: { limit: 200 } })).data?.items ?? []
  const teams = every.filter(({ id }) => id === draft.teamId || mayFor(me, 'chain.write', id))
  return (
    <>
      <Textarea
        label="If it slips"
        placeholder="Derivatives desk opens without P&L; risk limits stay at yesterday’s"
        autosize
        minRows={2}
        maxRows={6}
        value={draft.consequence}
        onChange={(event) => change({ consequence: event.currentTarget.value })}
        error={problems.consequence}
        maxLength={2_000}
      />
      <TextInput
        label="Whom it hurts"
        placeholder="37 traders of the derivatives desk, product control"
        value={draft.audience}
        onChange={(event) => change({ audience: event.currentTarget.value })}
        error={problems.audience}
        maxLength={500}
      />
      <TextInput
        label="What it costs"
        placeholder="about 40,000 an hour"
        value={draft.cost}
        onChange={(event) => change({ cost: event.currentTarget.value })}
        error={problems.cost}
        maxLength={200}
      />
      <ServiceSelect
        label="Service"
        description="When none is chosen, the service of the job."
        value={draft.service ?? null}
        onChange={(service) => change({ service: service && { id: service.id, name: service.name } })}
        error={problems.serviceId}
      />
      <Select
        label="Team"
        description="The team that may change the deadline and is told of it. When none is chosen, the team of the job."
        placeholder={draft.teamId === null ? 'no team' : 'that of its job'}
        {...findByTyping}
        clearable={all || draft.teamId !== null}
        data={teams.map(({ id, name }) => ({ value: id, label: name }))}
        value={draft.teamId ?? null}
        onChange={(teamId) => change({ teamId })}
        error={problems.teamId}
      />
    </>
  )
}
