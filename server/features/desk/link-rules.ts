import { type LinkKind, linkWords } from '../../../contract/desk/link-words.ts'

export type LinkFacts = {
  kind: LinkKind
  from: { id: string; number: string }
  to: { id: string; number: string }
  /** Between the two, in either direction. */
  between: readonly { fromId: string; kind: LinkKind }[]
  /** The parent that `from` has now. */
  parent: { id: string; number: string } | null
  /** `to`'s parents, up to the root. */
  above: readonly string[]
}

/** Why two tickets cannot be linked so; null when they can (also when they are linked so already). */
export const whyNotLinked = ({ kind, from, to, between, parent, above }: LinkFacts): string | null => {
  if (from.id === to.id) return `${from.number} cannot be linked to itself.`
  if (kind !== 'relates_to' && between.some((l) => l.kind === kind && l.fromId === to.id))
    return `${to.number} is ${linkWords[kind].out} ${from.number} already; take that link away first.`
  if (kind !== 'child_of') return null
  if (above.includes(from.id))
    return `${from.number} stands above ${to.number}, so it cannot become its child: that would be a circle.`
  if (parent && parent.id !== to.id)
    return `${from.number} is a child of ${parent.number} already; take it away from there first.`
  return null
}
