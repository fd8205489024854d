import { memo } from 'react'
import { match, pieces } from './match.ts'
import styles from './Palette.module.css'

/** A title of a list that is narrowed by typing, what fits marked. */
export const Fitting = memo(({ title, typed }: { title: string; typed: string }) => (
  <span className="clip">
    {pieces(title, match(typed, title)?.ranges ?? []).map((piece, part) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one title have no other name
      <span key={part} className={piece.fits ? styles.fits : undefined}>
        {piece.text}
      </span>
    ))}
  </span>
))
