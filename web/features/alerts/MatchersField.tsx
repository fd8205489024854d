import { Autocomplete, Button, Input, NativeSelect } from '@mantine/core'
import { useServices, useSources, useTeams } from './data.ts'
import styles from './MatchersField.module.css'
import { environments, type Matcher, type MatcherOp, opWords, severities } from './words.ts'

const fields = ['service', 'host', 'source', 'title', 'severity', 'environment', 'team', 'key']
const ops = (Object.keys(opWords) as MatcherOp[]).map((value) => ({ value, label: opWords[value] }))

/** What may stand behind a field, for the lists of the fields below. */
const useValues = (): Record<string, readonly string[]> => ({
  service: useServices().data?.items.map(({ name }) => name) ?? [],
  source: useSources().data?.items.map(({ name }) => name) ?? [],
  team: useTeams().data?.items.map(({ name }) => name) ?? [],
  severity: severities,
  environment: environments,
})

type Props = {
  value: readonly Matcher[]
  onChange: (matchers: Matcher[]) => void
  /** Sentences by path: 'matchers.0.value'. */
  problems: Record<string, string | undefined>
  /** Labels that are known from an alert: offered as fields, with their values. */
  labels?: Record<string, string>
  /** Begins with what the first must be. */
  focus?: boolean
}

/** Which alerts are meant: all of these must hold. */
export function MatchersField({ value, onChange, problems, labels = {}, focus = false }: Props) {
  const values = useValues()
  const names = [
    ...fields,
    ...Object.keys(labels)
      .slice(0, 20)
      .map((name) => `label:${name}`),
  ]
  const set = (at: number, part: Partial<Matcher>) =>
    onChange(value.map((matcher, index) => (index === at ? { ...matcher, ...part } : matcher)))
  const offers = (field: string) => [
    ...new Set(field.startsWith('label:') ? [labels[field.slice(6)] ?? ''] : (values[field] ?? [])),
  ]
  return (
    <Input.Wrapper
      label="Which alerts"
      description="An alert must meet all of these conditions. In “is like”, * stands for any characters. A label is written label:name."
      labelElement="div"
    >
      <div className={styles.rows}>
        {value.map((matcher, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name of its own, and keeps nothing but what it is given
          <div key={at} className={styles.row}>
            <div>
              <Autocomplete
                aria-label={`What to look at, ${at + 1}`}
                data={names}
                value={matcher.field}
                onChange={(field) => set(at, { field })}
                error={problems[`matchers.${at}.field`]}
              />
            </div>
            <NativeSelect
              aria-label={`How, ${at + 1}`}
              data={ops}
              value={matcher.op}
              onChange={(event) => set(at, { op: event.currentTarget.value as MatcherOp })}
            />
            <div>
              <Autocomplete
                aria-label={`What it must be, ${at + 1}`}
                data-autofocus={(focus && at === 0) || undefined}
                data={offers(matcher.field).filter(Boolean)}
                limit={50}
                value={matcher.value}
                onChange={(next) => set(at, { value: next })}
                error={problems[`matchers.${at}.value`]}
              />
            </div>
            <Button
              aria-label={`Take condition ${at + 1} away`}
              disabled={value.length === 1}
              onClick={() => onChange(value.filter((_, index) => index !== at))}
            >
              ×
            </Button>
          </div>
        ))}
        {problems.matchers && (
          <div className={styles.wrong} role="alert">
            {problems.matchers}
          </div>
        )}
        <Button className={styles.add} onClick={() => onChange([...value, { field: 'host', op: 'is', value: '' }])}>
          Add a condition
        </Button>
      </div>
    </Input.Wrapper>
  )
}
