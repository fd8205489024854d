import { Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import { ServicesSelect } from '../../parts/ServicesSelect.tsx'
import { DateField } from '../../ui/DateField.tsx'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { useTeams } from './data.ts'
import type { Draft } from './draft.ts'
import styles from './knowledge.module.css'
import { StepsField } from './StepsField.tsx'
import { kinds, kindWords } from './words.ts'

type Props = {
  draft: Draft
  set: (change: Partial<Draft>) => void
  problems: Record<string, string | undefined>
  /** The kind of something new may still be chosen. */
  isNew: boolean
}

const texts: Record<
  Draft['kind'],
  readonly [field: 'body' | 'symptoms' | 'workaround' | 'answer' | 'cause' | 'fix', label: string, hint: string][]
> = {
  article: [['body', 'Text', 'Markdown: ## heading, 1. step, **strong**, `code`']],
  known_error: [
    ['symptoms', 'What is seen', 'As users and logs say it: these words are what it is found by'],
    ['workaround', 'Workaround', 'What the desk does to get people working again, before the cause is mended'],
    ['answer', 'What to tell people', 'Goes into the reply as it stands: nothing that only the desk should know'],
    ['cause', 'Cause', 'As far as it is known'],
    ['fix', 'Fix', 'What mends it for good, and when it comes'],
    ['body', 'Anything else', 'Background, links'],
  ],
  runbook: [['body', 'When to use it', 'What it is for, what must be so before it is begun']],
}

/** The fields of the editor. */
export function ItemFields({ draft, set, problems, isNew }: Props) {
  const teams = useTeams().data?.items ?? []
  return (
    <div className={styles.fields}>
      {isNew && (
        <Select
          label="Kind"
          data={kinds.map((kind) => ({ value: kind, label: kindWords[kind] }))}
          value={draft.kind}
          onChange={(kind) => kind && set({ kind: kind as Draft['kind'] })}
        />
      )}
      <TextInput
        label="Title"
        name="title"
        maxLength={200}
        placeholder={
          draft.kind === 'known_error' ? 'What is wrong, as one would search for it' : 'What it is about, in a line'
        }
        value={draft.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        error={problems.title}
      />
      <div className={styles.pair}>
        <ServicesSelect
          classNames={{ input: styles.pills }}
          label="Services"
          none="Any service"
          value={draft.services.map(({ id }) => id)}
          known={draft.services}
          onChange={(_, services) => set({ services })}
          error={problems.serviceIds}
        />
        <TagsInput
          classNames={{ input: styles.pills }}
          label="Words that find it"
          placeholder={draft.tags.length === 0 ? 'Other words people use' : ''}
          value={draft.tags}
          maxTags={20}
          onChange={(tags) => set({ tags })}
          error={problems.tags}
        />
      </div>
      {texts[draft.kind].map(([field, label, hint]) => (
        <Textarea
          key={field}
          className={styles.mono}
          label={label}
          description={hint}
          autosize
          minRows={draft.kind === 'article' ? 14 : 3}
          maxRows={40}
          value={draft[field]}
          onChange={(event) => set({ [field]: event.currentTarget.value })}
          error={problems[field]}
        />
      ))}
      {draft.kind === 'runbook' && (
        <StepsField steps={draft.steps} onChange={(steps) => set({ steps })} error={problems.steps} />
      )}
      <div className={styles.pair}>
        <Select
          label="Owner"
          description="The team that keeps it correct."
          {...findByTyping}
          clearable
          placeholder="No team"
          data={teams.map(({ id, name }) => ({ value: id, label: name }))}
          value={draft.teamId}
          onChange={(teamId) => set({ teamId })}
          error={problems.teamId}
        />
        <DateField
          label="Review by"
          description="From this day on it is listed as due for a review."
          value={draft.reviewBy ?? ''}
          onChange={(date) => set({ reviewBy: date || null })}
          error={problems.reviewBy}
        />
      </div>
      {draft.kind === 'article' && (
        <Select
          label="Read by"
          data={[
            { value: 'internal', label: 'the support teams' },
            { value: 'requester', label: 'everybody, once it is published' },
          ]}
          value={draft.audience}
          onChange={(audience) => audience && set({ audience: audience as Draft['audience'] })}
          error={problems.audience}
        />
      )}
    </div>
  )
}
