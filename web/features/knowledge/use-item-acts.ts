import { api } from '../../api.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { toast } from '../../ui/toast.ts'
import { knowledgeKeys } from './data.ts'
import type { Item } from './words.ts'

type Act = (input: { id: string }, options?: { context: { expected: number } }) => Promise<Item>

/** An act on an item as a whole, which can be taken back. The version that is seen is the one that is meant. */
const useItemAct = (act: Act, back: Act, said: (item: Item) => string) => {
  const refresh = useRefresh(knowledgeKeys)
  return useAct(({ id, version }: Item) => act({ id }, { context: { expected: version } }), {
    refresh: knowledgeKeys,
    done: (item) =>
      toast(said(item), {
        undo: async () => {
          await back({ id: item.id })
          await refresh()
        },
      }),
  })
}

const { publish, unpublish, retire, bringBack } = api.knowledge

const publishedWords = ({ number, audience }: Item) =>
  `${number} is published${audience === 'requester' ? ' for everybody' : ''}, and is suggested from now on.`

export const useItemActs = () => ({
  publish: useItemAct(publish, unpublish, publishedWords),
  unpublish: useItemAct(unpublish, publish, ({ number }) => `${number} is a draft again.`),
  retire: useItemAct(retire, bringBack, ({ number }) => `${number} is retired.`),
  bringBack: useItemAct(bringBack, retire, ({ number }) => `${number} is back, as a draft.`),
})
