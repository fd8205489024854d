import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import type { presentPeople } from '../../../../contract/desk/presence.ts'
import { api } from '../../../api.ts'
import { useMoves } from '../../../live.ts'

export type Present = z.output<typeof presentPeople>['others'][number]
export type Writing = 'reply' | 'note' | null

const keyOf = (number: string) => ['presence', number] as const
const every = 10_000
/** Whoever walks over a list looks at nothing. */
const settle = 700

/**
 * Says that I look at this ticket, and whether I write, for as long as it is in sight; at once when I begin to write, and
 * when the feed tells that somebody else came, writes or left, which the answer says.
 */
export const usePresence = (number: string, writing: Writing, on: boolean): void => {
  const client = useQueryClient()
  const latest = useRef(writing)
  const [soon, setSoon] = useState(0)
  const beatNow = useCallback(() => setSoon((count) => count + 1), [])
  useMoves(`presence:${number}`, beatNow)
  useEffect(() => {
    if (latest.current === writing) return
    latest.current = writing
    beatNow()
  }, [writing, beatNow])
  useEffect(() => {
    if (!on) return
    let over = false
    let timer: ReturnType<typeof setTimeout>
    const beat = async () => {
      if (document.visibilityState === 'visible') {
        // A sign of life that gets lost is made up for by the next one.
        const others = await api.desk.beHere({ id: number, typing: latest.current }).then(
          (answer) => answer.others,
          () => [],
        )
        if (over) return
        client.setQueryData(keyOf(number), others)
      }
      timer = setTimeout(beat, every)
    }
    timer = setTimeout(beat, soon === 0 ? settle : 0)
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [number, on, soon, client])
  useEffect(() => {
    if (!on) return
    return () => {
      client.removeQueries({ queryKey: keyOf(number) })
      void api.desk.leaveHere({ id: number }).catch(() => undefined)
    }
  }, [number, on, client])
}

/** Who else of the desk looks at it, as the last sign of life told. */
export const usePresent = (number: string): readonly Present[] =>
  useQuery<readonly Present[]>({ queryKey: keyOf(number), queryFn: skipToken }).data ?? []
