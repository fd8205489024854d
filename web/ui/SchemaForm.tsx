import { useMemo } from 'react'
import { More } from './More.tsx'
import { SchemaField } from './SchemaField.tsx'
import styles from './SchemaForm.module.css'
import { type Field, type JsonSchema, readField } from './schema.ts'
import type { FormValue, Problems } from './schema-check.ts'

export type SchemaFormProps = {
  schema: JsonSchema
  value: FormValue
  onChange: (value: FormValue) => void
  /** Sentences by path ('headers.0.name'), from checkForm or from the server's answer. */
  problems?: Problems
  /** Paths of secrets that are stored already: they are not shown, and stay when nothing is typed. */
  kept?: ReadonlySet<string>
  disabled?: boolean
  /** A part of the form: a page may put fields of its own between. All fields when left away. */
  only?: (field: Field) => boolean
  /** Short fields stand side by side where there is room. */
  dense?: boolean
}

const isAt = (path: string, { name }: Field) => path === name || path.startsWith(`${name}.`)
const all = () => true
/** Needs a line of its own: an address, several lines, several entries. */
const isWide = (field: Field) =>
  field.kind === 'text' ? field.mono || field.multiline : !['number', 'choice', 'date'].includes(field.kind)

/**
 * The form of a kind (check, channel, source) out of the JSON Schema of its config. What is rarely needed is folded
 * away, and unfolds by itself when something is wrong in it.
 */
export function SchemaForm({
  schema,
  value,
  onChange,
  problems = {},
  kept,
  disabled = false,
  only = all,
  dense = false,
}: SchemaFormProps) {
  const root = useMemo(() => readField('', schema, false), [schema])
  if (root.kind !== 'group') return null
  const fields = root.fields.filter(only)
  const folded = fields.filter(({ advanced }) => advanced)
  const wrong = Object.keys(problems).some((path) => folded.some((field) => isAt(path, field)))
  const show = (field: Field) => (
    <div key={field.name} data-wide={isWide(field) || undefined}>
      <SchemaField
        field={field}
        path={field.name}
        value={value[field.name]}
        onChange={(next) => onChange({ ...value, [field.name]: next })}
        problems={problems}
        kept={kept}
      />
    </div>
  )
  return (
    <fieldset disabled={disabled} className={styles.bare} data-dense={dense || undefined}>
      {fields.filter(({ advanced }) => !advanced).map(show)}
      {folded.length > 0 && (
        <More of={folded.map(({ title }) => title.charAt(0).toLowerCase() + title.slice(1))} wrong={wrong}>
          <div className={styles.form}>{folded.map(show)}</div>
        </More>
      )}
    </fieldset>
  )
}
