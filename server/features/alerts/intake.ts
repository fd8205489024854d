import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../platform/errors.ts'
import { plainHeaders, readBytes, takeAsBytes } from '../../platform/http/raw-body.ts'
import { newId } from '../../platform/ids.ts'
import { SourceError, type SourceKind } from './define-source.ts'
import type { Caller, IntakeDesk } from './intake-desk.ts'
import { keyOf } from './intake-key.ts'
import type { Taken } from './intake-store.ts'

/** Of a body as it is sent. */
const MOST_BYTES = 1_000_000

type Intake = { caller?: Caller }

/** Kinds by name, each with an address of its own; `:kind` stands for all others. */
const placesOf = (kinds: Iterable<SourceKind>) => [
  { name: ':kind', mostBytes: MOST_BYTES },
  ...[...kinds].flatMap(({ kind, most }) => (most ? [{ name: kind, mostBytes: most.bytes }] : [])),
]

/**
 * POST /intake/:kind and /intake/:kind/:key: where tools send. Answers 202 only after the commit; what cannot be read is
 * kept as well, and answered with a sentence. Everything that needs no body is refused before it is read.
 */
export const mountIntake = async (
  http: FastifyInstance,
  desk: IntakeDesk,
  kinds: Iterable<SourceKind>,
): Promise<void> => {
  const admit = async (request: FastifyRequest, name: string): Promise<void> => {
    desk.refuseOverload()
    const key = keyOf(request)
    if (!key)
      throw new AppError(
        'unauthenticated',
        'Send the key of the source: as "Authorization: Bearer …", as "X-Api-Key: …" or at the end of the address.',
      )
    const intake = request as unknown as Intake
    intake.caller = await desk.admit(key, (request.params as { kind?: string }).kind ?? name)
    takeAsBytes(request)
  }

  const take = async (request: FastifyRequest, reply: FastifyReply) => {
    const { caller } = request as unknown as Intake
    const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const received = { raw, contentType: request.contentType ?? '', headers: plainHeaders(request) }
    const taken = await desk.take(caller as Caller, received, newId()).catch((error: unknown) => {
      throw error instanceof SourceError ? new AppError('invalid_input', error.message) : error
    })
    return reply.code(202).type('application/json; charset=utf-8').send(answerOf(taken))
  }

  for (const { name, mostBytes } of placesOf(kinds))
    await http.register(async (scope) => {
      readBytes(scope, mostBytes)
      scope.addHook('onRequest', (request) => admit(request, name))
      scope.addHook('onError', async (request, _reply, error) => {
        const { caller } = request as unknown as Intake
        if (caller && isTooLarge(error)) await desk.noteTooLarge(caller, mostBytes).catch(() => undefined)
      })
      for (const url of [`/intake/${name}`, `/intake/${name}/:key`]) scope.post(url, { bodyLimit: mostBytes }, take)
    })
}

const isTooLarge = (error: unknown): boolean => (error as { code?: string }).code === 'FST_ERR_CTP_BODY_TOO_LARGE'

const answerOf = ({ signals, journal }: Taken) =>
  JSON.stringify({
    accepted: signals.length,
    dedup_keys: signals.map((s) => s.dedupKey),
    ...(journal.problem ? { problems: journal.problem } : {}),
  })
