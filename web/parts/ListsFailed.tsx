import { Button } from '@mantine/core'
import { notifyManager, type Query, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { Banner, isFinal, wordsOf } from '../ui/States.tsx'
import { useSaidInPlace } from '../ui/said-in-place.ts'
import { useWayBack } from '../ui/way-back.ts'
import { listWords, namesOf } from './list-words.ts'

/** What a field offers and could not be read, while something on screen asks for it. What is not for the reader is no failure. */
const isFailed = ({ state, observers, queryKey }: Query): boolean =>
  state.status === 'error' &&
  state.data === undefined &&
  !isFinal(state.error) &&
  namesOf(queryKey) !== undefined &&
  observers.some(({ options }) => options.enabled !== false)

const useFailedLists = (): readonly Query[] => {
  const cache = useQueryClient().getQueryCache()
  const failed = () => cache.getAll().filter(isFailed)
  useSyncExternalStore(
    useCallback((tell) => cache.subscribe(notifyManager.batchCalls(tell)), [cache]),
    () =>
      failed()
        .map(({ queryHash, state }) => `${queryHash} ${state.errorUpdatedAt}`)
        .join(),
  )
  return failed()
}

/**
 * Says which lists the fields on screen could not be given, for every form there is: a field would only be empty, which
 * reads as if there were nothing to choose. The form below stays as it is, with what was written in it.
 */
export function ListsFailed() {
  const client = useQueryClient()
  const lists = useFailedLists()
  const inPlace = useSaidInPlace()
  // A page that failed says so itself, and has no field that would only seem to be empty.
  const pageFailed = inPlace.size > 0 && !document.querySelector('form')
  const failed = pageFailed ? [] : lists.filter(({ state }) => !inPlace.has(state.error))
  const button = useRef<HTMLButtonElement>(null)
  const { onFocus, leave } = useWayBack()
  const now = failed[0] && { names: listWords(failed.map(({ queryKey }) => queryKey)), error: failed[0].state.error }
  // Stays while it is tried again: a button that goes and comes would take the focus with it.
  const [trying, setTrying] = useState<typeof now>()
  const shown = trying ?? now
  const along = useRef(false)
  // What failed with the page is asked for again with it.
  useEffect(() => {
    if (along.current && !pageFailed) void client.refetchQueries({ predicate: isFailed })
    along.current = pageFailed
  }, [client, pageFailed])
  if (!shown) return null
  const again = async () => {
    if (trying) return
    setTrying(shown)
    await client.refetchQueries({ predicate: isFailed })
    const isOver = !client.getQueryCache().getAll().some(isFailed)
    if (isOver && button.current === document.activeElement) leave(button.current)
    setTrying(undefined)
  }
  return (
    <Banner
      tone="down"
      alert
      act={
        <Button ref={button} onFocus={onFocus} onClick={() => void again()} aria-busy={trying !== undefined}>
          Try again
        </Button>
      }
    >
      <b>{shown.names} could not be loaded.</b> {wordsOf(shown.error)} What you have written stays.
    </Banner>
  )
}
