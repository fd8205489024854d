import type { LinkKind } from '../../../../contract/desk/link-words.ts'

// Written out here: the contract's own module brings the validation library along, which a page does without.

export const kinds: readonly LinkKind[] = ['caused_by', 'duplicate_of', 'child_of', 'relates_to']
export const kindWords: Record<LinkKind, string> = {
  duplicate_of: 'duplicate of',
  caused_by: 'caused by',
  child_of: 'child of',
  relates_to: 'relates to',
}
