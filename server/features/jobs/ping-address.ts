import { sha256 } from '../../platform/crypto.ts'
import { type Action, actionOf, isUuid } from './ping-action.ts'

/** `name` is what is remembered of it where guesses are counted. */
export type SlugAddress = { key: string; slug: string; name: string; action: Action }
type Address = { jobId: string; name: string; action: Action } | SlugAddress | { status: 400 | 404; words: string }

const notFound = { status: 404, words: 'not found' } as const
const invalidUrl = { status: 400, words: 'invalid url format' } as const

/**
 * What the parts of a ping's address mean: the id of a job, or a key and a slug; and what happened. As healthchecks
 * answers it: a slug with a capital is refused before anybody looks for its key.
 */
export const addressOf = ({ first = '', second = '', third }: Record<string, string | undefined>): Address => {
  if (third === undefined && isUuid(first)) {
    const action = actionOf(second)
    const jobId = first.toLowerCase()
    return action ? { jobId, name: jobId, action } : refusalOf(second)
  }
  if (!second || !/^[-\w]{1,100}$/.test(first) || !/^[-\w]+$/.test(second)) return notFound
  if (/[A-Z]/.test(second) || second.length > 100) return invalidUrl
  const action = actionOf(third ?? '')
  if (!action || third === '') return refusalOf(third ?? '')
  return { key: first, slug: second, name: sha256(first), action }
}

const refusalOf = (suffix: string) => (/^\d+$/.test(suffix) ? invalidUrl : notFound)
