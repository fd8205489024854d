import type { TimelineEvent } from '../../../contract/base.ts'
import { paths } from '../../paths.ts'
import { millis } from '../../ui/time.ts'

type Event = Pick<TimelineEvent, 'id' | 'at' | 'type' | 'actor' | 'subject' | 'text' | 'tone' | 'data'>
type Piece = { text: string; to?: string; strong?: boolean }
/** Something that happened, as pieces of a sentence; what it is about can be opened. */
export type Happened = { id: string; at: string; tone: Event['tone']; pieces: Piece[] }

/** What people on the floor want to hear of; the rest stands with the thing itself. */
const told =
  /^(ticket\.(opened|priority_changed|assigned|team_changed|replied|noted|called_out|pended|resolved|reopened|cancelled)|alert\.(opened|held|told|resolved|acknowledged)|page\.(step|nobody|acknowledged|passed|exhausted|renewed|raised)|monitor\.(went_down|degraded|went_blind|recovered|paused|resumed|created|deleted)|silence\.(created|ended)|maintenance\.(began|ended)|override\.(added|removed)|delivery\.failed|service\.(created|archived)|source\.(created|changed))$/

const textOf = (data: unknown, name: string): string | undefined => {
  const value = typeof data === 'object' && data !== null ? (data as Record<string, unknown>)[name] : undefined
  return typeof value === 'string' ? value : undefined
}

const near = 15_000
const isOver = /^(monitor\.recovered|ticket\.resolved)$/

/**
 * Drops what says the same thing twice: a monitor that goes down is an alert is a ticket, and one line is enough. Given
 * newest first.
 */
const oncePerThing = (events: readonly Event[]): Event[] => {
  const titles = events.filter(({ type }) => type === 'ticket.opened').map(({ data }) => textOf(data, 'title') ?? '')
  const opened = new Set(
    events.filter(({ type }) => type === 'ticket.opened').map(({ data }) => textOf(data, 'number')),
  )
  // The title of a ticket is that of its alert, perhaps with the host after it.
  const isOpened = (words: string | undefined) => words !== undefined && titles.some((title) => title.startsWith(words))
  const over = events.filter(({ type }) => isOver.test(type)).map(({ at }) => millis(at))
  return events.filter(({ type, data, at }) => {
    if (type === 'alert.opened') return !isOpened(textOf(data, 'title')) && textOf(data, 'source') !== 'Monitors'
    if (type.startsWith('monitor.')) return !isOpened(textOf(data, 'summary'))
    if (type === 'alert.resolved') return !over.some((one) => Math.abs(one - millis(at)) < near)
    // What asks for an approval waits for it from the first moment on.
    if (type === 'ticket.pended' && textOf(data, 'reason') === 'approval') return !opened.has(textOf(data, 'number'))
    // Its first priority was said with its opening.
    if (type === 'ticket.priority_changed') return (data as { before?: unknown }).before !== null
    return true
  })
}

/** A page is named after the ticket that it is about: 'INC-7 No prices'. */
const numberIn = (title: string | undefined) => /^[A-Z]+-\d+(?= )/.exec(title ?? '')?.[0]

/** What the sentence is about: the word in it that is the link, and where it leads. */
const aboutOf = ({ type, subject, data }: Event): { word: string; to: string } | undefined => {
  const [kind, id = ''] = subject.split(':')
  const number = textOf(data, 'number')
  const name = textOf(data, 'name') ?? textOf(data, 'title')
  const paged = kind === 'page' && numberIn(name)
  if (paged) return { word: paged, to: paths.ticket(paged) }
  if (kind === 'ticket' && number) return { word: number, to: paths.ticket(number) }
  if (kind === 'alert' && name) return { word: name, to: paths.alert(id) }
  if (kind === 'monitor' && name && type !== 'monitor.deleted') return { word: name, to: paths.monitor(id) }
  return undefined
}

const sentenceOf = ({ type, text, data, actor }: Event): string => {
  const title = textOf(data, 'title')
  // Opened by a machine: what is broken matters, not that a program wrote it down.
  if (type === 'ticket.opened' && title && textOf(data, 'via') === 'alert') return `${textOf(data, 'number')} ${title}`
  if (type === 'page.step') {
    const person = textOf(data, 'person') ?? ''
    const number = numberIn(title)
    return `Paged ${person}${number ? ` for ${number}` : ''}: ${textOf(data, 'why') ?? ''}`
  }
  if (type === 'ticket.opened' && title) return `${actor.name} opened ${textOf(data, 'number')}: ${title}`
  const number = textOf(data, 'number')
  // On the page of the ticket it is clear what "it" is; here it has its number.
  if (!type.startsWith('ticket.') || !number) return text
  if (type === 'ticket.replied' || type === 'ticket.noted')
    return text.replace(
      / (replied|noted):/,
      type === 'ticket.replied' ? ` replied on ${number}:` : ` noted on ${number}:`,
    )
  if (type === 'ticket.called_out') return text.replace(/ called(?= and reached nobody:|:)/, ` called about ${number}`)
  return text.replace(/^([^:]*?)\bit\b/i, `$1${number}`)
}

const piecesOf = (event: Event): Piece[] => {
  const sentence = sentenceOf(event)
  const about = aboutOf(event)
  const person =
    event.type === 'page.step'
      ? textOf(event.data, 'person')
      : event.actor.kind === 'user'
        ? event.actor.name
        : undefined
  const marks = [
    ...(about ? [{ word: about.word, piece: { text: about.word, to: about.to } }] : []),
    ...(person ? [{ word: person, piece: { text: person, strong: true } }] : []),
  ]
  const found = marks
    .map((mark) => ({ ...mark, at: sentence.indexOf(mark.word) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at)
  const pieces: Piece[] = []
  let from = 0
  for (const { word, piece, at } of found) {
    if (at < from) continue
    if (at > from) pieces.push({ text: sentence.slice(from, at) })
    pieces.push(piece)
    from = at + word.length
  }
  if (from < sentence.length) pieces.push({ text: sentence.slice(from) })
  if (about && !found.some(({ word }) => word === about.word))
    pieces.push({ text: ' ' }, { text: about.word, to: about.to })
  return pieces
}

/** What just happened, newest first, a line each. */
export const happenedOf = (events: readonly Event[], most: number): Happened[] =>
  oncePerThing(events.filter(({ type }) => told.test(type)))
    .slice(0, most)
    .map((event) => ({ id: event.id, at: event.at, tone: event.tone, pieces: piecesOf(event) }))
