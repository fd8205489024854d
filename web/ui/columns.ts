import { useCallback, useState } from 'react'
import type { Sized } from './list.ts'

/** What a reader has said of the columns of a list, by their titles: shown or not. The others go by the room there is. */
export type Choice = Readonly<Record<string, boolean>>

const key = (list: string) => `watchfloor.columns.${list}`

/** What was kept, or nothing of it when it is not what this version writes. */
export const readChoice = (text: string | null): Choice => {
  try {
    const kept: unknown = JSON.parse(text ?? '{}')
    const entries = typeof kept === 'object' && kept !== null && !Array.isArray(kept) ? Object.entries(kept) : []
    return Object.fromEntries(entries.filter(([, shown]) => typeof shown === 'boolean'))
  } catch {
    return {}
  }
}

/** The reader's choice of columns for a list, kept on this machine as the height of rows is. */
export const useColumnChoice = (list: string | undefined): [choice: Choice, set: (choice: Choice) => void] => {
  const [choice, setChoice] = useState(() => (list ? readChoice(localStorage.getItem(key(list))) : {}))
  const choose = useCallback(
    (next: Choice) => {
      if (!list) return
      if (Object.keys(next).length === 0) localStorage.removeItem(key(list))
      else localStorage.setItem(key(list), JSON.stringify(next))
      setChoice(next)
    },
    [list],
  )
  return [choice, choose]
}

type Choosable = Sized & { title: string; aside?: boolean }

/** The columns that are to be shown: what was chosen keeps its place when there is little room. */
export const columnsChosen = <Column extends Choosable>(
  columns: readonly Column[],
  choice: Choice,
): readonly (Column & Sized)[] =>
  columns
    .filter((column) => column.main || (choice[column.title] ?? !column.aside))
    .map((column) => {
      if (!choice[column.title]) return column
      const { from: _, ...rest } = column
      return { ...rest, stays: true } as Column & Sized
    })
