import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import type { Platform } from '../../platform/platform.ts'
import { storable } from './clean.ts'
import { type Reading, SourceError, type SourceKind } from './define-source.ts'
import { decode, MOST_BYTES, unpack } from './intake-body.ts'
import { createKeyDesk, type KeyHolder, keyOf, withoutKey } from './intake-key.ts'
import { createLimiter } from './intake-limit.ts'
import { createIntakeStore, type Taken } from './intake-store.ts'
import { knownKind } from './source-kinds.ts'

/** Requests that may wait for their commit; above it senders are asked to come again. */
const MOST_WAITING = 5_000
const MOST_WAITING_BYTES = 64_000_000

type Caller = { key: string; holder: KeyHolder; kind: SourceKind; contentType: string }
type Intake = { caller?: Caller }

/**
 * POST /intake/:kind and /intake/:kind/:key: where tools send. Answers 202 only after the commit; what cannot be read is
 * kept as well, and answered with a sentence. Everything that needs no body is refused before it is read.
 */
export const mountIntake = async (http: FastifyInstance, platform: Platform): Promise<void> => {
  const keyDesk = createKeyDesk(platform.db, platform.clock)
  const limit = createLimiter()
  const store = createIntakeStore(platform)
  const load = { bytes: 0 }

  const refuseOverload = () => {
    if (store.waiting() > MOST_WAITING || load.bytes > MOST_WAITING_BYTES)
      throw new AppError(
        'unavailable',
        'More is coming in than can be kept. Nothing of this was taken; send it again in a few seconds.',
        {
          retryAfterSeconds: 2,
        },
      )
  }

  const admit = async (request: FastifyRequest): Promise<void> => {
    refuseOverload()
    const key = keyOf(request)
    if (!key)
      throw new AppError(
        'unauthenticated',
        'Send the key of the source: as "Authorization: Bearer …", as "X-Api-Key: …" or at the end of the address.',
      )
    const { kind: wanted } = request.params as { kind: string }
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
        {
          retryAfterSeconds: wait,
        },
      )
    ;(request as unknown as Intake).caller = { key, holder, kind, contentType: request.headers['content-type'] ?? '' }
    // Tools say the strangest things about their content; here it is bytes in any case.
    request.raw.headers['content-type'] = 'application/octet-stream'
  }

  const take = async (request: FastifyRequest, reply: FastifyReply) => {
    const caller = (request as unknown as Intake).caller as Caller
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    refuseOverload()
    load.bytes += body.length
    try {
      const { taken, refusal } = await readRequest(platform, request, body, caller)
      await store.put(taken)
      platform.metrics.signals.inc(
        { kind: caller.kind.kind, outcome: taken.journal.outcome },
        Math.max(1, taken.signals.length),
      )
      if (refusal) throw refusal
      return reply.code(202).type('application/json; charset=utf-8').send(answerOf(taken))
    } finally {
      load.bytes -= body.length
    }
  }

  await http.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) =>
      done(null, body),
    )
    scope.addHook('onRequest', admit)
    scope.addHook('onError', async (request, _reply, error) => {
      const { caller } = request as unknown as Intake
      if (caller && (error as { code?: string }).code === 'FST_ERR_CTP_BODY_TOO_LARGE')
        await store.put(tooLarge(caller)).catch(() => undefined)
    })
    for (const url of ['/intake/:kind', '/intake/:kind/:key']) {
      // Headers for browsers cost a tenth of the time here, and no browser reads these answers.
      scope.post(url, { bodyLimit: MOST_BYTES, helmet: false }, take)
    }
  })
}

const answerOf = ({ signals, journal }: Taken) =>
  JSON.stringify({
    accepted: signals.length,
    dedup_keys: signals.map((s) => s.dedupKey),
    ...(journal.problem ? { problems: journal.problem } : {}),
  })

/** Reads what came. What cannot be read comes back with the refusal to answer after it was kept. */
const readRequest = async (
  platform: Platform,
  request: FastifyRequest,
  raw: Buffer,
  caller: Caller,
): Promise<{ taken: Taken; refusal: AppError | null }> => {
  const { key, holder, kind, contentType } = caller
  const headers: Record<string, string> = { ...plainHeaders(request), 'content-type': contentType }
  let kept = raw
  let reading: Reading = { signals: [], problems: [] }
  let refusal: AppError | null = null
  try {
    const body = await unpack(raw, headers['content-encoding'])
    const text = decode(body, contentType)
    // A key inside of the body must not be kept; what was compressed is then kept unpacked.
    if (text.includes(key)) {
      kept = Buffer.from(withoutKey(text, key, holder.keyId))
      delete headers['content-encoding']
    }
    reading = kind.parse(text, headers)
  } catch (error) {
    if (error instanceof SourceError)
      refusal = new AppError('invalid_input', withoutKey(error.message, key, holder.keyId))
    else if (error instanceof AppError) refusal = error
    else {
      platform.log.error({ err: error, kind: kind.kind, id: request.id }, 'a reader of sources failed')
      refusal = new AppError(
        'invalid_input',
        'It could not be read because of a fault of ours. It was kept, and can be read again once that is mended.',
      )
    }
  }
  const problem =
    refusal?.message ?? (reading.problems.length > 0 ? reading.problems.slice(0, 20).join(' ').slice(0, 2_000) : null)
  const journal = {
    id: newId(),
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

const tooLarge = ({ holder }: Caller): Taken => ({
  journal: {
    id: newId(),
    sourceId: holder.sourceId,
    contentType: '',
    headers: '{}',
    body: Buffer.alloc(0),
    outcome: 'unreadable',
    problem: `The body was larger than ${MOST_BYTES / 1e6} MB and was not read. Send less at once.`,
    signals: 0,
  },
  signals: [],
})

const secretHeaders = new Set(['authorization', 'proxy-authorization', 'x-api-key', 'cookie'])

const plainHeaders = (request: FastifyRequest): Record<string, string> =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )

const journalled = (headers: Record<string, string>, key: string, keyId: string): string => {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers))
    kept[name] = secretHeaders.has(name)
      ? value.includes(key)
        ? `[key ${keyId}]`
        : '[removed]'
      : withoutKey(value, key, keyId)
  return storable(JSON.stringify(kept))
}
