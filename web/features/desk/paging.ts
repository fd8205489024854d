import type { PageView } from '../../../contract/oncall/index.ts'
import type { Reader } from './data.ts'

export type Target = PageView['targets'][number]
export type Delivery = Target['deliveries'][number]

/** Where a message stands, in words. What may have arrived twice is said. */
export const deliveryWords = ({ state, attempts, lastError, mayRepeat, bundled }: Delivery): string => {
  const tried = attempts > 1 ? `, tried ${attempts} times` : ''
  const words: Record<string, string> = {
    waiting: 'waits for its turn',
    queued: `about to be sent${tried}`,
    sending: `being sent${tried}`,
    sent: `sent${tried}`,
    delivered: `delivered${tried}`,
    failed: `failed${tried}`,
    cancelled: 'not needed any more',
    bundled: 'sent together with others',
  }
  const why = lastError && state !== 'sent' && state !== 'delivered' ? `: ${lastError.replace(/\.$/, '')}` : ''
  const together = bundled && state !== 'bundled' ? ', together with others' : ''
  return `${words[state] ?? state}${together}${why}${mayRepeat ? '; may have arrived twice' : ''}`
}

/** What needs to be seen: a message that failed, or one that may have arrived twice. */
export const isTrouble = ({ state, mayRepeat }: Delivery): boolean => state === 'failed' || mayRepeat

/** Whether the reader may say "I have it" for a page; the server has the last word. */
export const mayAnswer = (page: PageView, reader: Reader, teamId: string | undefined): boolean => {
  const rows = reader.may['page.respond']
  if (rows === undefined || (page.state !== 'paging' && page.state !== 'exhausted')) return false
  if (rows === 'all' || page.targets.some(({ user }) => user?.id === reader.id)) return true
  return rows === 'team' && reader.teams.some(({ id }) => id === teamId)
}

/** The page of a ticket that still calls for an answer, or that nobody answered. */
export const openPageOf = ({ pages }: { pages: readonly PageView[] }): PageView | undefined =>
  pages.find(({ state }) => state === 'paging' || state === 'exhausted')

/** The people of the latest step that reached anybody. */
export const lastAsked = (page: PageView): readonly Target[] => {
  const people = page.targets.filter(({ user }) => user)
  const last = people.at(-1)
  return last ? people.filter(({ step, round }) => step === last.step && round === last.round) : []
}
