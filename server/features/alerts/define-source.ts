import { bounds, type Signal } from './signal.ts'
import { tidy } from './tidy.ts'

/** What a tool sent cannot be read. The message is a sentence for its owner: what is wrong with which field, and the remedy. */
export class SourceError extends Error {}

/**
 * Header names are in small letters. Of an address that only a dialect has there is also `:path`, that address, and
 * `:id`, a name for this request that no other has.
 */
export type Headers = Record<string, string>

export type Reading = {
  signals: Signal[]
  /** Of the parts that could not be read while others could: a sentence each. */
  problems: string[]
}

export type Sample = { name: string; body: string; headers: Headers; signals: Signal[] }

type Answer = { status: number; body: object }

/** How a product speaks that can be told another host and key, and nothing more. All of it to the letter. */
export type Dialect = {
  /** Its addresses, the one for alerts first. */
  paths: readonly string[]
  mostBytes: number
  newKey(): string
  /** The key in a body. Throws SourceError when there is none, SyntaxError when the body is not JSON. */
  keyOf(text: string): string
  accepted(signals: readonly Signal[], path: string): Answer
  unreadable(error: SourceError | SyntaxError): Answer
  refused(why: { status: number; message: string }): Answer
}

export type SourceKind = {
  /** The same as the file's name; part of its intake address. */
  kind: string
  title: string
  help: string
  /** Text to copy, in which `{url}` and `{key}` stand for the address and the key. */
  setup: string
  /** What the tool really sends, with what it must be read as: shown, sent by the test button, and tried by a test. */
  samples: Sample[]
  /** Of one request, where a sender cannot send less at once than it has; else 1 MB and `bounds.batch`. */
  most?: { bytes: number; signals: number }
  /** It comes again after 503 and gives up at 429: then its limit is answered with 503. */
  givesUpAt429?: boolean
  dialect?: Dialect
  /** Reports from within and is not offered for creation. */
  builtIn?: boolean
  /** Pure. `text` is the body, decompressed and decoded. Throws SourceError when nothing of it can be read. */
  parse(text: string, headers: Headers): Reading
}

/** Makes a kind of source of its definition: whatever its `parse` returns is tidied, and bounded in number. */
export const defineSource = (definition: SourceKind): SourceKind => ({
  ...definition,
  parse(text, headers) {
    const { signals, problems } = definition.parse(text, headers)
    const most = definition.most?.signals ?? bounds.batch
    if (signals.length > most)
      throw new SourceError(
        `There are ${signals.length} signals in it; at most ${most} are taken at once. Send them in several requests.`,
      )
    return { signals: signals.map(tidy), problems }
  },
})

export const isSourceKind = (value: unknown): value is SourceKind =>
  typeof value === 'object' && value !== null && 'parse' in value && 'samples' in value

/** The set-up text of a source. */
export const setupText = (kind: SourceKind, given: { url: string; key: string }): string =>
  kind.setup.replaceAll('{url}', () => given.url).replaceAll('{key}', () => given.key)
