import { MultiSelect, NumberInput, PasswordInput, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { type ComponentType, createContext, type ReactNode, use } from 'react'
import { DateField } from './DateField.tsx'
import { findByTyping } from './find-by-typing.ts'
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

export type ReferenceProps = {
  label: ReactNode
  description: string | undefined
  error: string | undefined
  required: boolean
  /** Several may be chosen. */
  many: boolean
  value: readonly string[]
  onChange: (ids: readonly string[]) => void
}

/** How things of a page are chosen in a form, by the `reference` of the schema: the kit knows none. */
export const ReferenceFields = createContext<Readonly<Record<string, ComponentType<ReferenceProps>>>>({})

function ReferenceField({ field, value, onChange, problems, path }: FieldProps<Extract<Field, { kind: 'reference' }>>) {
  const Chooser = use(ReferenceFields)[field.of]
  const ids = Array.isArray(value) ? value.map(String) : typeof value === 'string' && value ? [value] : []
  if (!Chooser) throw new Error(`This page has no field to choose a ${field.of}.`)
  return (
    <div data-path={path}>
      <Chooser
        label={labelOf(field)}
        description={field.help}
        error={problems[path] ?? Object.entries(problems).find(([at]) => at.startsWith(`${path}.`))?.[1]}
        required={!field.optional}
        many={field.many}
        value={ids}
        onChange={(next) => onChange(field.many ? next : next[0])}
      />
    </div>
  )
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
      return <LinesField {...props} field={field} />
    case 'date':
      return (
        <DateField
          {...common}
          classNames={{ wrapper: styles.number }}
          value={typeof value === 'string' ? value : ''}
          onChange={onChange}
        />
      )
    case 'choices':
      return (
        <MultiSelect
          {...common}
          {...findByTyping}
          error={problems[path] ?? Object.entries(problems).find(([at]) => at.startsWith(`${path}.`))?.[1]}
          data={field.options.map(({ value: key, label }) => ({ value: key, label }))}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={onChange}
        />
      )
    case 'reference':
      return <ReferenceField {...props} field={field} />
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
