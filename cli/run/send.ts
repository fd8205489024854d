import { hostname } from 'node:os'
import { apiKey, serverUrl } from '../settings.ts'
import { isUuid, type Ping } from './record.ts'

/**
 * `later`: try again; `wholeServer` says that others would fare the same at present. `never`: it will not take this one,
 * whenever it is asked.
 */
export type Sent =
  | { result: 'delivered' }
  | { result: 'later'; why: string; wholeServer: boolean }
  | { result: 'never'; why: string }

const PATIENCE_MS = 10_000
/** A long output over a slow line: 100 kB a second. */
const patienceFor = (bytes: number): number => Math.round(PATIENCE_MS + bytes / 100)

const away = (why: string, wholeServer = true): Sent => ({ result: 'later', why, wholeServer })
const reasonOf = (error: unknown): string => {
  const { cause, message } = error as Error & { cause?: { code?: string } }
  return cause?.code ?? message
}

/** Sends one ping. Jobs that are named by slug or name are looked up with the API key. */
export const send = async (ping: Ping): Promise<Sent> => {
  const server = (ping.url ?? serverUrl()).replace(/\/+$/, '')
  const job = isUuid(ping.job) ? ping.job : await lookUp(server, ping.job)
  if (typeof job !== 'string') return job
  const query = new URLSearchParams({
    rid: ping.run,
    id: ping.id,
    at: new Date(ping.at).toISOString(),
    // By what it makes of these two, the server puts a wrong clock right.
    sent: new Date().toISOString(),
    host: hostname(),
    ...(ping.cpuMs === null ? {} : { cpu_ms: String(ping.cpuMs) }),
    ...(ping.peakKb === null ? {} : { peak_kb: String(ping.peakKb) }),
  })
  const act = ping.kind === 'finish' ? String(ping.status) : ping.kind
  try {
    const answer = await fetch(`${server}/ping/${job}/${act}?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', 'user-agent': 'watchfloor-run' },
      body: new Uint8Array(ping.output),
      signal: AbortSignal.timeout(patienceFor(ping.output.length)),
      redirect: 'error',
    })
    const words = (await answer.text()).slice(0, 300)
    if (answer.ok) return { result: 'delivered' }
    // The id was looked up before the job was deleted and made again.
    if (answer.status === 404 && known.delete(`${server} ${ping.job}`)) return send(ping)
    if (answer.status === 404)
      return { result: 'never', why: `${server} knows no job ${ping.job}. Its page shows its id.` }
    if (answer.status === 400 || answer.status === 413)
      return { result: 'never', why: `${server} refused it: ${words}` }
    return away(`${server} answered ${answer.status}: ${words}`, answer.status !== 429)
  } catch (error) {
    return away(`${server} cannot be reached (${reasonOf(error)}).`)
  }
}

const known = new Map<string, string>()

/** The id of a job by its slug, else by its name. */
const lookUp = async (server: string, job: string): Promise<string | Sent> => {
  const remembered = known.get(`${server} ${job}`)
  if (remembered) return remembered
  const key = apiKey()
  if (!key)
    return away(
      `${job} is no id (a uuid), and to look it up a key is needed: set WATCHFLOOR_API_KEY or write it into the config file.`,
      false,
    )
  type Page = { items: { id: string; slug: string; name: string }[]; next: string | null }
  let cursor: string | null = null
  let byName: string | undefined
  do {
    const query = new URLSearchParams({ limit: '200', ...(cursor ? { cursor } : {}) })
    let page: Page
    try {
      const answer: Response = await fetch(`${server}/api/jobs?${query}`, {
        headers: { authorization: `Bearer ${key}` },
        signal: AbortSignal.timeout(PATIENCE_MS),
        redirect: 'error',
      })
      if (!answer.ok)
        return away(`${server} answered ${answer.status} when ${job} was looked up.`, answer.status >= 500)
      page = (await answer.json()) as Page
    } catch (error) {
      return away(`${server} cannot be reached (${reasonOf(error)}).`)
    }
    const found = page.items.find((j) => j.slug === job)
    byName ??= page.items.find((j) => j.name === job)?.id
    const id = found?.id ?? (page.next ? undefined : byName)
    if (id) {
      known.set(`${server} ${job}`, id)
      return id
    }
    cursor = page.next
  } while (cursor)
  return { result: 'never', why: `${server} knows no job with the slug or name ${job}.` }
}
