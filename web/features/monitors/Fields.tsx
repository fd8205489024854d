import { NumberInput, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { detectionSentence } from '../../../contract/monitors/detection.ts'
import { SchemaForm } from '../../ui/SchemaForm.tsx'
import type { Field, JsonSchema } from '../../ui/schema.ts'
import { problemsOfConfig } from '../../ui/schema-check.ts'
import { Belongs } from './Belongs.tsx'
import { type Draft, rhythmOf, suggestedName } from './draft.ts'
import styles from './monitors.module.css'

type Problems = Record<string, string | undefined>
export type FieldsProps = {
  schema: JsonSchema
  draft: Draft
  change: (part: Partial<Draft>) => void
  /** Sentences by the path that the API would name: 'config.address', 'name'. */
  problems: Problems
}

const isTimeout = ({ name }: Field) => name === 'timeoutSeconds'
/** A number of something (ms, days) is a limit: it stands with those by which it is called degraded. */
const isLimit = (field: Field) =>
  field.kind === 'number' && field.unit !== undefined && !field.advanced && !isTimeout(field)
const isFolded = ({ advanced }: Field) => advanced
const isOwn = (field: Field) => !isTimeout(field) && !isLimit(field) && !isFolded(field)

/** What to look at, what it belongs to, how often, and when it is called down. */
export function Fields({ schema, draft, change, problems }: FieldsProps) {
  const config = {
    schema,
    value: draft.config,
    onChange: (value: Draft['config']) => change({ config: value }),
    problems: problemsOfConfig(problems),
    kept: draft.kept,
  }
  const rhythm = rhythmOf(draft, schema)
  return (
    <>
      <SchemaForm {...config} only={isOwn} dense />
      <TextInput
        label="Name"
        placeholder={suggestedName(draft)}
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        error={problems.name}
        maxLength={120}
      />
      <Belongs draft={draft} change={change} problems={problems} />
      <div className={styles.pair}>
        <Count
          label="Look every"
          unit="s"
          value={draft.intervalSeconds}
          onChange={(intervalSeconds) => change({ intervalSeconds })}
          error={problems.intervalSeconds}
        />
        <SchemaForm {...config} only={isTimeout} />
      </div>
      <div className={styles.looks}>
        <Count
          label="Down after"
          unit="failed"
          value={draft.downAfter}
          // Looks that are counted and looks that are remembered go together until somebody parts them.
          onChange={(downAfter) =>
            change({ downAfter, ...(draft.ofLooks === draft.downAfter && { ofLooks: downAfter }) })
          }
          error={problems.downAfter}
        />
        <Count
          label="of the last"
          unit="looks"
          value={draft.ofLooks}
          onChange={(ofLooks) => change({ ofLooks })}
          error={problems.ofLooks}
        />
        <Count
          label="Up again after"
          unit="fine"
          value={draft.upAfter}
          onChange={(upAfter) => change({ upAfter })}
          error={problems.upAfter}
        />
      </div>
      <p className={styles.note} role="status">
        {rhythm && detectionSentence(rhythm)}
      </p>
      <SchemaForm {...config} only={isLimit} />
      <SchemaForm {...config} only={isFolded} />
    </>
  )
}

type CountProps = {
  label: string
  unit: string
  value: number | undefined
  onChange: (value: number | undefined) => void
  error: ReactNode
}

const Count = ({ unit, value, onChange, ...field }: CountProps) => (
  <NumberInput
    {...field}
    value={value ?? ''}
    onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
    clampBehavior="none"
    allowDecimal={false}
    rightSection={<span className="faint">{unit}</span>}
    rightSectionWidth={14 + unit.length * 7}
    rightSectionPointerEvents="none"
  />
)
