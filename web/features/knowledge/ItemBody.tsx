import { Markdown } from '../../ui/Markdown.tsx'
import styles from './knowledge.module.css'
import { type Step, stepWords, type Words } from './words.ts'

const parts = [
  ['symptoms', 'What is seen'],
  ['workaround', 'Workaround'],
  ['answer', 'What to tell people'],
  ['cause', 'Cause'],
  ['fix', 'Fix'],
] as const

/** Where a choice leads: a later step, or else the one after this. */
const nextWords = (steps: readonly Step[], at: number, goTo: string | null): string => {
  const next = goTo === null ? at + 1 : steps.findIndex(({ id }) => id === goTo)
  return next < steps.length ? `: go on with step ${next + 1}` : ': that is the end'
}

/** The steps of a runbook, to read; following one stands on the ticket. */
export const Steps = ({ steps }: { steps: readonly Step[] }) => (
  <ol className={styles.steps}>
    {steps.map((step, at) => (
      <li key={step.id}>
        <div>
          <span className="faint num">{at + 1}</span> <span className="faint">{stepWords[step.kind]}</span>{' '}
          <b>{step.title}</b>
        </div>
        {step.body && <Markdown text={step.body} />}
        {step.options.length > 0 && (
          <ul className={styles.options}>
            {step.options.map((option) => (
              <li key={option.label}>
                {option.label}
                <span className="faint">{nextWords(steps, at, option.goTo)}</span>
              </li>
            ))}
          </ul>
        )}
      </li>
    ))}
  </ol>
)

/** What it says, as readers see it: on its page, beside the editor, and in a peek. */
export const ItemBody = ({ words }: { words: Omit<Words, 'title' | 'tags'> }) => {
  const said = parts.filter(([field]) => words[field])
  return (
    <div className={styles.body}>
      {words.body && <Markdown text={words.body} />}
      {said.map(([field, label]) => (
        <section key={field} aria-label={label} data-field={field}>
          <h2>{label}</h2>
          <Markdown text={words[field]} />
        </section>
      ))}
      {words.steps.length > 0 && <Steps steps={words.steps} />}
      {!words.body && said.length === 0 && words.steps.length === 0 && <p className="faint">Nothing is written yet.</p>}
    </div>
  )
}
