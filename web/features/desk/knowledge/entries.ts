import { paths } from '../../../paths.ts'
import { kindWords } from '../../knowledge/words.ts'
import type { Known, Suggested } from './data.ts'

/** A suggestion as the list shows it, whatever it is. */
export type Entry = {
  id: string
  /** 'Known error KE-31' */
  what: string
  title: string
  because: string
  gist: string
  to: string | undefined
  /** What is known can be peeked at and used. */
  known?: Known
}

const firstWords = (text: string) => (text.length > 160 ? `${text.slice(0, 159)}…` : text)

/** What is known first: it helps at once; then how it was solved before, then what else is wrong or was changed. */
export const entriesOf = ({ known, similar, alerts, changes }: Suggested): Entry[] => [
  ...known.map((k) => ({
    id: `known ${k.id}`,
    what: `${kindWords[k.kind]} ${k.number}`,
    title: k.title,
    because: k.because,
    gist: firstWords(k.gist),
    to: paths.knowledgeItem(k.number),
    known: k,
  })),
  ...similar.map(({ ticket, assignee, resolution, because }) => ({
    id: `ticket ${ticket.id}`,
    what: ticket.number,
    title: ticket.title,
    because,
    gist: resolution
      ? `${assignee ? `${assignee.name} solved it: ` : 'Solved: '}${firstWords(resolution)}`
      : ticket.resolvedAt
        ? 'Solved; how is not said.'
        : assignee
          ? `Open, ${assignee.name} has it.`
          : 'Open, nobody has it yet.',
    to: paths.ticket(ticket.number),
  })),
  // What is known of an incident that is suggested itself is told there.
  ...alerts
    .filter(({ ticket }) => !ticket || !similar.some((one) => one.ticket.number === ticket.number))
    .map((a) => ({
      id: `alert ${a.id}`,
      what: a.status === 'blind' ? 'Alert, blind' : `Alert, ${a.severity}`,
      title: a.title,
      because: a.because,
      gist: a.ticket ? `In ${a.ticket.number}${a.more > 0 ? ` with ${a.more} more` : ''}.` : '',
      to: a.more > 0 && a.ticket ? paths.ticket(a.ticket.number) : paths.alert(a.id),
    })),
  ...changes.map((c) => ({
    id: `change ${c.id}`,
    what: 'Change',
    title: c.title,
    because: c.because,
    gist: firstWords(c.details),
    to: c.origin === 'ticket' && /^CHG-\d+/.test(c.title) ? paths.ticket(c.title.split(' ')[0] ?? '') : undefined,
  })),
]
