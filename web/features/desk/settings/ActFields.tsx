import { NumberInput, Select, Textarea } from '@mantine/core'
import { skipToken, useQuery } from '@tanstack/react-query'
import { query } from '../../../api.ts'
import { PersonSelect } from '../../../parts/PersonSelect.tsx'
import { findByTyping } from '../../../ui/find-by-typing.ts'
import { levels } from '../words.ts'
import { FieldsHint } from './FieldsHint.tsx'
import type { DraftAct } from './macro-draft.ts'
import styles from './settings.module.css'

const reasons = [
  { value: 'user', label: 'the requester' },
  { value: 'vendor', label: 'the vendor' },
  { value: 'change', label: 'a change' },
  { value: 'scheduled', label: 'a time' },
]

type Props = { act: DraftAct; onChange: (act: DraftAct) => void }

const TeamField = ({ act, onChange }: Props) => {
  const teams = useQuery(query.identity.teams.list.queryOptions({ input: { limit: 200 } }))
  return (
    <Select
      label="Team"
      {...findByTyping}
      data={(teams.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={act.teamId}
      onChange={(teamId) => onChange({ ...act, teamId })}
    />
  )
}

const PersonField = ({ act, onChange }: Props) => {
  const found = useQuery(query.identity.users.read.queryOptions({ input: act.userId ? { id: act.userId } : skipToken }))
  return (
    <PersonSelect
      label="Person"
      value={found.data ?? null}
      error={found.data?.state === 'disabled' ? `${found.data.name} has left; choose somebody else.` : undefined}
      onChange={(next) => onChange({ ...act, userId: next?.id ?? null })}
    />
  )
}

/** What an act of a macro needs to know. */
export function ActFields({ act, onChange }: Props) {
  if (act.act === 'assign') return <PersonField act={act} onChange={onChange} />
  if (act.act === 'move') return <TeamField act={act} onChange={onChange} />
  if (act.act === 'change')
    return (
      <div className={styles.line}>
        <Select
          label="Impact"
          clearable
          placeholder="as it is"
          data={[...levels]}
          value={act.impact}
          onChange={(impact) => onChange({ ...act, impact })}
        />
        <Select
          label="Urgency"
          clearable
          placeholder="as it is"
          data={[...levels]}
          value={act.urgency}
          onChange={(urgency) => onChange({ ...act, urgency })}
        />
      </div>
    )
  if (act.act === 'pend')
    return (
      <div className={styles.line}>
        <Select
          label="It waits for"
          allowDeselect={false}
          data={reasons}
          value={act.reason}
          onChange={(reason) => onChange({ ...act, reason })}
        />
        <NumberInput
          label="For so many minutes"
          min={5}
          allowDecimal={false}
          value={act.minutes ?? ''}
          onChange={(next) => onChange({ ...act, minutes: typeof next === 'number' ? next : null })}
        />
      </div>
    )
  if (act.act === 'reply' || act.act === 'note' || act.act === 'resolve')
    return (
      <Textarea
        label={act.act === 'reply' ? 'Reply' : act.act === 'note' ? 'Note' : 'What solved it'}
        description={<FieldsHint />}
        minRows={3}
        value={act.text}
        onChange={(event) => onChange({ ...act, text: event.currentTarget.value })}
      />
    )
  return null
}
