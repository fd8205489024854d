import { Button, NumberInput, Select, Switch, TextInput } from '@mantine/core'
import { useRef } from 'react'
import { slugOf } from '../../../contract/slug.ts'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { useFirstField } from '../../ui/focus.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout } from '../../ui/States.tsx'
import { useMayFor, usePeople, useSchedules, useTeams } from './data.ts'
import { moved } from './draft.ts'
import styles from './editor.module.css'
import { type DraftStep, newStep, type PolicyDraft } from './policy-draft.ts'
import { StepEditor } from './StepEditor.tsx'

type Props = {
  draft: PolicyDraft
  onChange: (draft: PolicyDraft) => void
  isNew: boolean
  problems: Readonly<Record<string, string | undefined>>
  failed: string | undefined
}

const STEPS = 20
const ACK_MINUTES = 30

/** Everything that a step can turn to. */
const useTargets = () => {
  const schedules = useSchedules().data?.items ?? []
  const people = usePeople().data ?? []
  const teams = useTeams().data?.items ?? []
  // A schedule and a team often have the same name, so that each says what it is.
  const items = (kind: string, of: readonly { id: string; name: string }[], before = '') =>
    of.map(({ id, name }) => ({ value: `${kind}:${id}`, label: `${before}${name}` }))
  return [
    { group: 'Whoever is on call', items: items('schedule', schedules, 'On call for ') },
    { group: 'People', items: items('user', people) },
    { group: 'Teams', items: items('team', teams, 'All of ') },
  ].filter((group) => group.items.length > 0)
}

/** What an escalation policy is made of: its steps, how often they repeat, and what follows an acknowledgement. */
export function PolicyEditor({ draft, onChange, isNew, problems, failed }: Props) {
  const form = useRef<HTMLDivElement>(null)
  useFirstField(form)
  const targets = useTargets()
  const teams = useTeams()
  const mayFor = useMayFor('policy.write')
  const own = teams.data?.items.filter(({ id }) => !mayFor(id)) ?? []
  const set = (part: Partial<PolicyDraft>) => onChange({ ...draft, ...part })
  const setStep = (key: number, step: DraftStep) =>
    set({ steps: draft.steps.map((one) => (one.key === key ? step : one)) })
  const rename = (name: string) =>
    set(isNew && draft.slug === slugOf(draft.name) ? { name, slug: slugOf(name) } : { name })
  const count = draft.steps.length
  return (
    <Panel
      title={isNew ? 'The policy' : 'Change it'}
      words={isNew ? undefined : 'pages that are under way keep what they began with'}
      pad
    >
      <div ref={form} className={styles.form}>
        <div className={styles.pair}>
          <TextInput
            label="Name"
            placeholder="Markets, critical"
            value={draft.name}
            maxLength={120}
            onChange={(event) => rename(event.currentTarget.value)}
            error={problems.name}
          />
          <Select
            label="Team"
            description="Services of this team use it when they have no policy of their own."
            placeholder="No team"
            data={own.map(({ id, name }) => ({ value: id, label: name }))}
            value={draft.teamId}
            onChange={(teamId) => set({ teamId })}
            error={problems.teamId}
            {...findByTyping}
          />
        </div>
        {isNew && (
          <TextInput
            label="Short name"
            description="Files and commands name the policy by it."
            value={draft.slug}
            maxLength={63}
            onChange={(event) => set({ slug: event.currentTarget.value })}
            error={problems.slug}
            classNames={{ input: 'mono' }}
          />
        )}
        <ol className={styles.policySteps} aria-label="Steps">
          {draft.steps.map((step, index) => (
            <StepEditor
              key={step.key}
              step={step}
              place={index + 1}
              of={count}
              targets={targets}
              onChange={(next) => setStep(step.key, next)}
              onMove={(by) => set({ steps: moved(draft.steps, index, by) })}
              onRemove={() => set({ steps: draft.steps.filter(({ key }) => key !== step.key) })}
              problem={
                problems[`steps.${index}.delayMinutes`] ??
                problems[`steps.${index}.targets`] ??
                step.targets.map((_, at) => problems[`steps.${index}.targets.${at}.id`]).find(Boolean)
              }
            />
          ))}
        </ol>
        <div>
          <Button
            disabled={count >= STEPS}
            onClick={() => set({ steps: [...draft.steps, newStep(count === 0 ? 0 : 5)] })}
          >
            Add a step
          </Button>
        </div>
        <Select
          label="If nobody answers, all steps repeat"
          data={['never', 'once', 'twice', ...[3, 4, 5, 6, 7, 8, 9].map((n) => `${n} times`)].map((label, value) => ({
            value: String(value),
            label,
          }))}
          value={String(draft.repeats)}
          onChange={(next) => next && set({ repeats: Number(next) })}
          error={problems.repeats}
        />
        <div className={styles.ack}>
          <Switch
            label="Start again when it is acknowledged and not solved"
            description="Whoever acknowledged at night may have fallen asleep."
            checked={draft.ackTimeout !== null}
            onChange={(event) => set({ ackTimeout: event.currentTarget.checked ? ACK_MINUTES : null })}
          />
          {draft.ackTimeout !== null && (
            <NumberInput
              label="after minutes"
              min={5}
              max={1440}
              allowDecimal={false}
              clampBehavior="blur"
              value={draft.ackTimeout ?? ''}
              onChange={(next) => set({ ackTimeout: typeof next === 'number' ? next : undefined })}
              error={problems.ackTimeoutMinutes}
            />
          )}
        </div>
        {failed && (
          <div role="alert">
            <Callout tone="down">{failed}</Callout>
          </div>
        )}
      </div>
    </Panel>
  )
}
