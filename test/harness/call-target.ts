import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Heard = { method: string; url: string; headers: Record<string, unknown>; body: string }
export type Answer = (response: ServerResponse, heard: Heard) => void
export type CallTarget = Awaited<ReturnType<typeof startCallTarget>>

/** A server on the loopback that is called, hears everything whole, and answers as it is told. */
export const startCallTarget = async () => {
  const heard: Heard[] = []
  const target = { base: '', heard, answer: ((response) => void response.end('started')) as Answer, stop: () => {} }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method = '', url = '', headers } = request
    const one = { method, url, headers, body: Buffer.concat(chunks).toString() }
    heard.push(one)
    target.answer(response, one)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  target.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  target.stop = () => {
    server.closeAllConnections()
    server.close()
  }
  return target
}
