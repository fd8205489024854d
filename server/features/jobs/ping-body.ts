import type { Readable } from 'node:stream'
import { keptOutputBytes } from '../../../contract/jobs/words.ts'
import type { Sink, Whole } from './outputs/keeper.ts'

/** What came with a ping: its end, and how much it was. */
export type Output = {
  text: string
  bytes: number /** Its beginning, where that is another part. */
  head: string | null
  /** All of it, where it was more than that and somebody keeps it. */
  whole: Whole | null
}

/**
 * Reads all of a body and keeps its end and its beginning: 100 MB cost no more memory than 200 kB. Once it is more than
 * that, `keepAll` is asked for somebody who takes all of it.
 */
export const readTail = async (
  body: Readable,
  keepAll: () => Promise<Sink | null> = async () => null,
  most = keptOutputBytes,
): Promise<Output | null> => {
  let chunks: Buffer[] = []
  let held = 0
  let bytes = 0
  const first: Buffer[] = []
  let firstHeld = 0
  let sink: Sink | null | undefined
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > most && sink === undefined) {
        sink = await keepAll()
        for (const before of chunks) await sink?.write(before)
      }
      await sink?.write(chunk)
      if (firstHeld < most) {
        first.push(chunk.subarray(0, most - firstHeld))
        firstHeld += first.at(-1)?.length ?? 0
      }
      chunks.push(chunk)
      held += chunk.length
      while (chunks[0] && held - chunks[0].length >= most) held -= chunks.shift()?.length ?? 0
    }
  } catch (error) {
    // Whoever sent it has hung up.
    await sink?.drop()
    throw error
  }
  if (bytes === 0) return null
  const all = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)
  chunks = []
  const isCut = bytes > most
  return {
    text: textOf(all.subarray(Math.max(0, all.length - most)), isCut),
    bytes,
    head: isCut ? textOf(Buffer.concat(first), false) : null,
    whole: (await sink?.end()) ?? null,
  }
}

/** UTF-8 that PostgreSQL can keep: NUL and bytes that fit nowhere become the replacement character, so that they are still seen. */
const textOf = (tail: Buffer, isCut: boolean): string => {
  let from = 0
  // A cut may have gone through a character; its rest says nothing.
  if (isCut) while (from < 4 && from < tail.length && ((tail[from] ?? 0) & 0xc0) === 0x80) from++
  return tail.subarray(from).toString('utf8').replaceAll('\0', '\ufffd')
}
