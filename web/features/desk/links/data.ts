import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, skipToken, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { candidate, linkedTicket, ticketLinks } from '../../../../contract/desk/links.ts'
import { priorityName } from '../../../../contract/desk/priority.ts'
import { query } from '../../../api.ts'
import type { Choice } from '../../../ui/Chooser.tsx'
import { keyset } from '../../../ui/list.ts'
import { counted, stateWords } from '../words.ts'

export type Linked = z.output<typeof linkedTicket>
export type Links = z.output<typeof ticketLinks>
export type Candidate = z.output<typeof candidate>

/** What a ticket has to do with others; for the desk alone. */
export const useLinks = (number: string, on: boolean) =>
  useQuery(query.desk.links.queryOptions({ input: on ? { id: number } : skipToken }))

/** Its children, page by page. */
export const useChildren = (number: string, on: boolean) =>
  useInfiniteQuery(
    query.desk.children.infiniteOptions({
      input: on ? (cursor: string | undefined) => ({ id: number, cursor, limit: 50 }) : skipToken,
      ...keyset,
    }),
  )

/** 'P2 · Order entry · 37 callers · same service, similar words' */
export const candidateWords = ({ priority, service, callers, state, reason }: Candidate): string =>
  [
    priorityName(priority),
    service?.name,
    callers > 1 && counted(callers, 'caller'),
    state !== 'new' && stateWords[state],
    reason,
  ]
    .filter(Boolean)
    .join(' · ')

/** Tickets to choose from: what may be the same as this one, and what the words or the number that are typed find. */
export const useTicketChoices = (
  number: string,
  typed: string,
  { closed = false, without = [] }: { closed?: boolean; without?: readonly string[] } = {},
): { choices: Choice[]; waiting: boolean; failed: boolean } => {
  const [q] = useDebouncedValue(typed.trim(), 120)
  const same = useQuery(query.desk.candidates.queryOptions({ input: { id: number } }))
  const found = useQuery({
    ...query.desk.candidates.queryOptions({
      input: q ? { id: number, q: q.slice(0, 200), closed: closed ? 'yes' : 'no' } : skipToken,
    }),
    placeholderData: keepPreviousData,
  })
  const choice = (group: string) => (one: Candidate) => ({
    id: one.number,
    title: `${one.number} ${one.title}`,
    hint: candidateWords(one),
    group,
  })
  const likely = (same.data?.items ?? []).filter((one) => !without.includes(one.number))
  const others = (q ? (found.data?.items ?? []) : []).filter(
    (one) => !without.includes(one.number) && !likely.some((known) => known.number === one.number),
  )
  return {
    choices: [...likely.map(choice('May be the same')), ...others.map(choice('Found by what you typed'))],
    waiting: q !== typed.trim() || same.isLoading || found.isFetching,
    failed: same.isError || found.isError,
  }
}
