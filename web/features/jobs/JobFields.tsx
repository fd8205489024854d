import { TagsInput, Textarea, TextInput } from '@mantine/core'
import type { JobRules } from '../../../contract/jobs/index.ts'
import { Choices } from '../../ui/Chip.tsx'
import { ZoneSelect } from '../../ui/ZoneSelect.tsx'
import { Belongs } from '../monitors/Belongs.tsx'
import { AfterFields } from './AfterFields.tsx'
import { ArrivalFields } from './ArrivalFields.tsx'
import { BusinessFields } from './BusinessFields.tsx'
import { businessFor, type Draft, isWritten, startOf, tagsIn } from './draft.ts'
import { JobMore } from './JobMore.tsx'
import styles from './jobs.module.css'
import { SpanField } from './SpanField.tsx'

type Props = {
  draft: Draft
  change: (part: Partial<Draft>) => void
  problems: Record<string, string | undefined>
}

const kinds = [
  { value: 'cron', label: 'cron' },
  { value: 'oncalendar', label: 'OnCalendar' },
  { value: 'period', label: 'Every …' },
  { value: 'business', label: 'Business days' },
  { value: 'arrival', label: 'A file arrives' },
  { value: 'after', label: 'After a job' },
  { value: 'waits', label: 'After others' },
] as const

const hints: Record<Draft['kind'], string> = {
  cron: 'Minute, hour, day of month, month, day of week; one line for each time. As in the crontab, without the command.',
  oncalendar: 'As in the systemd timer, one line for each time: Mon..Fri 22:00, *-*-01 06:30.',
  period: 'It is heard of at least so often, counted from the last time.',
  business:
    'Days on which calendars are open, such as the third business day of the month with London and TARGET2 open.',
  arrival: 'It begins when the file arrives; somebody is told when that has not come in time.',
  after: 'It has no times of its own: it is expected each time the other one has ended.',
  waits: 'It has no time of its own: it begins when what it waits for is done.',
}

const rules = [
  { value: 'own', label: 'own' },
  { value: 'healthchecks', label: 'as healthchecks' },
] as const

const ruleHints: Record<JobRules, string> = {
  own: 'Grace is how late it may start, longest run how long it may take; several runs may go on at once.',
  healthchecks:
    'To the letter: the grace is also how long a run may take, one run counts at a time, and only a success ends what is down.',
}

/** What it is, what it belongs to, when it is expected, and how much patience it is given. */
export function JobFields({ draft, change, problems }: Props) {
  const { kind } = draft
  const choose = (next: Draft['kind']) =>
    // What was not touched becomes an example of the other kind; what was written stays.
    change({
      kind: next,
      business: businessFor(next, draft.business),
      ...(draft.expression === startOf[kind] && startOf[next] && { expression: startOf[next] }),
    })
  return (
    <>
      <TextInput
        label="Name"
        placeholder="EOD prices"
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        error={problems.name}
        maxLength={120}
      />
      <Belongs draft={draft} change={change} problems={problems} may="job.write" bad="it fails or does not come" />
      <div className={styles.kinds}>
        <span aria-hidden="true">Expected by</span>
        <Choices label="Expected by" value={kind} of={kinds} onChange={choose} />
      </div>
      {kind === 'business' && <BusinessFields draft={draft} change={change} problems={problems} />}
      {kind === 'arrival' && <ArrivalFields draft={draft} change={change} problems={problems} />}
      {kind === 'after' && <AfterFields draft={draft} change={change} problems={problems} />}
      {kind === 'period' && (
        <SpanField
          label="Every"
          value={draft.seconds}
          onChange={(seconds) => change({ seconds })}
          error={problems['schedule.seconds']}
        />
      )}
      {isWritten(kind) && (
        <Textarea
          label="Schedule"
          description={hints[kind]}
          autosize
          minRows={1}
          maxRows={8}
          spellCheck={false}
          classNames={{ input: 'mono' }}
          value={draft.expression}
          onChange={(event) => change({ expression: event.currentTarget.value })}
          error={problems['schedule.expression']}
        />
      )}
      {(isWritten(kind) || kind === 'waits') && (
        <ZoneSelect value={draft.zone} onChange={(zone) => change({ zone })} error={problems['schedule.zone']} />
      )}
      {!isWritten(kind) && <p className={styles.hint}>{hints[kind]}</p>}
      <div className={styles.kinds}>
        <span aria-hidden="true">Rules</span>
        <Choices label="Rules" value={draft.rules} of={rules} onChange={(next) => change({ rules: next })} />
      </div>
      <p className={styles.hint}>{ruleHints[draft.rules]}</p>
      <div className={styles.pair}>
        <SpanField
          label="Grace"
          value={draft.graceSeconds}
          onChange={(graceSeconds) => change({ graceSeconds })}
          error={problems.graceSeconds}
        />
        {draft.rules === 'own' && (
          <SpanField
            label="Longest run"
            placeholder="no limit"
            value={draft.maxRunSeconds}
            onChange={(maxRunSeconds) => change({ maxRunSeconds })}
            error={problems.maxRunSeconds}
          />
        )}
      </div>
      <Textarea
        label="What it does, and what to do when it fails"
        autosize
        minRows={2}
        maxRows={10}
        value={draft.description}
        onChange={(event) => change({ description: event.currentTarget.value })}
        error={problems.description}
        maxLength={5_000}
      />
      <TagsInput
        label="Tags"
        placeholder={draft.tags.length === 0 ? 'nightly, risk' : ''}
        classNames={{ input: styles.pills }}
        value={draft.tags}
        splitChars={[',', ' ']}
        maxTags={20}
        acceptValueOnBlur
        onChange={(given) => change({ tags: tagsIn(given) })}
        error={problems.tags}
      />
      <JobMore draft={draft} change={change} problems={problems} />
    </>
  )
}
