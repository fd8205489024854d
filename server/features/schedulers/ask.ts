import { type Net, NetError, type NetResponse } from '../../../checks/lib/net.ts'
import { SchedulerError } from './define-scheduler.ts'

const MOST_BYTES = 32_000_000
const MOST_WAIT_SECONDS = 3_600

export type Asked = {
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  /** Sent as JSON. */
  json?: unknown
  /** Statuses that are an answer as well, beside 200 to 299. */
  also?: readonly number[]
  /** So much longer than usual it may take. */
  extraMs?: number
}

/** An answer that was read as JSON, or in lines of JSON. `date` is the other clock, where it says so. */
export type Answered = { status: number; json: unknown; lines(): unknown[]; date: number | null }

/** Asks for a path below the address of the scheduler. Throws SchedulerError with what is wrong and what to do. */
export type Ask = (path: string, asked?: Asked) => Promise<Answered>

type Way = {
  net: Net
  url: string
  ca?: string | undefined
  timeoutSeconds: number
  signal: AbortSignal
  headers: Record<string, string>
}

export const createAsk = ({ net, url, ca, timeoutSeconds, signal, headers }: Way): Ask => {
  const base = url.replace(/\/+$/, '')
  return async (path, { method = 'GET', headers: more = {}, json, also = [], extraMs = 0 } = {}) => {
    const answer = await net
      .request(`${base}${path}`, {
        method,
        headers: {
          'user-agent': 'Watchfloor',
          accept: 'application/json',
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
          ...more,
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutSeconds * 1000 + extraMs)]),
        maxBytes: MOST_BYTES,
        ca,
      })
      .catch((error: unknown) => {
        if (error instanceof NetError && !(error.own && error.code === 'aborted'))
          throw new SchedulerError(withoutQuery(error.message))
        throw error
      })
    return readAnswer(answer, path, also)
  }
}

const readAnswer = (answer: NetResponse, path: string, also: readonly number[]): Answered => {
  const { status } = answer
  const place = path.replace(/\?.*$/, '')
  const isFine = (status >= 200 && status < 300) || also.includes(status)
  if (!isFine) throw refused(answer, place)
  if (answer.truncated) throw new SchedulerError(`what ${place} answers is larger than ${MOST_BYTES / 1_000_000} MB`)
  const text = new TextDecoder().decode(answer.body)
  const parse = (part: string): unknown => {
    try {
      return unkept.test(part) ? JSON.parse(part, (_, value: unknown) => kept(value)) : JSON.parse(part)
    } catch {
      throw new SchedulerError(
        /^\s*</.test(text)
          ? `${place} answers a web page, not JSON: the address leads to a sign-in page, a proxy or another program`
          : `what ${place} answers is not JSON`,
      )
    }
  }
  const date = typeof answer.headers.date === 'string' ? Date.parse(answer.headers.date) : Number.NaN
  const lines = () =>
    text
      .split('\n')
      .filter((l) => l.trim() !== '')
      .map(parse)
  return {
    status,
    get json() {
      return status === 204 ? null : parse(text)
    },
    lines,
    date: Number.isFinite(date) ? date : null,
  }
}

/** NUL and halves of pairs, which PostgreSQL does not keep: one of them in a name, and nothing of the look would be kept. */
const unkept = /\\u(?:0000|d[89a-f])/i
const kept = (value: unknown): unknown =>
  typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\ufffd') : value

const refused = (answer: NetResponse, place: string): SchedulerError => {
  const { status, headers } = answer
  if (status >= 300 && status < 400) {
    const to = typeof headers.location === 'string' ? URL.parse(headers.location, answer.url) : null
    const where = to ? `${to.origin}${to.pathname}` : 'another address'
    return new SchedulerError(
      `${place} sends us on to ${where}, where we do not follow with a password; give that address, or one that needs no sign-in page`,
    )
  }
  if (status === 401)
    return new SchedulerError(
      `it answers 401 to ${place}: the token or the password is not accepted, or no longer; enter it anew`,
    )
  if (status === 403)
    return new SchedulerError(`it answers 403 to ${place}: its user may not read that; give it the right to`)
  if (status === 404) return new SchedulerError(`it answers 404 to ${place}: the address is not that of its API`)
  const wait = retryAfter(headers['retry-after'], headers.date)
  if (status === 429) return new SchedulerError('it answers 429: it is asked more often than it allows', wait ?? 60)
  return new SchedulerError(`it answers ${status} to ${place}${saidIn(answer)}`, wait)
}

/** A few words of what it says itself. */
const saidIn = ({ body, headers }: NetResponse): string => {
  if (!/json|plain/.test(String(headers['content-type'] ?? ''))) return ''
  const said = new TextDecoder().decode(body.subarray(0, 2_000)).replace(/\s+/g, ' ').trim().slice(0, 120)
  return said ? `: ${said}` : ''
}

/** Seconds, or a date by the other clock. */
const retryAfter = (said: string | string[] | undefined, date: string | string[] | undefined): number | null => {
  if (typeof said !== 'string') return null
  const seconds = /^\d+$/.test(said.trim()) ? Number(said) : (Date.parse(said) - Date.parse(String(date))) / 1000
  return Number.isFinite(seconds) ? Math.min(MOST_WAIT_SECONDS, Math.max(1, Math.ceil(seconds))) : null
}

/** What stands in a query may be a secret. */
const withoutQuery = (message: string): string => message.replace(/\?[^\s"]*/g, '')
