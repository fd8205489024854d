import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createTcp, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { usualMs } from './usual.ts'

/** How a target misbehaves: it answers with an error, slowly, or by cutting the line. */
export type Fault = { kind: 'error'; status: number; words: string } | { kind: 'slow'; ms: number } | { kind: 'cut' }

/** Small servers that stand for the firm's: each path is a thing that can be broken on cue. */
export const startTargets = async (wanted: { http: number; tcp: number }) => {
  const faults = new Map<string, Fault>()
  const sockets = new Set<Socket>()
  const http = createServer(async (request, response) => {
    const name = (request.url ?? '/').slice(1)
    const fault = faults.get(name)
    if (fault?.kind === 'cut') return request.socket.destroy()
    await pause(usualMs(name, Date.now()) * (0.85 + Math.random() * 0.3) + (fault?.kind === 'slow' ? fault.ms : 0))
    if (fault?.kind === 'error') response.writeHead(fault.status, { 'content-type': 'text/plain' }).end(fault.words)
    else response.writeHead(200, { 'content-type': 'text/plain' }).end('ok\n')
  })
  const tcp = createTcp((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket))
  })
  http.listen(wanted.http, '127.0.0.1')
  await once(http, 'listening')
  tcp.listen(wanted.tcp, '127.0.0.1')
  await once(tcp, 'listening')
  const portOf = (server: { address(): unknown }) => (server.address() as { port: number }).port
  return {
    ports: { http: portOf(http), tcp: portOf(tcp) },
    break: (name: string, fault: Fault) => void faults.set(name, fault),
    heal: (name: string) => void faults.delete(name),
    broken: () => [...faults.keys()],
    async stop() {
      http.closeAllConnections()
      for (const socket of sockets) socket.destroy()
      await Promise.all([http, tcp].map((s) => new Promise((resolve) => s.close(resolve))))
    },
  }
}
export type Targets = Awaited<ReturnType<typeof startTargets>>
