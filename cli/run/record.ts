import { uptime } from 'node:os'

/**
 * A ping that waits for its delivery, as it stands in the spool: lines of `name value`, an empty line, then the end of
 * the output as bytes. So simple because supervise.pl writes it as well.
 */
export type Ping = {
  /** log: something about a run, which changes nothing. */
  kind: 'start' | 'log' | 'finish'
  /** Makes that a ping which arrives twice counts once. */
  id: string
  run: string
  /** As it was given: the id of a job, its slug or its name. */
  job: string
  /** Epoch milliseconds, by the clock of this machine. */
  at: number
  /** The server, when the run named one. */
  url: string | null
  status: number | null
  /** Of an end: the processor time that the command took, and the most memory that one of its processes held. */
  cpuMs: number | null
  peakKb: number | null
  output: Buffer
}

/** How much of the end of the output is kept, as the server takes it unless told otherwise. */
export const keptBytes = (): number => {
  const megabytes = Number(process.env.WATCHFLOOR_OUTPUT_MB)
  return megabytes > 0 && megabytes <= 100 ? Math.round(megabytes * 1e6) : 5_000_000
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
export const isUuid = (given: string): boolean => uuid.test(given)

export const formatPing = (ping: Ping): Buffer => {
  const lines = [
    'watchfloor 1',
    `kind ${ping.kind}`,
    `id ${ping.id}`,
    `run ${ping.run}`,
    `job ${ping.job.replaceAll(/[\r\n]/g, ' ')}`,
    `at ${ping.at / 1000}`,
    ...(ping.url ? [`url ${ping.url}`] : []),
    ...(ping.status === null ? [] : [`status ${ping.status}`]),
    ...(ping.cpuMs === null ? [] : [`cpu_ms ${ping.cpuMs}`]),
    ...(ping.peakKb === null ? [] : [`peak_kb ${ping.peakKb}`]),
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\n')}\n\n`), ping.output])
}

let booted: number | undefined

/**
 * supervise.pl knows whole seconds only; how long this machine had been running then knows the rest. When it began to
 * is read once: it is known to hundredths, and another reading could put an end before its start.
 */
const timeOf = (at: number, up: number): number => {
  booted ??= Date.now() - uptime() * 1000
  const exact = Math.round(booted + up * 1000)
  return Math.abs(exact - at) < 2_000 ? exact : at
}

const orders = { start: '1start', log: '2log', finish: '3finish' } as const
const isKind = (given: string | undefined): given is Ping['kind'] => given !== undefined && Object.hasOwn(orders, given)

/** Null for what is no ping, such as a file that somebody else put there. */
export const parsePing = (bytes: Buffer): Ping | null => {
  const end = bytes.indexOf('\n\n')
  if (end < 0 || end > 10_000) return null
  const fields = new Map(
    bytes
      .subarray(0, end)
      .toString('utf8')
      .split('\n')
      .map((l) => [l.slice(0, l.indexOf(' ')), l.slice(l.indexOf(' ') + 1)]),
  )
  const kind = fields.get('kind')
  const id = fields.get('id') ?? ''
  const run = fields.get('run') ?? ''
  const job = fields.get('job') ?? ''
  const at = timeOf(Number(fields.get('at')) * 1000, Number(fields.get('up') || Number.NaN))
  const amount = (name: string) => (/^\d{1,15}$/.test(fields.get(name) ?? '') ? Number(fields.get(name)) : null)
  const [cpuMs, peakKb] = [amount('cpu_ms'), amount('peak_kb')]
  const status = kind === 'finish' ? Number(fields.get('status')) : null
  if (fields.get('watchfloor') !== '1' || !isKind(kind)) return null
  if (!isUuid(id) || !isUuid(run) || job === '' || !(at > 0 && at < 8.64e15)) return null
  if (status !== null && !(status >= 0 && status <= 255)) return null
  return {
    kind,
    id,
    run,
    job,
    at,
    url: fields.get('url') ?? null,
    status,
    cpuMs,
    peakKb,
    output: bytes.subarray(end + 2),
  }
}

/** In the order of time, and within a run the start before the end. */
export const nameOf = (ping: Pick<Ping, 'at' | 'run' | 'kind' | 'id'>): string => {
  const order = `${orders[ping.kind]}${ping.kind === 'log' ? `-${ping.id.slice(0, 8)}` : ''}`
  return `${String(Math.floor(ping.at / 1000)).padStart(12, '0')}-${ping.run}-${order}.ping`
}

/** The run that a file of the spool is about. */
export const runOf = (name: string): string => name.slice(13, 49)
