import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { keptOutputBytes } from '../../../contract/jobs/words.ts'
import { sha256 } from '../../platform/crypto.ts'
import { AppError, errorCodes } from '../../platform/errors.ts'
import { asAppError } from '../../platform/http/problems.ts'
import { plainHeaders, readBytes, takeAsBytes, unpack } from '../../platform/http/raw-body.ts'
import { type Asked, DialectError, type PingDialect, type ToldPing, uuidOf, type WireAnswer } from './define-dialect.ts'
import { dialects } from './dialect-kinds.ts'
import type { PingTeam } from './ping-desk.ts'
import { type Found, type GivenPing, isRefusal, type PingIntake, plainText, type Refusal } from './ping-intake.ts'

const MOST_PINGS = 1_000

type Taken = { told: ToldPing; found: Found; note: string | null }

/** The addresses of other products. Each ping goes the way of those of healthchecks; the words around it are the dialect's. */
export const mountDialects = async (http: FastifyInstance, intake: PingIntake): Promise<void> => {
  for (const dialect of dialects.values()) await mountOne(http, intake, dialect)
}

const mountOne = async (http: FastifyInstance, intake: PingIntake, dialect: PingDialect): Promise<void> => {
  const askedOf = (request: FastifyRequest): Asked => ({
    method: request.method,
    params: request.params as Record<string, string>,
    query: listsOf(request.query as Record<string, string | string[]>),
    headers: plainHeaders(request),
    contentType: request.contentType ?? '',
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  })
  const send = (reply: FastifyReply, { status, type, body }: WireAnswer) => reply.code(status).type(type).send(body)

  const refuse = (request: FastifyRequest, reply: FastifyReply, { status, words, retryAfterSeconds }: Refusal) => {
    if (retryAfterSeconds) reply.header('retry-after', String(retryAfterSeconds))
    return send(reply, dialect.refused(askedOf(request), status, words))
  }

  const take = async (request: FastifyRequest, reply: FastifyReply) => {
    const asked = askedOf(request)
    const who = dialect.who(asked)
    const name = 'key' in who ? sha256(who.key) : who.jobId
    const wait = intake.slowed(request.ip, name)
    if (wait) return refuse(request, reply, wait)
    const team = 'key' in who ? await intake.teamOf(request.ip, who.key, name) : null
    if ('key' in who && !team) return refuse(request, reply, { status: 401, words: 'this ping key is of no team' })
    asked.body = await unpack(asked.body, asked.headers['content-encoding'])
    const pings = dialect.read(asked)
    const globals = (team && dialect.globals?.(asked)) ?? []
    if (pings.length + globals.length > MOST_PINGS)
      throw new DialectError(
        413,
        `there are ${pings.length + globals.length} in it; at most ${MOST_PINGS} are taken at once`,
      )
    const known = team && globals.length > 0 ? await intake.tellGlobals(team, globals) : 0
    const taken: (Taken | Refusal)[] = []
    for (const told of pings) {
      const found =
        'key' in who ? await jobOf(request.ip, team as PingTeam, told, name) : { ...who, name, created: false }
      if (isRefusal(found)) taken.push(found)
      else taken.push({ told, found, note: team ? await hold(team, told, found) : null })
      if (team && told.stops && !isRefusal(found)) await intake.tellHold(team, found.jobId, told.stops)
    }
    const seen = new Set<string>()
    const isFirst = ({ found }: Taken) => !seen.has(found.jobId) && seen.add(found.jobId) !== undefined
    // All at once, those of a job in their order: they are committed together with others.
    const answers = await Promise.all(
      taken.map((t) => (isRefusal(t) ? t : intake.keep(t.found, givenPing(t.told, t.note), request, isFirst(t)))),
    )
    const refusals = answers.filter(isRefusal)
    const again = refusals.find(({ status }) => status === 429 || status === 503)
    const [first] = refusals
    if (again) return refuse(request, reply, again)
    const kept = known + pings.length - refusals.length
    if (!first) return send(reply, dialect.accepted(asked, kept))
    if (!dialect.partly) return refuse(request, reply, first)
    return send(
      reply,
      dialect.partly(
        asked,
        kept,
        refusals.map(({ words }) => words),
      ),
    )
  }

  const jobOf = async (ip: string, team: PingTeam, { origin, slug = '', make }: ToldPing, name: string) => {
    const imported = origin && (await intake.importedJob(team, origin))
    if (imported) return { jobId: imported, name, created: false }
    if (!slug) return { status: 400, words: 'the name of a job has neither letters of a to z nor digits' }
    // A log names many jobs that are not ours: who sends it guesses nothing.
    const found = await intake.jobOf(ip, team, slug, name, make ?? null, !dialect.partly)
    return isRefusal(found) ? { ...found, words: wordsOf(found.status, slug, team) } : found
  }

  /** What its sender says of the job is not worth a ping: where it cannot be held to it, the run says why. */
  const hold = async (team: PingTeam, { hold: to }: ToldPing, { jobId, created }: Found): Promise<string | null> => {
    if (!to || created) return null
    try {
      await intake.holdTo(team, jobId, to)
      return null
    } catch (error) {
      if (!(error instanceof AppError) || errorCodes[error.code].status >= 500) throw error
      return `The schedule that came with it cannot be used. ${error.message}`
    }
  }

  await http.register(async (scope) => {
    readBytes(scope, dialect.mostBytes)
    scope.addHook('onRequest', async (request, reply) => {
      takeAsBytes(request)
      reply.header('cache-control', 'no-store')
      const full = intake.overload()
      if (full) await refuse(request, reply, full)
    })
    scope.setErrorHandler(async (error, request, reply) => {
      if (error instanceof DialectError) return refuse(request, reply, { status: error.status, words: error.message })
      const { code, message, retryAfterSeconds } = asAppError(error)
      const { status } = errorCodes[code]
      if (status >= 500) request.log.error({ err: error, id: request.id }, 'a ping could not be taken')
      return refuse(request, reply, { status, words: message, ...(retryAfterSeconds ? { retryAfterSeconds } : {}) })
    })
    for (const url of dialect.paths)
      scope.route({
        method: [...dialect.methods],
        url,
        bodyLimit: dialect.mostBytes,
        exposeHeadRoute: false,
        handler: take,
      })
  })
}

const wordsOf = (status: number, slug: string, team: PingTeam): string =>
  status === 409
    ? `several jobs of ${team.name} have the slug ${slug}; give each its own`
    : `no job of ${team.name} has the slug ${slug}; add it, or give this slug to one that is there`

const listsOf = (query: Record<string, string | string[]>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value].flat()]))

const givenPing = (told: ToldPing, note: string | null): GivenPing => {
  const output = plainText(told.text, keptOutputBytes)
  return {
    kind: told.kind,
    exit: told.exit ?? null,
    rid: told.run === undefined ? null : uuidOf(told.run),
    givenId: told.id === undefined ? null : uuidOf(told.id),
    at: told.at ?? null,
    sent: null,
    tookMs: told.tookMs ?? null,
    host: plainText(told.host, 200),
    output,
    head: null,
    outputBytes: told.text ? Buffer.byteLength(told.text) : 0,
    cpuMs: null,
    peakKb: null,
    volumes: told.volumes ?? null,
    note: plainText([told.note, note].filter(Boolean).join(' '), 500),
  }
}
