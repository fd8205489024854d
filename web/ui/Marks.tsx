import type { CSSProperties, ReactNode } from 'react'
import styles from './Marks.module.css'

/** What something is worth worrying about. `blind`: we do not know; `off`: it does not count now. */
export type Tone = 'ok' | 'warn' | 'down' | 'blind' | 'off'

/** A shape and a word: square is fine or down, triangle is degraded, hatched is unknown, outlined is off. */
export const Status = ({ tone, children }: { tone: Tone; children: ReactNode }) => (
  <span className={styles.status} data-tone={tone}>
    {children}
  </span>
)

/** P1 to P5. */
export const Priority = ({ level }: { level: number }) => (
  <span className={styles.priority} data-level={Math.min(level, 4)}>
    P{level}
  </span>
)

/** A short word in a risk colour, for a state that has no shape: 'at risk'. */
export const Tag = ({ tone, children }: { tone: Tone; children: ReactNode }) => (
  <span className={styles.tag} data-tone={tone}>
    {children}
  </span>
)

const initialsOf = (name: string) => {
  const words = name.trim().split(/\s+/)
  return `${[...(words[0] ?? '')][0] ?? ''}${words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : ''}`.toUpperCase()
}

/** A person's initials. People are not risk: everybody is grey, and only you are blue. */
export const Avatar = ({ name, you = false, size = 20 }: { name: string; you?: boolean; size?: number }) => (
  <span
    className={styles.avatar}
    data-you={you || undefined}
    style={{ '--avatar': `${size}px` } as CSSProperties}
    title={name}
  >
    <span aria-hidden="true">{initialsOf(name)}</span>
    <span className="sr-only">{name}</span>
  </span>
)
