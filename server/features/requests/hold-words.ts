import { cut } from '../../platform/text.ts'

/** Why a ticket cannot be resolved, as its buttons and the errors of its verbs say it. Requesters may read the first three. */

/** Names such as "Priya N." end a sentence by themselves. */
const sentence = (words: string) => `${words.replace(/\.$/, '')}.`

export const waitsFor = (number: string, people: readonly string[]): string =>
  people.length > 0
    ? sentence(
        `${number} waits for the approval of ${people.length > 3 ? `${people.length} people` : people.join(' and ')}`,
      )
    : `${number} waits for an approval, and there is nobody who could give it.`

export const wasRefused = (number: string, by: string): string =>
  `${sentence(`${number} was refused by ${by}`)} Ask for the approval again, or cancel it.`

export const hasExpired = (number: string): string =>
  `${number} has no approval: nobody answered in time. Ask again, or cancel it.`

const SHOWN = 3

/** Null when nothing is left to do. */
export const missingSteps = (number: string, steps: readonly string[]): string | null => {
  if (steps.length === 0) return null
  const named = steps.slice(0, SHOWN).map((s) => `“${cut(s, 80)}”`)
  const more = steps.length > SHOWN ? [`${steps.length - SHOWN} more`] : []
  const all = [...named, ...more]
  const words = all.length === 1 ? all[0] : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
  return `${number} cannot be resolved before its checklist is done: ${words}.`
}
