import { type InfiniteData, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { TicketActed, TicketRow } from '../../../contract/desk/shapes.ts'
import { api, query } from '../../api.ts'
import { statusOf } from '../../problem.ts'
import { toast, toastError } from '../../ui/toast.ts'
import { listKeys, type Reader, ticketKeys } from './data.ts'
import { belongs } from './in-view.ts'
import type { ListInput } from './queue-filter.ts'
import { counted, namesOf } from './words.ts'

type Rows = InfiniteData<{ items: TicketRow[]; next: string | null }>

/** One act on some tickets: how it is done to each, and what is said when it was. */
export type Doing = {
  numbers: readonly string[]
  act: (id: string) => Promise<TicketActed>
  /** 'INC-5 is resolved.' from the names of those it was done to. */
  said: (names: string, many: boolean) => string
  /** A form shows the error when it could be done to none. */
  inForm?: boolean
}

/** The numbers of those it was done to, and the first error. */
export type Outcome = { done: readonly string[]; error: unknown }

type Undo = NonNullable<TicketActed['undo']>

const takeBack = async ({ act, input }: Undo): Promise<TicketActed> =>
  // The answer names the route and the input that belong together.
  (api.desk[act] as unknown as (input: Record<string, unknown>) => Promise<TicketActed>)(input)

type Done = { number: string; acted: TicketActed }
type Failed = { number: string; error: unknown }

const atOnce = 4
/** What is done to thousands is shown in parts: rows leave while the rest is waited for. */
const part = 100
const againMillis = 2_000
/** Longer than the minute for which the server counts. */
const mostTries = 60
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Thousands of acts are more than may be asked for in a minute: they are done as fast as they may. */
const patiently = async (number: string, act: Doing['act']): Promise<TicketActed> => {
  for (let tries = 1; ; tries++)
    try {
      return await act(number)
    } catch (error) {
      if (statusOf(error) !== 429 || tries >= mostTries) throw error
      await pause(againMillis)
    }
}

const doEach = async (numbers: readonly string[], act: Doing['act'], show: (done: readonly Done[]) => void) => {
  const done: Done[] = []
  const failed: Failed[] = []
  let shown = 0
  const tell = () => {
    if (done.length > shown) show(done.slice(shown))
    shown = done.length
  }
  const waiting = numbers.values()
  const worker = async () => {
    // Shared: each takes the next.
    for (const number of waiting) {
      await patiently(number, act).then(
        (acted) => done.push({ number, acted }),
        (error: unknown) => failed.push({ number, error }),
      )
      if (done.length - shown >= part) tell()
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, numbers.length) }, worker))
  tell()
  return { done, failed }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : 'The server did not say why.')

const leftWords = (failed: readonly { error: unknown }[]) => {
  const reasons = [...new Set(failed.map(({ error }) => messageOf(error)))].slice(0, 3)
  return `${counted(failed.length, 'ticket')} stayed as they were. ${reasons.join(' ')}`
}

/**
 * Does an act to one ticket or to many: the lists show it at once (a ticket that no longer belongs leaves), a toast
 * offers to take it back, and what could not be done is said.
 */
export const useActs = (reader: Reader | undefined) => {
  const client = useQueryClient()

  const show = useCallback(
    (done: readonly Done[]) => {
      const tickets = new Map(done.map(({ acted: { ticket } }) => [ticket.id, ticket]))
      for (const found of client.getQueryCache().findAll({ queryKey: query.desk.list.key({ type: 'infinite' }) })) {
        const data = found.state.data as Rows | undefined
        if (!data?.pages.some(({ items }) => items.some(({ id }) => tickets.has(id)))) continue
        const input = (found.queryKey[1] as { input?: ListInput }).input ?? {}
        const asItIs = (row: TicketRow): readonly TicketRow[] => {
          const ticket = tickets.get(row.id)
          if (!ticket) return [row]
          return !reader || belongs(input, ticket, reader) ? [ticket] : []
        }
        const pages = data.pages.map((page) => ({ ...page, items: page.items.flatMap(asItIs) }))
        client.setQueryData(found.queryKey, { ...data, pages })
      }
      const stale = [...tickets.values()].flatMap(({ number }) => ticketKeys(number))
      for (const queryKey of [...stale, ...listKeys()]) void client.invalidateQueries({ queryKey })
    },
    [client, reader],
  )

  return useCallback(
    async ({ numbers, act, said, inForm = false }: Doing): Promise<Outcome> => {
      const { done, failed } = await doEach(numbers, act, show)
      const undos = new Map(done.flatMap(({ number, acted }) => (acted.undo ? [[number, acted.undo] as const] : [])))
      const undo = async () => {
        const back = await doEach([...undos.keys()], (number) => takeBack(undos.get(number) as Undo), show)
        const [first] = back.failed
        // One that has gone on since does not keep the others from being taken back.
        if (first)
          throw back.failed.length > 1 || back.done.length > 0 ? new Error(leftWords(back.failed)) : first.error
      }
      if (done.length > 0)
        toast(said(namesOf(done.map(({ number }) => number)), done.length > 1), undos.size > 0 ? { undo } : {})
      const error = failed[0]?.error
      if (failed.length === 1 && !inForm) toastError(error)
      else if (failed.length > 0 && (done.length > 0 || !inForm)) toast(leftWords(failed), { tone: 'down' })
      return { done: done.map(({ number }) => number), error }
    },
    [show],
  )
}
