import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { forward, moved, newStep } from './draft.ts'
import styles from './knowledge.module.css'
import { type Step, stepWords } from './words.ts'

type Props = { steps: readonly Step[]; onChange: (steps: Step[]) => void; error: string | undefined }

/** The steps of a runbook: read, decide, do, in order. */
export function StepsField({ steps, onChange, error }: Props) {
  const set = (at: number, step: Step) => onChange(forward(steps.with(at, step)))
  return (
    <fieldset className={styles.fields} aria-label="Steps">
      <b>Steps</b>
      {steps.map((step, at) => (
        <OneStep
          key={step.id}
          step={step}
          at={at}
          steps={steps}
          set={(next) => set(at, next)}
          move={(by) => onChange(moved(steps, at, by))}
          remove={() => onChange(forward(steps.filter((_, other) => other !== at)))}
        />
      ))}
      {error && (
        <div role="alert" className={styles.error}>
          {error}
        </div>
      )}
      <div className={styles.filters}>
        {(['do', 'read', 'decide'] as const).map((kind) => (
          <Button key={kind} onClick={() => onChange([...steps, newStep(kind)])}>
            Add a step: {stepWords[kind].toLowerCase()}
          </Button>
        ))}
      </div>
    </fieldset>
  )
}

type OneProps = {
  step: Step
  at: number
  steps: readonly Step[]
  set: (step: Step) => void
  move: (by: -1 | 1) => void
  remove: () => void
}

function OneStep({ step, at, steps, set, move, remove }: OneProps) {
  const place = at + 1
  const later = steps.slice(place).map(({ id, title }, index) => ({
    value: id,
    label: `${place + index + 1}. ${title || 'no title yet'}`,
  }))
  return (
    <div className={styles.step}>
      <div className={styles.stepHead}>
        <span className="faint num">{place}</span>
        <Select
          aria-label={`Kind of step ${place}`}
          data={Object.entries(stepWords).map(([value, label]) => ({ value, label }))}
          value={step.kind}
          onChange={(kind) =>
            kind && set({ ...step, kind: kind as Step['kind'], options: newStep(kind as Step['kind']).options })
          }
        />
        <TextInput
          aria-label={`Step ${place}`}
          placeholder={step.kind === 'decide' ? 'What is to be decided?' : 'What to do, in a line'}
          maxLength={200}
          value={step.title}
          onChange={(event) => set({ ...step, title: event.currentTarget.value })}
        />
        <span className={styles.stepActs}>
          <Button aria-label={`Step ${place} earlier`} disabled={at === 0} onClick={() => move(-1)}>
            ↑
          </Button>
          <Button aria-label={`Step ${place} later`} disabled={place === steps.length} onClick={() => move(1)}>
            ↓
          </Button>
          <Button aria-label={`Remove step ${place}`} onClick={remove}>
            Remove
          </Button>
        </span>
      </div>
      <Textarea
        aria-label={`How, for step ${place}`}
        placeholder="How, and what is to be seen (Markdown)"
        minRows={2}
        autosize
        maxRows={14}
        value={step.body}
        onChange={(event) => set({ ...step, body: event.currentTarget.value })}
      />
      {step.options.map((option, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an option has no other name than its place
        <div className={styles.option} key={index}>
          <TextInput
            aria-label={`Option ${index + 1} of step ${place}`}
            value={option.label}
            maxLength={120}
            onChange={(event) =>
              set({ ...step, options: step.options.with(index, { ...option, label: event.currentTarget.value }) })
            }
          />
          <Select
            aria-label={`Where option ${index + 1} of step ${place} leads`}
            clearable
            placeholder="the next step"
            data={later}
            value={option.goTo}
            onChange={(goTo) => set({ ...step, options: step.options.with(index, { ...option, goTo }) })}
          />
          <Button
            disabled={step.options.length <= 2}
            aria-label={`Remove option ${index + 1} of step ${place}`}
            onClick={() => set({ ...step, options: step.options.filter((_, other) => other !== index) })}
          >
            Remove
          </Button>
        </div>
      ))}
      {step.kind === 'decide' && step.options.length < 10 && (
        <div>
          <Button onClick={() => set({ ...step, options: [...step.options, { label: '', goTo: null }] })}>
            Add an option
          </Button>
        </div>
      )}
    </div>
  )
}
