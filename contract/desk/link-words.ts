import { z } from 'zod'

/** How tickets are linked: words from the one to the other, and back. */
export const linkKinds = ['duplicate_of', 'caused_by', 'child_of', 'relates_to'] as const
export const linkKind = z.enum(linkKinds, 'must be duplicate_of, caused_by, child_of or relates_to')
export type LinkKind = (typeof linkKinds)[number]

export const linkWords: Record<LinkKind, { out: string; back: string }> = {
  duplicate_of: { out: 'duplicate of', back: 'duplicated by' },
  caused_by: { out: 'caused by', back: 'cause of' },
  child_of: { out: 'child of', back: 'parent of' },
  relates_to: { out: 'relates to', back: 'relates to' },
}
