import { NumberInput, Select, TextInput } from '@mantine/core'
import { useMe } from '../../parts/frame-data.ts'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { SchemaForm } from '../../ui/SchemaForm.tsx'
import type { Field } from '../../ui/schema.ts'
import { problemsOfConfig } from '../../ui/schema-check.ts'
import { useTeams } from '../alerts/data.ts'
import type { Kind } from './data.ts'
import { type Draft, suggestedName } from './draft.ts'

type Props = {
  kind: Kind
  draft: Draft
  change: (part: Partial<Draft>) => void
  /** Sentences by the path that the API would name: 'config.url', 'name'. */
  problems: Readonly<Record<string, string | undefined>>
}

const isFolded = ({ advanced }: Field) => advanced
const isOwn = (field: Field) => !isFolded(field)
const everyTeam = 'all'

/** How to reach it, and whose jobs it tells of. */
export function SchedulerFields({ kind, draft, change, problems }: Props) {
  const config = {
    schema: kind.schema,
    value: draft.config,
    onChange: (value: Draft['config']) => change({ config: value }),
    problems: problemsOfConfig(problems),
    kept: draft.kept,
  }
  return (
    <>
      <SchemaForm {...config} only={isOwn} dense />
      <TextInput
        label="Name"
        placeholder={suggestedName(draft, kind.title)}
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        error={problems.name}
        maxLength={120}
      />
      <TextInput
        label="Host of the import"
        description="The host that was named when its jobs were imported. Leave it empty when none was named."
        value={draft.host}
        onChange={(event) => change({ host: event.currentTarget.value })}
        error={problems.host}
        maxLength={200}
      />
      <Teams draft={draft} change={change} error={problems.teamId} />
      <NumberInput
        label="Ask every"
        value={draft.intervalSeconds ?? ''}
        onChange={(next) => change({ intervalSeconds: typeof next === 'number' ? next : undefined })}
        error={problems.intervalSeconds}
        clampBehavior="none"
        allowDecimal={false}
        rightSection={<span className="faint">s</span>}
        rightSectionPointerEvents="none"
      />
      <SchemaForm {...config} only={isFolded} />
    </>
  )
}

function Teams({ draft, change, error }: Pick<Props, 'draft' | 'change'> & { error: string | undefined }) {
  const me = useMe().data
  const all = me?.may['scheduler.write'] === 'all'
  const every = useTeams().data?.items
  const teams = (all ? every : me?.teams) ?? []
  return (
    <Select
      label="Tells of the jobs of"
      {...findByTyping}
      data={[
        ...(all ? [{ value: everyTeam, label: 'All teams' }] : []),
        ...teams.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={draft.teamId ?? (all ? everyTeam : null)}
      onChange={(next) => change({ teamId: next === everyTeam ? null : next })}
      error={error}
    />
  )
}
