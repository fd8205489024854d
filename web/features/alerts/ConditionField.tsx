import { Textarea } from '@mantine/core'
import { Fragment, useRef } from 'react'
import styles from './Routes.module.css'
import { conditionExamples, withExample } from './route-draft.ts'

const names = [
  ['alert.title, alert.details, alert.key', 'text, as the tool sent it'],
  ['alert.severity', 'critical, high, medium, low or info'],
  ['alert.status', 'firing or blind'],
  ['alert.source', 'the short name of the source'],
  ['alert.host, alert.environment', 'text; empty where there is none'],
  ['alert.labels', 'text by name, such as alert.labels.job'],
  ['service.slug, service.name', 'the service by default'],
  ['service.tier', 'a number; 0 where there is no service'],
  ['team', 'the short name of the team by default'],
] as const

const functions = [
  ['contains, startsWith, endsWith', 'look at a text as it is written'],
  ['like("*disk*")', 'small and capital letters are the same, * stands for anything'],
  ['in, has, exists', 'look into a list or the labels'],
  ['&& || ! == != < <=', 'and, or, not, and comparing'],
] as const

type Props = { value: string; onChange: (value: string) => void; error: string | undefined }

/** A condition in CEL, with what it may say at hand. */
export function ConditionField({ value, onChange, error }: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  return (
    <div className={styles.condition}>
      <Textarea
        ref={field}
        label="Condition"
        description="A condition over the alert, in CEL (Common Expression Language): it is true or false."
        placeholder={'alert.host.startsWith("ora")'}
        minRows={2}
        maxLength={2000}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        classNames={{ input: 'mono' }}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error}
      />
      <details className={styles.help}>
        <summary>What it may say, and examples</summary>
        <div className={styles.helpBody}>
          {conditionExamples.map((example) => (
            <button
              key={example}
              type="button"
              className={styles.example}
              onClick={() => {
                onChange(withExample(value, example))
                field.current?.focus()
              }}
            >
              <code>{example}</code>
            </button>
          ))}
          <dl className={styles.names}>
            {[...names, ...functions].map(([name, words]) => (
              <Fragment key={name}>
                <dt>
                  <code>{name}</code>
                </dt>
                <dd className="muted">{words}</dd>
              </Fragment>
            ))}
          </dl>
          <p className="muted">
            Where an alert lacks a label, the condition is false: ask first whether the label is there, as the third
            example does. There are no regular expressions.
          </p>
        </div>
      </details>
    </div>
  )
}
