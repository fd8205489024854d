import { ActionIcon, Button } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './requests.module.css'
import { moved } from './type-draft.ts'

type Entry = { key: number }
type Props<One extends Entry> = {
  /** 'Field', 'Step', 'Stage'. */
  word: string
  of: readonly One[]
  onChange: (of: One[]) => void
  make: () => One
  most: number
  children: (one: One, set: (part: Partial<One>) => void) => ReactNode
}

/** Entries in an order that matters: added at the end, moved by one place, taken out. */
export function ListEditor<One extends Entry>({ word, of, onChange, make, most, children }: Props<One>) {
  const set = (key: number) => (part: Partial<One>) =>
    onChange(of.map((one) => (one.key === key ? { ...one, ...part } : one)))
  return (
    <div className={styles.fields}>
      {of.map((one, at) => (
        <fieldset key={one.key} className={styles.entry}>
          <legend>
            {word} {at + 1}
          </legend>
          {children(one, set(one.key))}
          <div className={styles.tools}>
            <ActionIcon
              aria-label={`${word} ${at + 1} earlier`}
              disabled={at === 0}
              onClick={() => onChange(moved(of, at, -1))}
            >
              ↑
            </ActionIcon>
            <ActionIcon
              aria-label={`${word} ${at + 1} later`}
              disabled={at === of.length - 1}
              onClick={() => onChange(moved(of, at, 1))}
            >
              ↓
            </ActionIcon>
            <ActionIcon
              aria-label={`Take ${word.toLowerCase()} ${at + 1} out`}
              onClick={() => onChange(of.filter(({ key }) => key !== one.key))}
            >
              ×
            </ActionIcon>
          </div>
        </fieldset>
      ))}
      <div>
        <Button disabled={of.length >= most} onClick={() => onChange([...of, make()])}>
          Add a {word.toLowerCase()}
        </Button>
      </div>
    </div>
  )
}
