import { maskSecrets } from '../../../platform/mask-secrets.ts'

/** Masked at once: so much that a secret and what says that it is one are seen together, and no more than takes a moment. */
const PIECE = 64_000
/** A line that goes on for longer is no text. It is left out rather than cut where a secret might stand. */
const LONGEST_LINE = 1_000_000
const LEFT_OUT = '[a line of more than 1 MB was left out]'

/** A key goes on over several lines, and so may what comes after a name. */
const goesOn = (text: string): boolean => {
  if (/[:=,\\][ \t]*\r?$/.test(text.slice(-40))) return true
  const begins = text.lastIndexOf('-----BEGIN')
  return begins >= 0 && text.indexOf('-----END', begins) < 0 && text.length - begins < 20_000
}

/** Where a text may be cut: after a line that stands for itself; 0: nowhere yet. */
const placeToCut = (text: string): number => {
  let end = text.lastIndexOf('\n')
  for (let tries = 0; end > 0 && tries < 1_000; tries++) {
    if (!goesOn(text.slice(0, end))) return end + 1
    end = text.lastIndexOf('\n', end - 1)
  }
  return 0
}

/** The same text with its secrets masked, piece by piece, so that others have their turn between. */
export async function* masked(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true })
  let held = ''
  let skipping = false
  const put = (text: string) => Buffer.from(maskSecrets(text.replaceAll('\0', '\ufffd')))
  for await (const chunk of source) {
    held += decoder.decode(chunk, { stream: true })
    if (skipping) {
      const end = held.indexOf('\n')
      if (end < 0) held = ''
      else {
        held = held.slice(end)
        skipping = false
      }
    }
    if (held.length < PIECE) continue
    const cut = placeToCut(held)
    if (cut > 0) {
      yield put(held.slice(0, cut))
      held = held.slice(cut)
    } else if (held.length > LONGEST_LINE) {
      yield Buffer.from(LEFT_OUT)
      held = ''
      skipping = true
    }
  }
  held += decoder.decode()
  if (held !== '' && !skipping) yield put(held)
}
