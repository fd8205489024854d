import { AppError } from '../../platform/errors.ts'
import { decode, unpack } from '../../platform/http/raw-body.ts'
import { newId } from '../../platform/ids.ts'
import type { Platform } from '../../platform/platform.ts'
import { storable } from './clean.ts'
import { type Headers, type Reading, SourceError, type SourceKind } from './define-source.ts'
import { createKeyDesk, type KeyHolder, withoutKey } from './intake-key.ts'
import { createLimiter } from './intake-limit.ts'
import { createIntakeStore, type Taken } from './intake-store.ts'
import { knownKind } from './source-kinds.ts'

/** Requests that may wait for their commit; above it senders are asked to come again. */
const MOST_WAITING = 5_000
const MOST_WAITING_BYTES = 64_000_000

/** Whose key came, and what its source speaks. */
export type Caller = { key: string; holder: KeyHolder; kind: SourceKind }

/** One request as it came; `path` of an address that only its dialect has; `text` where the body was read for its key. */
export type Received = { raw: Buffer; text?: string; contentType: string; headers: Headers; path?: string }

export type IntakeDesk = ReturnType<typeof createIntakeDesk>

/** What all addresses at which tools send have in common: who may, how much, and that nothing is answered before it is kept. */
export const createIntakeDesk = (platform: Platform) => {
  const keyDesk = createKeyDesk(platform)
  const limit = createLimiter()
  const store = createIntakeStore(platform)
  let bytes = 0

  const refuseOverload = (): void => {
    if (store.waiting() > MOST_WAITING || bytes > MOST_WAITING_BYTES)
      throw new AppError(
        'unavailable',
        'More is coming in than can be kept. Nothing of this was taken; send it again in a few seconds.',
        { retryAfterSeconds: 2 },
      )
  }

  /** Throws `unauthenticated`, `forbidden` or `too_many`. */
  const admit = async (key: string, wanted: string): Promise<Caller> => {
    const holder = await keyDesk(key)
    if (!holder || holder.kind !== wanted)
      throw new AppError(
        'unauthenticated',
        `This key is no valid key of a source of the kind "${wanted.slice(0, 50)}". Take key and address from the page of the source.`,
      )
    if (!holder.enabled)
      throw new AppError(
        'forbidden',
        `The source ${holder.name} is disabled. An administrator or its team's lead can enable it.`,
      )
    const kind = knownKind(holder.kind)
    if (!kind)
      throw new AppError('unavailable', `This process does not know sources of the kind ${holder.kind}.`, {
        retryAfterSeconds: 10,
      })
    const wait = limit(holder.keyId, holder.perSecond)
    if (wait !== null)
      throw new AppError(
        kind.givesUpAt429 ? 'unavailable' : 'too_many',
        `More than ${holder.perSecond} requests in a second came with this key. Send several signals in one request, or raise the limit of the source.`,
        { retryAfterSeconds: wait },
      )
    return { key, holder, kind }
  }

  /** Keeps what came, read or not; resolves after the commit. Throws why it could not be read, after it was kept. */
  const take = async (caller: Caller, received: Received, id: string): Promise<Taken> => {
    refuseOverload()
    bytes += received.raw.length
    try {
      const { taken, refusal } = await readRequest(platform, caller, received, id)
      await store.put(taken)
      platform.metrics.signals.inc(
        { kind: caller.kind.kind, outcome: taken.journal.outcome },
        Math.max(1, taken.signals.length),
      )
      if (refusal) throw refusal
      return taken
    } finally {
      bytes -= received.raw.length
    }
  }

  /** Keeps that something came which was too large to be read. */
  const noteTooLarge = (caller: Caller, mostBytes: number): Promise<void> => store.put(tooLarge(caller, mostBytes))

  return { refuseOverload, admit, take, noteTooLarge }
}

/** Reads what came. What cannot be read comes back with the refusal to answer after it was kept. */
const readRequest = async (
  platform: Platform,
  { key, holder, kind }: Caller,
  { raw, text: known, contentType, headers: given, path }: Received,
  id: string,
): Promise<{ taken: Taken; refusal: AppError | SourceError | null }> => {
  const headers: Headers = { ...given, 'content-type': contentType, ...(path ? { ':path': path, ':id': id } : {}) }
  let kept = raw
  let reading: Reading = { signals: [], problems: [] }
  let refusal: AppError | SourceError | null = null
  try {
    const text = known ?? decode(await unpack(raw, headers['content-encoding']), contentType)
    // A key inside of the body must not be kept; what was compressed is then kept unpacked.
    if (text.includes(key)) {
      kept = Buffer.from(withoutKey(text, key, holder.keyId))
      delete headers['content-encoding']
    }
    reading = kind.parse(text, headers)
  } catch (error) {
    if (error instanceof SourceError) refusal = new SourceError(withoutKey(error.message, key, holder.keyId))
    else if (error instanceof AppError) refusal = error
    else {
      platform.log.error({ err: error, kind: kind.kind, journal: id }, 'a reader of sources failed')
      refusal = new AppError(
        'invalid_input',
        'It could not be read because of a fault of ours. It was kept, and can be read again once that is mended.',
      )
    }
  }
  const problem =
    refusal?.message ?? (reading.problems.length > 0 ? reading.problems.slice(0, 20).join(' ').slice(0, 2_000) : null)
  const journal = {
    id,
    sourceId: holder.sourceId,
    contentType: storable(contentType.slice(0, 200)),
    headers: journalled(headers, key, holder.keyId),
    body: kept,
    outcome: refusal ? ('unreadable' as const) : ('read' as const),
    problem: problem === null ? null : storable(withoutKey(problem, key, holder.keyId)),
    signals: reading.signals.length,
  }
  return { taken: { journal, signals: reading.signals }, refusal }
}

const tooLarge = ({ holder }: Caller, mostBytes: number): Taken => ({
  journal: {
    id: newId(),
    sourceId: holder.sourceId,
    contentType: '',
    headers: '{}',
    body: Buffer.alloc(0),
    outcome: 'unreadable',
    problem: `The body was larger than ${mostBytes / 1e6} MB and was not read. Send less at once.`,
    signals: 0,
  },
  signals: [],
})

const secretHeaders = new Set(['authorization', 'proxy-authorization', 'x-api-key', 'cookie'])

const journalled = (headers: Headers, key: string, keyId: string): string => {
  const kept: Headers = {}
  for (const [name, value] of Object.entries(headers))
    kept[name] = secretHeaders.has(name)
      ? value.includes(key)
        ? `[key ${keyId}]`
        : '[removed]'
      : withoutKey(value, key, keyId)
  return storable(JSON.stringify(kept))
}
