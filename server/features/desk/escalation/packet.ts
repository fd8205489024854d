import { reportedAs } from '../../../../contract/desk/index.ts'
import { clauseOf } from '../phone/clause.ts'
import { takeSince } from '../phone/since.ts'

/**
 * What a packet begins with: what the ticket knows already, so that whoever escalates amends instead of typing it again.
 * Pure: facts in, texts out.
 */
export type PacketFacts = {
  title: string
  description: string
  openedAt: Temporal.Instant
  /** Where whoever asked reads the clock. */
  zone: string
  /** When the first alert about it fired, where one did. */
  firstAlertAt: Temporal.Instant | null
  service: string | null
  environment: string
  units: { name: string; people: number | null }[]
  requester: string | null
  /** Internal notes, oldest first. */
  notes: { author: string; body: string }[]
  /** What was used on it from what is known: 'Known error KE-3: restart the gateway'. */
  used: string[]
  /** Links to what shows it. */
  links: string[]
}

const MOST_NOTES = 10
const MOST = 10_000

const paragraphs = (parts: (string | null | undefined)[]): string =>
  parts
    .map((p) => p?.trim())
    .filter(Boolean)
    .join('\n\n')
    .slice(0, MOST)

const unitWords = ({ name, people }: PacketFacts['units'][number]) =>
  people === null ? name : `${name} (${people} people)`

/** A line of a log or a trace is evidence: it has a time and an error in it, or the name of one. */
const looksLikeLog = (line: string) =>
  /\b(error|exception|fatal|failed|timeout|refused|ORA-\d+|SQLSTATE|errno|at [\w.$]+\()/i.test(line) &&
  /\d{2}:\d{2}|ORA-\d+|SQLSTATE|Exception|at [\w.$]+\(/.test(line)

const logLines = (text: string): string[] => text.split('\n').filter(looksLikeLog).slice(0, 20)

const sinceLine = new RegExp(`^${reportedAs.since}: (.+)$`, 'm')

/** What was answered to "Since when?", where it names a time. */
const saidSince = ({ description, openedAt, zone }: PacketFacts): Temporal.Instant | undefined => {
  const words = sinceLine.exec(description)?.[1]
  return words ? takeSince(clauseOf(`since ${words}`), openedAt, zone)?.at : undefined
}

export const draftPacket = (f: PacketFacts) => ({
  seen: paragraphs([f.title, f.description]),
  since: f.firstAlertAt ?? saidSince(f) ?? f.openedAt,
  hurt: paragraphs([
    f.units.length > 0 ? f.units.map(unitWords).join(', ') : null,
    f.requester ? `Reported by ${f.requester}` : null,
    f.service ? `${f.service}, ${f.environment}` : null,
  ]).replaceAll('\n\n', '\n'),
  tried: paragraphs([...f.used, ...f.notes.slice(-MOST_NOTES).map((n) => `${n.author}: ${n.body}`)]),
  evidence: paragraphs([
    ...f.links,
    [...new Set([f.description, ...f.notes.map((n) => n.body)].flatMap(logLines))].join('\n'),
  ]),
})

type Sent = Pick<ReturnType<typeof draftPacket>, 'seen' | 'hurt' | 'tried' | 'evidence'> & { since: string }

/** What goes on from what was sent already: that, and what the notes, files and uses since then add to it. */
export const goOnWith = (sent: Sent, since: PacketFacts): Sent => {
  const added = draftPacket({ ...since, description: '' })
  return {
    ...sent,
    tried: paragraphs([sent.tried, added.tried]),
    evidence: paragraphs([sent.evidence, added.evidence]),
  }
}
