import type { Permission } from '../../contract/permissions.ts'
import type { CountName } from './frame-data.ts'
import type { IconName } from './icons.tsx'

/** An entry of the side bar. */
export type NavEntry = {
  label: string
  to: string
  icon: IconName
  /** 'g q' */
  k: string
  count?: CountName
  group: 'now' | 'plan'
  /** Without this permission it is not shown. */
  may?: Permission
  /** Stands in the bottom bar of a phone. */
  phone?: boolean
}

/** Whether the entry is where the reader is: its page or one below it. */
export const isHere = (entry: Pick<NavEntry, 'to'>, path: string): boolean =>
  entry.to === '/' ? path === '/' : path === entry.to || path.startsWith(`${entry.to}/`)
