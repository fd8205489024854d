import { z } from 'zod'

const SHORTEST = 12
const LONGEST = 200
const FEWEST_DIFFERENT = 5

/** A password that is being set. That it is not the mail address is looked at where the address is known (`passwordProblem`). */
export const newPassword = z
  .string('must be given')
  .min(SHORTEST, `must have at least ${SHORTEST} characters; a short sentence is easy to remember`)
  .max(LONGEST, `must have at most ${LONGEST} characters`)

/** A password that is being tried: bounded only, so that nobody makes the server hash megabytes. */
export const triedPassword = z.string('must be given').min(1, 'must be given').max(1_000, 'is not right')

/** What is wrong with a password for this mail address, as the end of a sentence ("password: …"), or null. */
export const passwordProblem = (password: string, email: string): string | null => {
  const parsed = newPassword.safeParse(password)
  if (!parsed.success) return parsed.error.issues[0]?.message ?? 'cannot be used'
  const lower = password.trim().toLowerCase()
  if (lower === email.trim().toLowerCase())
    return 'must not be the mail address; take something that nobody can look up'
  if (new Set(lower).size < FEWEST_DIFFERENT)
    return `must have at least ${FEWEST_DIFFERENT} different characters; a short sentence is easy to remember`
  return null
}
