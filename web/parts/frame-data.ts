import { skipToken, useQueries, useQuery } from '@tanstack/react-query'
import { createContext, use, useCallback } from 'react'
import type { Permission, Role, Rows } from '../../contract/permissions.ts'
import { refreshOn } from '../live.ts'
import type { Find } from '../ui/Palette.tsx'

export type Me = {
  id: string
  name: string
  email: string
  zone: string
  version?: number
  role?: Role
  teams: readonly { id: string; name: string; role?: 'responder' | 'lead' }[]
  /** What I may do, and for which rows; what is not named I may not. */
  may: Partial<Record<Permission, Rows>>
}

/** A count beside an entry of the side bar: '23', '3 down'. Hot: something in it needs a person now. */
export type Count = { text: string; hot: boolean }
export type CountName = 'queue' | 'approvals' | 'alerts' | 'monitors' | 'jobs' | 'chains'
export type Counts = Partial<Record<CountName, Count>>
type Counters = Partial<Record<CountName, (me: Me) => Promise<Count | null>>>

/** Trouble of Watchfloor itself that could mislead a reader: 'Blind since 07:02: no results from London.' */
export type Trouble = { text: string; tone: 'blind' | 'warn' | 'down' }

export type OnCallNow = { team: string; person: string | null; until: string | null }

/** A market or an office: its name, zone, and whether it is open. */
export type Place = { name: string; zone: string; open: boolean; detail?: string }

/**
 * What the frame needs to know, and of that what `me` may read. One object connects it to the API; the gallery gives it
 * another.
 */
export type FrameApi = {
  me: () => Promise<Me>
  /** Each by itself: what happens to a job asks for no count but that of the jobs. Undefined shows none. */
  counts: Counters
  trouble: (me: Me) => Promise<readonly Trouble[]>
  /** My own teams first. */
  onCallNow: (me: Me) => Promise<readonly OnCallNow[]>
  places: (me: Me) => Promise<readonly Place[]>
  find: (text: string, signal: AbortSignal, me: Me) => ReturnType<Find>
  signOut: () => Promise<unknown>
}

const Api = createContext<FrameApi | undefined>(undefined)
export const FrameApiProvider = Api

export const useFrameApi = (): FrameApi => {
  const api = use(Api)
  if (!api) throw new Error('The frame is shown outside of FrameApiProvider.')
  return api
}

export const frameKeys = {
  me: ['frame', 'me'],
  counts: ['frame', 'counts'],
  trouble: ['frame', 'trouble'],
  onCallNow: ['frame', 'on-call'],
  places: ['frame', 'places'],
} as const

const countKey = (name: CountName) => [...frameKeys.counts, name]
const counted: readonly [prefix: string, ...CountName[]][] = [
  ['ticket.', 'queue', 'approvals'],
  ['approval.', 'approvals'],
  ['alert.', 'alerts'],
  ['monitor.', 'monitors'],
  ['job.', 'jobs'],
  ['deadline.', 'chains'],
]
for (const [prefix, ...names] of counted) refreshOn(prefix, () => names.map(countKey))
for (const prefix of ['schedule.', 'override.', 'policy.']) refreshOn(prefix, () => [frameKeys.onCallNow])
refreshOn('user.', () => [frameKeys.me])
refreshOn('calendar.', () => [frameKeys.places])
refreshOn('system.', () => [frameKeys.trouble])

const minute = 60_000

/** Who is signed in. */
export const useMe = () => useQuery({ queryKey: frameKeys.me, queryFn: useFrameApi().me, staleTime: 5 * minute })

/** For which rows I may do this, or undefined: what cannot be done is not offered. */
export const useMay = (permission: Permission): Rows | undefined => useMe().data?.may[permission]

/** Waits for who I am: what I may not read is not asked for. */
const useAsMe = <T>(ask: (me: Me) => Promise<T>) => {
  const me = useMe().data
  return me ? () => ask(me) : skipToken
}

/** What the palette finds of what I may read. */
export const useFind = (): Find => {
  const { find } = useFrameApi()
  const me = useMe().data
  return useCallback(async (text, signal) => (me ? find(text, signal, me) : []), [find, me])
}

/** The counts beside the entries of the side bar. */
export const useCounts = (): Counts => {
  const counters = Object.entries(useFrameApi().counts) as [CountName, NonNullable<Counters[CountName]>][]
  const me = useMe().data
  return useQueries({
    queries: counters.map(([name, count]) => ({
      queryKey: countKey(name),
      queryFn: me ? () => count(me) : skipToken,
      refetchInterval: minute,
    })),
    combine: (answers) =>
      Object.fromEntries(answers.flatMap(({ data }, at) => (data ? [[counters[at]?.[0], data]] : []))) as Counts,
  })
}

export const useTrouble = () =>
  useQuery({ queryKey: frameKeys.trouble, queryFn: useAsMe(useFrameApi().trouble), refetchInterval: minute / 2 })

/** Who is on call now, my own teams first; a hand-over is no event, so it is read again each minute. */
export const useOnCallNow = () =>
  useQuery({ queryKey: frameKeys.onCallNow, queryFn: useAsMe(useFrameApi().onCallNow), refetchInterval: minute })

export const usePlaces = () =>
  useQuery({ queryKey: frameKeys.places, queryFn: useAsMe(useFrameApi().places), refetchInterval: minute })
