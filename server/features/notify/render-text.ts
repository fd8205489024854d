import { displayTime, type Message, REPEAT_NOTE } from './message.ts'

const factLines = (facts: NonNullable<Message['facts']>): string[] => {
  const width = Math.min(24, Math.max(0, ...facts.map((f) => f.label.length))) + 2
  return facts.map((f) => `${`${f.label}:`.padEnd(width)}${f.value}`)
}

/** The primary link first, then the others, in the order in which they came. */
export const linksByRank = (links: Message['links']): Message['links'] => [
  ...links.filter((l) => l.primary),
  ...links.filter((l) => !l.primary),
]

/**
 * A cleaned message as plain text. What the reader is asked to do stands right below the title, because a phone shows
 * the first lines only.
 */
export const renderText = (message: Message): string => {
  const links = linksByRank(message.links)
  const primary = links.filter((l) => l.primary)
  const others = links.filter((l) => !l.primary)
  const parts = [
    [message.title],
    primary.map((l) => `${l.label}: ${l.url}`),
    message.lines,
    factLines(message.facts ?? []),
    others.map((l) => `${l.label}: ${l.url}`),
    [displayTime(message.at), ...(message.mayRepeat ? [REPEAT_NOTE] : [])],
  ]
  return `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n')}\n`
}
