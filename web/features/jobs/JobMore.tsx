import { Checkbox, NumberInput, TextInput } from '@mantine/core'
import { Choices } from '../../ui/Chip.tsx'
import { More } from '../../ui/More.tsx'
import { type Draft, foldedNames } from './draft.ts'
import styles from './jobs.module.css'
import { SpanField } from './SpanField.tsx'
import { looksForWords } from './words.ts'

type Props = {
  draft: Draft
  change: (part: Partial<Draft>) => void
  problems: Record<string, string | undefined>
}

const otherwise = [
  { value: 'ignore', label: 'does not count' },
  { value: 'fail', label: 'is a failure' },
] as const

/** What is rarely asked for: which pings count, what a pause means, and the names in its addresses. */
export function JobMore({ draft, change, problems }: Props) {
  const isNew = draft.address !== null
  const names = [
    ...(draft.rules === 'own' ? ['shortest run', 'failures in a row'] : []),
    'what counts',
    'unusual runs',
    ...(draft.rules === 'own' ? [] : ['while paused']),
    'short name',
  ]
  return (
    <More
      of={isNew ? [...names, 'address of its pings'] : names}
      wrong={foldedNames.some((name) => problems[name] !== undefined)}
    >
      <div className={styles.form}>
        {draft.rules === 'own' && <Limits draft={draft} change={change} problems={problems} />}
        <Checkbox
          label="Tell somebody of unusual runs"
          description="One that ended well and took far longer or shorter than on other days of its kind, or reports an unusual volume."
          checked={draft.tellUnusual}
          onChange={(event) => change({ tellUnusual: event.currentTarget.checked })}
        />
        <Counts draft={draft} change={change} problems={problems} />
        {draft.rules === 'healthchecks' && (
          <Checkbox
            label="While it is paused, its pings do not begin it anew"
            checked={draft.resumesByHand}
            onChange={(event) => change({ resumesByHand: event.currentTarget.checked })}
          />
        )}
        <TextInput
          label="Short name"
          description="Commands name the job by it, and so does its address with the ping key of its team."
          placeholder={isNew ? 'out of its name' : ''}
          classNames={{ input: 'mono' }}
          spellCheck={false}
          value={draft.slug}
          onChange={(event) => change({ slug: event.currentTarget.value })}
          error={problems.slug}
          maxLength={100}
        />
        {isNew && (
          <TextInput
            label="Address of its pings"
            description="The uuid of a check of healthchecks: its senders then need another host name and nothing else."
            placeholder="a new one"
            classNames={{ input: 'mono' }}
            spellCheck={false}
            value={draft.address ?? ''}
            onChange={(event) => change({ address: event.currentTarget.value })}
            error={problems.id}
          />
        )}
      </div>
    </More>
  )
}

/** What else it may be held to by our own rules. */
function Limits({ draft, change, problems }: Props) {
  return (
    <>
      <div className={styles.pair}>
        <SpanField
          label="Shortest run"
          placeholder="no limit"
          value={draft.minRunSeconds}
          onChange={(minRunSeconds) => change({ minRunSeconds })}
          error={problems.minRunSeconds}
        />
        <SpanField
          label="Between two runs"
          placeholder="no limit"
          value={draft.minGapSeconds}
          onChange={(minGapSeconds) => change({ minGapSeconds })}
          error={problems.minGapSeconds}
        />
      </div>
      <p className={styles.hint}>
        A run that ends well before its shortest time cannot have done its work, and counts as failed. When less time
        than this lies between the beginnings of two runs, the job runs too often.
      </p>
      <NumberInput
        label="Failures in a row until somebody is told"
        min={1}
        max={100}
        clampBehavior="strict"
        value={draft.failuresInARow ?? ''}
        onChange={(next) => change({ failuresInARow: typeof next === 'number' ? next : undefined })}
        error={problems.failuresInARow}
      />
    </>
  )
}

/** Which of its pings count: by their method, and by words in what they bring. */
function Counts({ draft: { filters, exits }, change, problems }: Props) {
  const set = (part: Partial<Draft['filters']>) => change({ filters: { ...filters, ...part } })
  const box = (field: 'post' | 'httpBody' | 'subject' | 'body', label: string) => (
    <Checkbox
      label={label}
      checked={filters[field]}
      onChange={(event) => set({ [field]: event.currentTarget.checked })}
    />
  )
  const words = (field: 'failure' | 'success' | 'start', label: string, placeholder: string) => (
    <TextInput
      label={label}
      placeholder={placeholder}
      value={filters[field]}
      onChange={(event) => set({ [field]: event.currentTarget.value })}
      error={problems[`filters.${field}`]}
      maxLength={200}
    />
  )
  return (
    <fieldset className={styles.counts}>
      <legend>What counts</legend>
      <TextInput
        label="Exit statuses that end well"
        description="Those that count as a success beside 0, such as 1, 4-7."
        placeholder="0 alone"
        value={exits}
        onChange={(event) => change({ exits: event.currentTarget.value })}
        error={problems['filters.exits']}
        maxLength={200}
      />
      {box('post', 'POST only: whoever merely opens the address means nothing')}
      <div className={styles.looks}>
        <span className="muted">Words are looked for in</span>
        {box('httpBody', 'what a ping sends')}
        {box('subject', 'the subject of a mail')}
        {box('body', 'the text of a mail')}
      </div>
      {looksForWords(filters) && (
        <>
          <p className={styles.hint}>
            Words with commas between them; one of them is enough, and capitals count. Failure is looked for first, then
            success, then a start; what the words say outweighs the address.
          </p>
          {words('failure', 'Failure', 'ERROR, ORA-')}
          {words('success', 'Success', 'completed')}
          {words('start', 'Start', 'starting')}
          <div className={styles.kinds}>
            <span aria-hidden="true">None of them</span>
            <Choices
              label="None of them"
              value={filters.otherwise}
              of={otherwise}
              onChange={(next) => set({ otherwise: next })}
            />
          </div>
        </>
      )}
    </fieldset>
  )
}
