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
  /** Other words that people type for it in the palette. */
  also?: string
  /** Stands in the bottom bar of a phone. */
  phone?: boolean
}

/** What the palette offers on every page: a place, or an act of one (`act`, under its label there). */
export type Anywhere = {
  kind: 'do' | 'go'
  label: string
  to: string
  /** Without this permission it is not offered. */
  may: Permission
  /** Done on arrival: the label of an act of that page. */
  act?: string
  /** In which view of that page. */
  search?: Readonly<Record<string, string>>
  /** Other words that people type for it. */
  also?: string
}

/** Things of a page that have an address of their own. */
const things: Readonly<Record<string, string>> = { '/tickets': '/queue', '/teams': '/people' }

const fits = (pattern: string, path: string): boolean => {
  const [asked, given] = [pattern.split('/'), path.split('/')]
  return asked.length === given.length && asked.every((part, at) => part === given[at] || part.startsWith('$'))
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'))

const above = (path: string, patterns: readonly string[]): string => {
  const folder = folderOf(path)
  if (folder === '') return '/'
  return patterns.some((pattern) => fits(pattern, folder)) ? folder : above(folder, patterns)
}

/**
 * The page above one: its address without the end, as far as there is a page; of a ticket the queue. At the desk there
 * is none above a page of the side bar; whoever asks comes home from anywhere. `patterns` are those of the routes.
 */
export const pageAbove = (path: string, patterns: readonly string[], asks: boolean): string | undefined => {
  if (path === '/' || (folderOf(path) === '' && !asks)) return undefined
  return (!asks && things[folderOf(path)]) || above(path, patterns)
}

/** Whether the entry is where the reader is: its page, one below it, or a thing of it. */
export const isHere = (entry: Pick<NavEntry, 'to'>, path: string): boolean => {
  if (entry.to === '/') return path === '/'
  return path === entry.to || path.startsWith(`${entry.to}/`) || things[/^\/[^/]+/.exec(path)?.[0] ?? ''] === entry.to
}
