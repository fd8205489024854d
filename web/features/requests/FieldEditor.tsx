import { NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core'
import styles from './requests.module.css'
import { type FieldDraft, type FieldKind, fieldKinds } from './type-draft.ts'

type Props = {
  field: FieldDraft
  set: (part: Partial<FieldDraft>) => void
  problems: Readonly<Record<string, string | undefined>>
}

const kinds = Object.entries(fieldKinds).map(([value, label]) => ({ value, label }))
const asNumber = (next: string | number) => (typeof next === 'number' ? next : null)

/** One field of a form: what is asked, and for what kind of answer. */
export const FieldEditor = ({ field, set, problems }: Props) => (
  <>
    <div className={styles.pair}>
      <TextInput
        label="What is asked"
        placeholder="Who needs it"
        maxLength={80}
        autoComplete="off"
        value={field.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        error={problems[`field ${field.key} title`]}
      />
      <Select
        label="Answered with"
        data={kinds}
        value={field.kind}
        onChange={(kind) => kind && set({ kind: kind as FieldKind })}
      />
    </div>
    {(field.kind === 'choice' || field.kind === 'choices') && (
      <Textarea
        label="Choices"
        description="One choice a line. “repo = Repo blotter” shows Repo blotter and stores repo."
        minRows={2}
        value={field.choices}
        onChange={(event) => set({ choices: event.currentTarget.value })}
        error={problems[`field ${field.key} choices`]}
      />
    )}
    {field.kind === 'number' && (
      <div className={styles.pair}>
        <NumberInput
          label="At least"
          value={field.minimum ?? ''}
          onChange={(next) => set({ minimum: asNumber(next) })}
        />
        <NumberInput
          label="At most"
          value={field.maximum ?? ''}
          onChange={(next) => set({ maximum: asNumber(next) })}
        />
        <TextInput
          label="Unit"
          placeholder="GBP"
          maxLength={20}
          value={field.unit}
          onChange={(event) => set({ unit: event.currentTarget.value })}
        />
      </div>
    )}
    <TextInput
      label="Help"
      placeholder="One name a line, as on the badge."
      maxLength={500}
      autoComplete="off"
      value={field.help}
      onChange={(event) => set({ help: event.currentTarget.value })}
    />
    {field.kind !== 'yesNo' && (
      <Switch
        label="It must be answered"
        checked={field.required}
        onChange={(event) => set({ required: event.currentTarget.checked })}
      />
    )}
  </>
)
