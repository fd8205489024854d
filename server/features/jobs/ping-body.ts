import type { Readable } from 'node:stream'
import { keptOutputBytes } from '../../../contract/jobs/words.ts'

/** What came with a ping: its end, and how much it was. */
export type Output = { text: string; bytes: number }

/** Reads all of a body and keeps its end: 100 MB cost no more memory than 100 kB. */
export const readTail = async (body: Readable, most = keptOutputBytes): Promise<Output | null> => {
  let chunks: Buffer[] = []
  let held = 0
  let bytes = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length
    chunks.push(chunk)
    held += chunk.length
    while (chunks[0] && held - chunks[0].length >= most) held -= chunks.shift()?.length ?? 0
  }
  if (bytes === 0) return null
  const all = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)
  chunks = []
  return { text: textOf(all.subarray(Math.max(0, all.length - most)), bytes > most), bytes }
}

/** UTF-8 that PostgreSQL can keep: NUL and bytes that fit nowhere become the replacement character, so that they are still seen. */
const textOf = (tail: Buffer, isCut: boolean): string => {
  let from = 0
  // A cut may have gone through a character; its rest says nothing.
  if (isCut) while (from < 4 && from < tail.length && ((tail[from] ?? 0) & 0xc0) === 0x80) from++
  return tail.subarray(from).toString('utf8').replaceAll('\0', '\ufffd')
}
