import { fileTypeFromBuffer } from 'file-type'
import { imageSize } from 'image-size'

/** The kinds of pictures that are shown: pixels alone, nothing that runs. An SVG is text and is only downloaded. */
export const shownTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const

/** A small file may open into more pixels than a browser bears. */
const MOST_PIXELS = 50_000_000

export type Sniffed = { type: string; width: number | null; height: number | null }

const UNKNOWN = 'application/octet-stream'

const looksLikeText = (head: Uint8Array): boolean => {
  if (head.includes(0)) return false
  try {
    // The end may have cut a letter in two.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}

const sizeOf = (head: Uint8Array) => {
  try {
    const { width, height } = imageSize(head)
    return width > 0 && height > 0 && width * height <= MOST_PIXELS ? { width, height } : null
  } catch {
    return null
  }
}

/** What a file is by its first bytes, whatever its name or its sender says. */
export const sniff = async (head: Uint8Array): Promise<Sniffed> => {
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  const type: string = found?.mime ?? (head.length > 0 && looksLikeText(head) ? 'text/plain' : UNKNOWN)
  const size = (shownTypes as readonly string[]).includes(type) ? sizeOf(head) : null
  return { type, width: size?.width ?? null, height: size?.height ?? null }
}
