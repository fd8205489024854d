import { useMemo } from 'react'
import { SchemaField } from './SchemaField.tsx'
import styles from './SchemaForm.module.css'
import { type JsonSchema, readField, startOf } from './schema.ts'
import { asRecord, type Problems, problemsOf } from './schema-check.ts'

export type FormValue = Readonly<Record<string, unknown>>

/** The values with which a new form of this schema starts. */
export const startValue = (schema: JsonSchema): FormValue => asRecord(startOf(readField('', schema, false)))

/** What is wrong, by path; empty when it may be sent. */
export const checkForm = (schema: JsonSchema, value: FormValue, kept?: ReadonlySet<string>): Problems =>
  problemsOf(readField('', schema, false), value, '', kept)

export type SchemaFormProps = {
  schema: JsonSchema
  value: FormValue
  onChange: (value: FormValue) => void
  /** Sentences by path ('headers.0.name'), from checkForm or from the server's answer. */
  problems?: Problems
  /** Paths of secrets that are stored already: they are not shown, and stay when nothing is typed. */
  kept?: ReadonlySet<string>
  disabled?: boolean
}

/** The form of a kind (check, channel, source) out of the JSON Schema of its config. */
export function SchemaForm({ schema, value, onChange, problems = {}, kept, disabled = false }: SchemaFormProps) {
  const root = useMemo(() => readField('', schema, false), [schema])
  if (root.kind !== 'group') return null
  return (
    <fieldset disabled={disabled} className={styles.bare}>
      {root.fields.map((field) => (
        <SchemaField
          key={field.name}
          field={field}
          path={field.name}
          value={value[field.name]}
          onChange={(next) => onChange({ ...value, [field.name]: next })}
          problems={problems}
          kept={kept}
        />
      ))}
    </fieldset>
  )
}
