import { connect, createServer, type Socket } from 'node:net'
import { revivable } from './revivable.ts'

export type Wire = {
  /** The server's address by way of the wire. */
  url: string
  /** Breaks every connection and refuses new ones. */
  cut(): Promise<void>
  restore(): Promise<void>
  /** Takes connections and passes nothing on: a server that is there and does not answer. */
  hold(): void
  letGo(): void
  stop(): Promise<void>
}

/** Connects to the server that an address names: a port, or the embedded one's socket, which stands in its query. */
export const dialer = (url: URL): (() => Socket) => {
  const folder = url.searchParams.get('host')
  const socket = folder ? `${folder}/.s.PGSQL.${url.searchParams.get('port') ?? '5432'}` : null
  const [host, port] = [url.hostname, Number(url.port || 5432)]
  return () => (socket ? connect(socket) : connect(port, host))
}

/** A wire that can be cut, to a PostgreSQL server or to the program. */
export const wireTo = async (address: string): Promise<Wire> => {
  const url = new URL(address)
  const dial = dialer(url)
  const pairs = new Set<[Socket, Socket]>()
  let isHeld = false
  const server = createServer((client) => {
    const upstream = dial()
    const pair: [Socket, Socket] = [client, upstream]
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      client.destroy()
      upstream.destroy()
    }
    for (const socket of pair) socket.on('error', end).on('close', end)
    client.pipe(upstream).pipe(client)
    if (isHeld) for (const socket of pair) socket.pause()
  })
  const line = await revivable(server)
  url.hostname = '127.0.0.1'
  url.port = String(line.port)
  url.searchParams.delete('host')
  url.searchParams.delete('port')
  return {
    url: url.toString(),
    cut: line.kill,
    restore: line.revive,
    hold() {
      isHeld = true
      for (const pair of pairs) for (const socket of pair) socket.pause()
    },
    letGo() {
      isHeld = false
      for (const pair of pairs) for (const socket of pair) socket.resume()
    },
    stop: line.kill,
  }
}
