import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TLSSocket } from 'node:tls'

/** Real servers on the loopback that behave as badly as a test wants. Each is stopped by `stopServers`. */
export type TestServer = { port: number; url: string; connections: () => number; open: () => number }

const running: (() => Promise<unknown>)[] = []

export const stopServers = async (): Promise<void> => {
  await Promise.all(running.splice(0).map((stop) => stop()))
}

export const onStop = (stop: () => Promise<unknown>): void => {
  running.push(stop)
}

const start = async (server: Server, scheme: string): Promise<TestServer> => {
  const sockets = new Set<Socket>()
  let connections = 0
  server.on('connection', (socket: Socket) => {
    connections++
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onStop(() => {
    for (const socket of sockets) socket.destroy()
    return new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  return { port, url: `${scheme}://127.0.0.1:${port}`, connections: () => connections, open: () => sockets.size }
}

export const tcpServer = (serve: (socket: Socket) => void): Promise<TestServer> => start(createServer(serve), 'tcp')

/** Calls `answer` with each request's text once its headers are complete. */
export const httpServer = (answer: (socket: Socket, request: string) => void): Promise<TestServer> =>
  start(
    createServer((socket) => onRequest(socket, answer)),
    'http',
  )

/** Answers every request with these bytes and closes. */
export const saying = (head: string, body: string | Uint8Array = ''): Promise<TestServer> =>
  httpServer((socket) => answer(socket, head, body))

/** Writes `HTTP/1.1 200 OK`-like lines, a blank line and the body, and closes. */
export const answer = (socket: Socket, head: string, body: string | Uint8Array = ''): void => {
  socket.write(`HTTP/1.1 ${head.split('\n').join('\r\n')}\r\nConnection: close\r\n\r\n`)
  socket.end(body)
}

const onRequest = (socket: Socket, answer: (socket: Socket, request: string) => void) => {
  let request = ''
  socket.on('data', (chunk: Buffer) => {
    const before = request.includes('\r\n\r\n')
    request += chunk.toString('latin1')
    if (!before && request.includes('\r\n\r\n')) setImmediate(() => answer(socket, request))
  })
}

type CertificateName = 'good' | 'expired' | 'other' | 'self-signed'

const pem = (name: string) => readFileSync(new URL(`./certificates/${name}.pem`, import.meta.url), 'utf8')

/** The authority that issued the certificates of `tlsServer`. */
export const testAuthority = (): string => pem('ca')

/** `names` collects the server names that clients asked for. */
export const tlsServer = async (
  name: CertificateName,
  serve: (socket: TLSSocket, request: string) => void = (socket) => answer(socket, '200 OK', 'secret'),
): Promise<TestServer & { names: (string | false | null)[] }> => {
  const names: (string | false | null)[] = []
  const server = createTlsServer({ cert: pem(name), key: pem('key') }, (socket) => {
    names.push(socket.servername)
    socket.on('error', () => undefined)
    onRequest(socket, (_socket, request) => serve(socket, request))
  })
  return { ...(await start(server, 'https')), names }
}
