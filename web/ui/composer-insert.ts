import { useEffect, useRef } from 'react'

const boxes = new Map<string, (words: string) => void>()

/** Puts words into the reply box of this draft key, where it stands on the page; false when there is none. */
export const insertInto = (draftKey: string, words: string): boolean => {
  const put = boxes.get(draftKey)
  put?.(words)
  return put !== undefined
}

/** The reply box takes what is put into it for as long as it is shown. */
export const useInserted = (draftKey: string, put: (words: string) => void): void => {
  const latest = useRef(put)
  useEffect(() => {
    latest.current = put
  })
  useEffect(() => {
    boxes.set(draftKey, (words) => latest.current(words))
    return () => void boxes.delete(draftKey)
  }, [draftKey])
}
