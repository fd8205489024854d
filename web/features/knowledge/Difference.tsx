import { diffWordsWithSpace } from 'diff'
import styles from './knowledge.module.css'
import { stepWords, type Words } from './words.ts'

const stepsText = (steps: Words['steps']) =>
  steps
    .map((step, at) =>
      [`${at + 1}. ${stepWords[step.kind]}: ${step.title}`, step.body, ...step.options.map(({ label }) => `- ${label}`)]
        .filter(Boolean)
        .join('\n'),
    )
    .join('\n')

const fields: readonly [label: string, of: (words: Words) => string][] = [
  ['Title', ({ title }) => title],
  ['Words', ({ tags }) => tags.join(', ')],
  ['Text', ({ body }) => body],
  ['What is seen', ({ symptoms }) => symptoms],
  ['Workaround', ({ workaround }) => workaround],
  ['What to tell people', ({ answer }) => answer],
  ['Cause', ({ cause }) => cause],
  ['Fix', ({ fix }) => fix],
  ['Steps', ({ steps }) => stepsText(steps)],
]

/** Beyond this a comparison word by word would hold up the page; then only that it differs is said. */
const longest = 20_000

/** What was taken away and what was added, by field; fields that are the same are left out. */
export const Difference = ({ before, after }: { before: Words; after: Words }) => {
  const changed = fields.filter(([, of]) => of(before) !== of(after))
  if (changed.length === 0) return <p className="muted">The words are the same.</p>
  return (
    <div className={styles.body}>
      {changed.map(([label, of]) => (
        <section key={label} aria-label={label}>
          <h3>{label}</h3>
          {of(before).length + of(after).length > longest ? (
            <p className="muted">It differs; it is too long to compare word by word.</p>
          ) : (
            <div className={styles.diff}>
              {diffWordsWithSpace(of(before), of(after)).map((part, at) =>
                part.added ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name
                  <ins key={at}>{part.value}</ins>
                ) : part.removed ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <del key={at}>{part.value}</del>
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <span key={at}>{part.value}</span>
                ),
              )}
            </div>
          )}
        </section>
      ))}
    </div>
  )
}
