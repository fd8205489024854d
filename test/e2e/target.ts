import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Target = {
  address(path?: string): string
  /** What it answers from now on. */
  answer(status: number): void
  close(): void
}

/** Something to look at: a server that is ready, or says that it is not. */
export const startTarget = async (): Promise<Target> => {
  let status = 200
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', server: 'gw-edge/4.2' })
    response.end(JSON.stringify(status === 200 ? { status: 'ready', sessions: 188 } : { error: 'no session slots' }))
  })
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready))
  return {
    address: (path = '/health') => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    answer: (next) => {
      status = next
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
