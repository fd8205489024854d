import { useQueryClient } from '@tanstack/react-query'
import { api, query } from '../../../api.ts'
import { useAct } from '../../../parts/use-act.ts'
import { insertInto } from '../../../ui/composer-insert.ts'
import { toast } from '../../../ui/toast.ts'
import { draftOf, ticketKeys, useReader } from '../data.ts'
import { type Known, linkedKey } from './data.ts'
import { offerResolution } from './offered.ts'

type Item = Pick<Known, 'id' | 'number' | 'kind' | 'answer'>

/** What is done with something that is known, on a ticket. Using it links it and counts. */
export const useKnown = (number: string) => {
  const client = useQueryClient()
  const reader = useReader()
  const keys = [...ticketKeys(number), linkedKey(number), query.knowledge.suggestions.key()]
  const refresh = async () => {
    await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })))
  }
  const use = useAct((item: Item) => api.desk.knowledge.use({ id: number, itemId: item.id }), {
    refresh: keys,
    done: (_, item) =>
      toast(item.kind === 'runbook' ? `${item.number} is begun.` : `${item.number} is used on ${number}.`, {
        undo: async () => {
          await api.desk.knowledge.unlink({ id: number, itemId: item.id })
          await refresh()
        },
      }),
  })
  const origin = useAct((item: Item) => api.desk.knowledge.use({ id: number, itemId: item.id, relation: 'origin' }), {
    refresh: keys,
    done: (_, item) => toast(`${item.number} comes from ${number}.`),
  })
  return {
    use,
    refresh,
    origin,
    /** What it says for those who ask goes into the reply, and nothing else of it; who says it uses it. */
    quote: (item: Item) => {
      if (!insertInto(draftOf(number, reader), item.answer)) return void toast('There is no reply box here.')
      use.run(item)
    },
    /** It is what solved it: the question about the solution, which the requester reads too, is filled with its answer. */
    solve: (item: Item, ask: () => void) => {
      offerResolution(number, item.answer ? `${item.number}: ${item.answer}` : `As in ${item.number}.`)
      use.run(item)
      ask()
    },
  }
}
