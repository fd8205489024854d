import { ActionIcon, Button, Fieldset, InputWrapper, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type FieldProps, labelOf, SchemaField } from './SchemaField.tsx'
import styles from './SchemaForm.module.css'
import { type Field, startOf, startOfVariant } from './schema.ts'
import { asRecord, below } from './schema-check.ts'

type Of<Kind extends Field['kind']> = FieldProps<Extract<Field, { kind: Kind }>>

const Members = ({
  fields,
  path,
  value,
  onChange,
  problems,
  kept,
}: Omit<FieldProps, 'field'> & { fields: readonly Field[] }) =>
  fields.map((one) => (
    <SchemaField
      key={one.name}
      field={one}
      path={below(path, one.name)}
      value={asRecord(value)[one.name]}
      onChange={(next) => onChange({ ...asRecord(value), [one.name]: next })}
      problems={problems}
      kept={kept}
    />
  ))

const Remove = ({ what, onClick }: { what: string; onClick: () => void }) => (
  <ActionIcon aria-label={`Remove ${what}`} onClick={onClick}>
    ×
  </ActionIcon>
)

/** Fields that belong together, in a frame with their name. */
export const GroupField = ({ field, ...rest }: Of<'group'>) => (
  <Fieldset legend={labelOf(field)} className={styles.form}>
    {field.help && <p className="faint">{field.help}</p>}
    <Members fields={field.fields} {...rest} />
  </Fieldset>
)

/** Several entries of the same form. An entry of one or two short fields stands on one line. */
export function ListField({ field, path, value, onChange, ...rest }: Of<'list'>) {
  const entries = Array.isArray(value) ? (value as unknown[]) : []
  const { item } = field
  const set = (index: number, next: unknown) => onChange(entries.map((entry, at) => (at === index ? next : entry)))
  return (
    <InputWrapper label={labelOf(field)} labelElement="div" description={field.help} error={rest.problems[path]}>
      <div className={styles.entries}>
        {entries.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an entry has no name but its place
          <fieldset key={index} className={styles.entry} aria-label={`${field.title} ${index + 1}`}>
            <div className={styles.members}>
              {item.kind === 'group' ? (
                <Members
                  fields={item.fields}
                  path={below(path, index)}
                  value={entry}
                  onChange={(next) => set(index, next)}
                  {...rest}
                />
              ) : (
                <SchemaField
                  field={item}
                  path={below(path, index)}
                  value={entry}
                  onChange={(next) => set(index, next)}
                  {...rest}
                />
              )}
            </div>
            <Remove
              what={`${field.title} ${index + 1}`}
              onClick={() => onChange(entries.filter((_, at) => at !== index))}
            />
          </fieldset>
        ))}
        <Button
          className={styles.add}
          onClick={() => onChange([...entries, startOf(item) ?? (item.kind === 'group' ? {} : undefined)])}
          disabled={field.most !== undefined && entries.length >= field.most}
        >
          Add
        </Button>
      </div>
    </InputWrapper>
  )
}

/** Names and values that are not known beforehand: labels, query parameters. */
export function PairsField({ field, path, value, onChange, problems }: Of<'pairs'>) {
  // Kept as rows, because while a name is typed it may for a moment be the same as another.
  const [rows, setRows] = useState(() =>
    Object.entries(asRecord(value)).map(([name, text]) => ({ name, text: String(text ?? '') })),
  )
  const set = (next: typeof rows) => {
    setRows(next)
    onChange(Object.fromEntries(next.filter((row) => row.name !== '').map((row) => [row.name, row.text])))
  }
  const change = (index: number, part: Partial<(typeof rows)[number]>) =>
    set(rows.map((row, at) => (at === index ? { ...row, ...part } : row)))
  return (
    <InputWrapper label={labelOf(field)} labelElement="div" description={field.help} error={problems[path]}>
      <div className={styles.entries}>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the name changes while it is being typed
          <fieldset key={index} className={styles.entry} aria-label={`${field.title} ${index + 1}`}>
            <div className={styles.members}>
              <TextInput
                aria-label="Name"
                placeholder="name"
                value={row.name}
                onChange={(event) => change(index, { name: event.currentTarget.value })}
              />
              <TextInput
                aria-label="Value"
                placeholder="value"
                value={row.text}
                onChange={(event) => change(index, { text: event.currentTarget.value })}
              />
            </div>
            <Remove what={row.name || `pair ${index + 1}`} onClick={() => set(rows.filter((_, at) => at !== index))} />
          </fieldset>
        ))}
        <Button className={styles.add} onClick={() => setRows([...rows, { name: '', text: '' }])}>
          Add
        </Button>
      </div>
    </InputWrapper>
  )
}

/** One of several forms: first which, then its fields. */
export function VariantsField({ field, path, value, onChange, ...rest }: Of<'variants'>) {
  const chosen = field.options.findIndex((option) => option.raw === asRecord(value)[field.on])
  const choose = (next: string | null) => {
    const index = field.options.findIndex((option) => option.value === next)
    onChange(index < 0 ? undefined : startOfVariant(field, index))
  }
  return (
    <div className={styles.variants}>
      <Select
        label={labelOf(field)}
        description={field.help}
        error={rest.problems[path] ?? rest.problems[below(path, field.on)]}
        data={field.options.map(({ value: key, label }) => ({ value: key, label }))}
        value={field.options[chosen]?.value ?? null}
        onChange={choose}
        clearable={field.optional}
      />
      {chosen >= 0 && (
        <Members fields={field.variants[chosen] ?? []} path={path} value={value} onChange={onChange} {...rest} />
      )}
    </div>
  )
}
