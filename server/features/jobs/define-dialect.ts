import { createHash } from 'node:crypto'
import { isUuid } from './ping-action.ts'
import type { HeldTo, NewJob, Origin, ToldGlobal, ToldHold } from './ping-desk.ts'
import type { Volumes } from './volumes.ts'

/** A request that cannot be taken as it is. The message is a sentence for its sender: what is wrong, and the remedy. */
export class DialectError extends Error {
  readonly status: number
  constructor(status: number, words: string) {
    super(words)
    this.status = status
  }
}

/** What of a request a dialect reads. Header names are in small letters, values of the query in their order. */
export type Asked = {
  method: string
  params: Record<string, string>
  query: Record<string, string[]>
  headers: Record<string, string>
  /** As the sender says; that header is not among the others. */
  contentType: string
  body: Buffer
}

/** Whose pings a request brings: of one job that is known by its token, or of jobs of the team that has the key. */
export type Who = { jobId: string } | { key: string }

/** One ping as its sender tells it. What is left out was not said. */
export type ToldPing = {
  /** The job, where a key says the team: the one that was imported so, else the one with that slug. */
  origin?: Origin
  slug?: string
  kind: 'start' | 'success' | 'fail' | 'log'
  /** Left out where it is none of 0 to 255. */
  exit?: number
  /** The run, and this ping itself, so that it counts once: any text. */
  run?: string
  id?: string
  /** When it happened: epoch milliseconds. */
  at?: number
  /** How long the run took that it ends. */
  tookMs?: number
  host?: string
  /** Kept as the output of the run. */
  text?: string
  /** What the run says it has worked through, where the text is no plain `rows=12345`. */
  volumes?: Volumes
  note?: string
  /** What a job is made where there is none. */
  make?: NewJob
  /** What the job is held to, from now on. */
  hold?: HeldTo
  /** Whether its scheduler starts it, from now on. */
  stops?: ToldHold
}

export type WireAnswer = { status: number; type: string; body: string | Uint8Array }

export type Sample = {
  name: string
  /** `{token}`, `{key}` and `{slug}` stand for those of the job. */
  request: { method?: string; path: string; headers?: Record<string, string>; body?: string | Uint8Array }
  pings: ToldPing[]
}

/** How another product takes heartbeats: its senders are told another host and key, and nothing else. */
export type PingDialect = {
  /** The same as the file's name. */
  kind: string
  title: string
  help: string
  /** Text to copy, in which `{url}`, `{token}`, `{key}` and `{slug}` stand for our address and those of the job. */
  setup: string
  methods: readonly ('GET' | 'HEAD' | 'POST' | 'PUT')[]
  paths: readonly string[]
  mostBytes: number
  /** Whose it is, before anything else is read of it. The body is as it was sent. Throws DialectError. */
  who(asked: Asked): Who
  /** Pure. The body is unpacked. Throws DialectError. */
  read(asked: Asked): ToldPing[]
  /** Variables that are told beside them. Pure. */
  globals?(asked: Asked): ToldGlobal[]
  accepted(asked: Asked, kept: number): WireAnswer
  /** Where several pings come at once: `problems` has a sentence for each that was not taken. */
  partly?(asked: Asked, kept: number, problems: string[]): WireAnswer
  /** 401: the key is nobody's; 404: no such job; 409: several; 429 and 503: come again; 400 and 413: it cannot be read. */
  refused(asked: Asked, status: number, words: string): WireAnswer
  /** What a sender with a token or key of nobody is answered. */
  wrongKey: { status: number; body: string }
  /** What a tool really sends, with what it must be read as: tried by a test through HTTP. */
  samples: Sample[]
}

export const defineDialect = (dialect: PingDialect): PingDialect => dialect

export const isDialect = (value: unknown): value is PingDialect =>
  typeof value === 'object' && value !== null && 'who' in value && 'refused' in value

export const json = (status: number, body: object): WireAnswer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(body),
})
export const plain = (status: number, body: string): WireAnswer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body,
})

/** The first value of a name in the query; undefined for none and for an empty one. */
export const asked = ({ query }: Pick<Asked, 'query'>, name: string): string | undefined =>
  query[name]?.[0] || undefined

const TOKEN = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/i

/** The id without its dashes, where a token must be letters and digits; also with them. */
export const jobOfToken = (token: string): Who => {
  const id = isUuid(token) ? token : token.replace(TOKEN, '$1-$2-$3-$4-$5')
  if (!isUuid(id)) throw new DialectError(404, 'not found')
  return { jobId: id.toLowerCase() }
}

export const bearerOf = ({ headers }: Asked): Who => {
  const [, key] = /^Bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? '') ?? []
  if (!key) throw new DialectError(401, 'send the ping key of the team as "Authorization: Bearer …"')
  return { key }
}

/** What another product calls a job, as a slug; empty where nothing of it can be one. */
export const slugOf = (name: string): string =>
  name
    .slice(0, 200)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 100)

/** What a sender calls a run, as a UUID: itself where it is one, else always the same one. */
export const uuidOf = (name: string): string => {
  const bare = name.replace(TOKEN, '$1-$2-$3-$4-$5').toLowerCase()
  if (isUuid(bare)) return bare
  const hash = createHash('sha256').update(name).digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}

const YEAR_MS = 366 * 86_400_000

/** Whole milliseconds of a duration that a run can have had. */
export const tookOf = (ms: number): { tookMs: number } | undefined =>
  Number.isFinite(ms) && ms >= 0 && ms <= YEAR_MS ? { tookMs: Math.round(ms) } : undefined

/** An exit status that a process can have had. */
export const exitOf = (status: string | number | undefined): { exit: number } | undefined => {
  const exit = typeof status === 'string' && /^\d{1,3}$/.test(status) ? Number(status) : status
  return typeof exit === 'number' && Number.isInteger(exit) && exit >= 0 && exit <= 255 ? { exit } : undefined
}

export const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}

export const parseJson = (text: string, what: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new DialectError(400, `${what} is not JSON that can be read`)
  }
}
