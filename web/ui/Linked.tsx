import type { ReactNode } from 'react'

/** An address, without what ends a sentence behind it. */
const address = /(https?:\/\/[^\s<>"'`]*[^\s<>"'`.,;:!?)\]}])/

/** A plain text as it is, in which web addresses are links. */
export function Linked({ text }: { text: string }): ReactNode {
  return text.split(address).map((part, place) =>
    // Every second part is what was split at.
    place % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name
      <a key={place} href={part} target="_blank" rel="noreferrer">
        {part}
      </a>
    ),
  )
}
