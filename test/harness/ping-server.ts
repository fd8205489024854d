import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export type ReceivedPing = {
  job: string
  act: string
  rid: string
  id: string
  at: Temporal.Instant
  cpuMs: number | null
  peakKb: number | null
  body: Buffer
}

const amount = (given: string | null) => (given === null ? null : Number(given))

/**
 * Stands for a Watchfloor that takes pings: keeps what comes, and can go away and come back at the same port. `jobs` are
 * what it knows by slug, and may be asked for with a key.
 */
export const startPingServer = async (jobs: Record<string, string> = {}) => {
  const pings: ReceivedPing[] = []
  let server: Server
  let port = 0
  const take = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://x')
    const body = await buffer(request)
    if (url.pathname === '/api/jobs') {
      const items = Object.entries(jobs).map(([slug, id]) => ({ id, slug, name: `The ${slug}` }))
      response.writeHead(request.headers.authorization ? 200 : 401).end(JSON.stringify({ items, next: null }))
      return
    }
    const [, , job = '', act = ''] = url.pathname.split('/')
    if (job.startsWith('0000')) return void response.writeHead(404).end('not found')
    const query = url.searchParams
    pings.push({
      job,
      act,
      rid: query.get('rid') ?? '',
      id: query.get('id') ?? '',
      at: Temporal.Instant.from(query.get('at') ?? ''),
      cpuMs: amount(query.get('cpu_ms')),
      peakKb: amount(query.get('peak_kb')),
      body,
    })
    response.end('OK')
  })
  const listen = () =>
    new Promise<void>((resolve) => {
      server = take.listen(port, '127.0.0.1', () => {
        port = (server.address() as AddressInfo).port
        resolve()
      })
    })
  await listen()
  return {
    url: `http://127.0.0.1:${port}`,
    pings,
    comeBack: listen,
    goAway: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
