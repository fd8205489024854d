import type { AddressInfo, Server, Socket } from 'node:net'

/** A loopback listener that can die and come back at the same port. */
export type Revivable = {
  port: number
  /** Closes the listening socket and every connection. */
  kill(): Promise<void>
  /** Listens again at the same port. */
  revive(): Promise<void>
  /** Ends every open connection but goes on listening. */
  dropConnections(): void
  isUp(): boolean
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })

const REVIVE_WITHIN_MS = 3000

export const revivable = async (server: Server, port = 0): Promise<Revivable> => {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => sockets.delete(socket))
  })
  const dropConnections = () => {
    for (const socket of sockets) socket.destroy()
  }
  const own = await listen(server, port)
  return {
    port: own,
    dropConnections,
    isUp: () => server.listening,
    async kill() {
      if (!server.listening) return
      const closed = new Promise((resolve) => server.close(resolve))
      dropConnections()
      await closed
    },
    async revive() {
      if (server.listening) return
      const start = performance.now()
      // While it was away, the port may have served as somebody's outgoing port for a moment.
      for (;;) {
        try {
          await listen(server, own)
          return
        } catch (error) {
          if (performance.now() - start > REVIVE_WITHIN_MS) throw error
          await new Promise((resolve) => setTimeout(resolve, 50))
        }
      }
    },
  }
}
