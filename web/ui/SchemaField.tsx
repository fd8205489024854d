import { NumberInput, PasswordInput, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './SchemaForm.module.css'
import { GroupField, ListField, PairsField, VariantsField } from './SchemaGroups.tsx'
import type { Field } from './schema.ts'
import type { Problems } from './schema-check.ts'

export type FieldProps<F extends Field = Field> = {
  field: F
  path: string
  value: unknown
  onChange: (value: unknown) => void
  problems: Problems
  kept?: ReadonlySet<string> | undefined
}

/** Most fields are needed, so those that are not say so. */
export const labelOf = (field: Field): ReactNode =>
  field.optional && field.start === undefined ? (
    <>
      {field.title} <span className={styles.optional}>optional</span>
    </>
  ) : (
    field.title
  )

/** Several texts, one a line: none of them can hold a line end, but each may hold commas and spaces. */
function LinesField({ field, path, value, onChange, problems }: FieldProps<Extract<Field, { kind: 'texts' }>>) {
  const [at, problem] = Object.entries(problems).find(([name]) => name === path || name.startsWith(`${path}.`)) ?? []
  const line = at === undefined || at === path ? '' : `Line ${Number(at.slice(path.length + 1).split('.')[0]) + 1}: `
  return (
    <Textarea
      label={labelOf(field)}
      description={field.help}
      error={problem && `${line}${problem}`}
      required={!field.optional && field.start === undefined}
      withAsterisk={false}
      data-path={path}
      minRows={1}
      placeholder={field.example}
      classNames={field.example ? { input: styles.mono } : {}}
      spellCheck={false}
      autoComplete="off"
      value={Array.isArray(value) ? value.map(String).join('\n') : ''}
      onChange={(event) => onChange(event.currentTarget.value === '' ? [] : event.currentTarget.value.split('\n'))}
    />
  )
}

/** One field by its kind. */
export function SchemaField(props: FieldProps) {
  const { field, path, value, onChange, problems, kept } = props
  const common = {
    label: labelOf(field),
    description: field.help,
    error: problems[path],
    required: !field.optional && field.start === undefined,
    withAsterisk: false,
    'data-path': path,
  }
  switch (field.kind) {
    case 'text': {
      const stored = field.secret && kept?.has(path)
      const text = {
        ...common,
        required: common.required && !stored,
        value: typeof value === 'string' ? value : '',
        onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
        placeholder: stored ? 'kept as it is; type to replace it' : field.example,
        classNames: field.mono || field.secret ? { input: styles.mono } : {},
        autoComplete: 'off',
        spellCheck: false,
      }
      if (field.secret) return <PasswordInput {...text} autoComplete="new-password" />
      return field.multiline ? <Textarea {...text} spellCheck /> : <TextInput {...text} />
    }
    case 'number':
      return (
        <NumberInput
          {...common}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
          allowDecimal={!field.whole}
          clampBehavior="none"
          placeholder={field.example}
          classNames={{ wrapper: styles.number, input: 'num' }}
          rightSection={field.unit && <span className="faint">{field.unit}</span>}
          rightSectionWidth={field.unit ? 14 + field.unit.length * 8 : undefined}
          rightSectionPointerEvents="none"
        />
      )
    case 'boolean':
      return (
        <Switch
          label={field.title}
          description={field.help}
          error={problems[path]}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )
    case 'choice':
      return (
        <Select
          {...common}
          data={field.options.map(({ value: key, label }) => ({ value: key, label }))}
          value={value === undefined || value === null ? null : String(value)}
          onChange={(next) => onChange(field.options.find((option) => option.value === next)?.raw)}
          clearable={field.optional && field.start === undefined}
        />
      )
    case 'texts':
      if (field.options.length === 0) return <LinesField {...props} field={field} />
      return (
        <TagsInput
          {...common}
          data={[...field.options]}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={onChange}
          acceptValueOnBlur
          clearable={false}
        />
      )
    case 'group':
      return <GroupField {...props} field={field} />
    case 'list':
      return <ListField {...props} field={field} />
    case 'pairs':
      return <PairsField {...props} field={field} />
    case 'variants':
      return <VariantsField {...props} field={field} />
  }
}
