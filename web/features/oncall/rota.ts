import type { ReactNode } from 'react'
import type { Day } from './days.ts'

/** `quiet`: nobody, but no layer means to have somebody. `before`: the schedule had not begun. `changed`: as it would be, where that differs from now. */
export type BarLook = 'shift' | 'layer' | 'override' | 'gap' | 'quiet' | 'before' | 'changed'

export type Bar = {
  id: string
  from: number
  to: number
  look: BarLook
  /** Who it is, or nobody. */
  userId?: string
  you: boolean
  text: string
  /** What a screen reader hears: who, and from when until when. */
  label: string
  /** What is shown on hover and focus. */
  details: ReactNode
  open?: (() => void) | undefined
}

/** One line of the calendar: a schedule, a layer, or a week. Its days have equal width. */
export type RotaRow = {
  id: string
  name: string
  label: ReactNode
  end?: ReactNode
  faint?: boolean
  days: readonly Day[]
  bars: readonly Bar[]
}
