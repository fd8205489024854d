import { skipToken, useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import type { MacroView } from '../../../../contract/desk/macros.ts'
import { api, query } from '../../../api.ts'
import { refreshOn } from '../../../live.ts'
import { Chooser } from '../../../ui/Chooser.tsx'
import { useKeys } from '../../../ui/keys.ts'
import { keyset, rowsOf } from '../../../ui/list.ts'
import type { Reader } from '../data.ts'
import { useActs } from '../use-acts.ts'
import { namesOf } from '../words.ts'

refreshOn('macro.', () => [query.desk.macros.list.key()])
refreshOn('canned_reply.', () => [query.desk.cannedReplies.list.key(), query.desk.filledReplies.key()])

const hintOf = ({ sentences }: MacroView) => sentences.join(', ')

/** My macros: M chooses one for the tickets that are chosen, and the palette has each by its name. */
export const useMacros = (
  reader: Reader | undefined,
  numbers: readonly string[],
  after?: (verb: { moves: boolean }, done: readonly string[]) => void,
): ReactNode => {
  const acts = useActs(reader)
  const [choosing, setChoosing] = useState(false)
  const found = useInfiniteQuery(
    query.desk.macros.list.infiniteOptions({
      input: reader?.may['macro.read']
        ? (cursor: string | undefined) => ({ mine: true, cursor, limit: 200 })
        : skipToken,
      ...keyset,
      staleTime: 300_000,
    }),
  )
  const macros = rowsOf(found.data) ?? []
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = found
  const waiting = found.isLoading || (hasNextPage && !isError)
  // The palette and the keys know them all by name, so all pages are read.
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage])
  const run = async ({ id: macroId, name }: MacroView) => {
    const { done } = await acts({
      numbers,
      act: (id) => api.desk.runMacro({ id, macroId }),
      said: (names) => `${name}: done on ${names}.`,
    })
    if (done.length > 0) after?.({ moves: true }, done)
  }
  useKeys(
    [
      { key: 'M', label: 'Run a macro', run: () => setChoosing(true) },
      ...macros.map((macro) => ({ label: `Macro: ${macro.name}`, hint: hintOf(macro), run: () => void run(macro) })),
    ],
    { when: numbers.length > 0 && (waiting || isError || macros.length > 0) },
  )
  if (!choosing) return null
  return (
    <Chooser
      opened
      onClose={() => setChoosing(false)}
      label={`Run a macro on ${namesOf(numbers)}`}
      choices={macros.map((macro) => ({ id: macro.id, title: macro.name, hint: hintOf(macro) }))}
      waiting={waiting}
      failed={isError}
      none="No macro has such a name."
      onChoose={({ id }) => {
        const macro = macros.find((one) => one.id === id)
        if (macro) void run(macro)
      }}
    />
  )
}
