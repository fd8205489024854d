import type { Condition, Within } from '../../../../contract/jobs/waits.ts'
import { joined } from '../conditions.ts'
import { ImportError } from '../import-error.ts'
import type { Note } from '../notebook.ts'
import type { CtmAdded, CtmEvent, CtmExpression, CtmJob, CtmOutcome } from './shape.ts'

/** Who adds, deletes and waits for which event, of all files together: an event may have several who add it. */

type Producer = { job: CtmJob; added: CtmAdded }
export type EventBook = {
  producers: Map<string, Producer[]>
  deleters: Map<string, CtmJob[]>
  waiters: Map<string, CtmJob[]>
}

export const eventsIn = (expression: CtmExpression | null): CtmEvent[] => {
  if (expression === null) return []
  if ('event' in expression) return [expression.event]
  return ('all' in expression ? expression.all : expression.any).flatMap(eventsIn)
}

const push = <T>(map: Map<string, T[]>, key: string, value: T) => {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

export const allEdges = (): { left: number } => ({ left: MOST_EDGES })

export const eventBook = (jobs: readonly CtmJob[]): EventBook => {
  const book: EventBook = { producers: new Map(), deleters: new Map(), waiters: new Map() }
  for (const job of jobs) {
    for (const added of job.adds) push(book.producers, added.name, { job, added })
    for (const { name } of job.deletes) push(book.deleters, name, job)
    for (const name of new Set(eventsIn(job.waitsFor).map((e) => e.name))) push(book.waiters, name, job)
  }
  return book
}

/** How many business dates after its own an event is meant for; null for one without a date. */
const dateOffset = (date: string): number | 'none' | 'any' | 'fixed' => {
  if (date === 'ODAT') return 0
  if (date === 'PREV') return -1
  if (date === 'NEXT') return 1
  if (date === 'STAT') return 'none'
  if (date === '****') return 'any'
  return /^[-+]\d+$/.test(date) ? Number(date) : 'fixed'
}

/** Which run of the producer satisfies who waits; null where its event is never the one that is waited for. */
const matching = (waited: CtmEvent, added: CtmEvent): 'any' | number | null => {
  const wanted = dateOffset(waited.date)
  const given = dateOffset(added.date)
  if (wanted === 'any') return 'any'
  if (wanted === 'none') return given === 'none' || given === 'any' ? 'any' : null
  if (wanted === 'fixed') return given === 'fixed' && waited.date === added.date ? 'any' : null
  return typeof given === 'number' ? wanted - given : null
}

/** An event that more add is no edge that anybody could follow. */
const MOST_PRODUCERS = 500
const MOST_EDGES = 400_000

/** `left`: how many edges there may still be in all files together. */
type Tools = { book: EventBook; refOf(job: CtmJob): string; note: Note; job: CtmJob; edges: { left: number } }

/** What a job waits for, as a condition on those who add the events. */
export const conditionOf = (expression: CtmExpression, tools: Tools): Condition => {
  if ('event' in expression) return eventCondition(expression.event, tools)
  const isAll = 'all' in expression
  const of = (isAll ? expression.all : expression.any).map((e) => conditionOf(e, tools))
  return joined(isAll ? 'all' : 'any', of) ?? anEvent(tools.job.path.at(-1) ?? '')
}

const anEvent = (name: string): Condition => ({
  kind: 'global',
  name: name.slice(0, 300),
  compare: '=',
  value: 'added',
})

const eventCondition = (event: CtmEvent, { book, refOf, note, job, edges }: Tools): Condition => {
  const name = job.path.at(-1)
  const all = book.producers.get(event.name) ?? []
  const near = all.filter((p) => p.job.server === job.server)
  const candidates = near.length > 0 ? near : all
  if (candidates.length > MOST_PRODUCERS) {
    note(
      'too-many-add',
      'warn',
      `${name} waits for ${event.name}, which ${candidates.length} jobs add: it is not followed to them.`,
    )
    return anEvent(event.name)
  }
  edges.left -= candidates.length
  if (edges.left < 0)
    throw new ImportError(`There are more than ${MOST_EDGES} edges between its jobs. Import its folders one by one.`)
  const found = candidates.flatMap(({ job: producer, added }) => {
    const days = matching(event, added)
    return days === null ? [] : [{ producer, added, days }]
  })
  if (near.length === 0 && found.length > 0)
    note(
      'other-server',
      'info',
      `${name}: ${event.name} is added on another server only; that holds where their events are shared.`,
    )
  if (found.length === 0) {
    if (candidates.length > 0)
      note(
        'dates-differ',
        'warn',
        `${name} waits for ${event.name} of the date ${event.date}, but it is only added for ${[...new Set(candidates.map((p) => p.added.date))].join(' and ')}: it never starts by that.`,
      )
    else
      note(
        'no-producer',
        'warn',
        `${name} waits for ${event.name}, which no job of these files adds. It is taken as there, and marked.`,
      )
    return anEvent(event.name)
  }
  const others = found.filter(({ producer, days }) => producer !== job || days !== 0)
  if (others.length === 0) note('waits-for-itself', 'warn', `${name} waits for ${event.name}, which only itself adds.`)
  const of = (others.length > 0 ? others : found).map(({ producer, added, days }) =>
    outcome(refOf(producer), added.when, withinOf(event, days, { book, job, note })),
  )
  return joined('any', of) ?? anEvent(event.name)
}

const withinOf = (
  event: CtmEvent,
  days: 'any' | number,
  { book, job, note }: Pick<Tools, 'book' | 'job' | 'note'>,
): Within => {
  if (days === 0) return 'same-date'
  if (days === -1) return 'previous-date'
  const name = job.path.at(-1)
  if (days !== 'any') {
    note(
      'date-not-carried',
      'warn',
      `${name} waits for ${event.name} of ${Math.abs(days)} days ${days > 0 ? 'later' : 'before'}, which is not carried over: its last run counts.`,
    )
    return 'ever'
  }
  const deleters = book.deleters.get(event.name) ?? []
  // Who takes the event away when it has used it needs a new one the next time.
  if (deleters.includes(job)) return 'own-last-run'
  if (deleters.length === 0)
    note(
      'latch',
      'warn',
      `${name} waits for ${event.name} without a date, and nobody deletes it: once added it holds for all later nights.`,
    )
  return 'ever'
}

export const outcome = (job: string, when: CtmOutcome, within: Within): Condition =>
  'is' in when ? { kind: 'job', job, is: when.is, within } : { kind: 'exit', job, ...when, within }

/** Events that are added, and that nobody waits for or deletes. */
export const unusedEvents = (book: EventBook): { name: string; job: CtmJob }[] =>
  [...book.producers].flatMap(([name, [first]]) =>
    first && !book.waiters.has(name) && !book.deleters.has(name) ? [{ name, job: first.job }] : [],
  )

export const textOf = (expression: CtmExpression, inner = false): string => {
  if ('event' in expression) return `${expression.event.name}(${expression.event.date})`
  const isAll = 'all' in expression
  const parts = (isAll ? expression.all : expression.any).map((e) => textOf(e, true))
  const text = parts.join(isAll ? ' & ' : ' | ')
  return inner && parts.length > 1 ? `(${text})` : text
}
