import { createECDH, randomBytes } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import ece from 'http_ece'

export type Pushed = { headers: IncomingHttpHeaders; body: Buffer }
export type Shown = { title: string; body: string; url: string; tag: string; stays: boolean }

/** A push service of the loopback with one browser that is subscribed there: what it was handed, and what that browser reads. */
export const startPushService = async () => {
  const browser = createECDH('prime256v1')
  browser.generateKeys()
  const auth = randomBytes(16).toString('base64url')
  const got: Pushed[] = []
  const behaviour: { status: number; headers: Record<string, string> } = { status: 201, headers: {} }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    got.push({ headers: request.headers, body: Buffer.concat(chunks) })
    response.writeHead(behaviour.status, behaviour.headers).end()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    got,
    behaviour,
    subscription: {
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/send/of-aiko`,
      p256dh: browser.getPublicKey('base64url'),
      auth,
    },
    /** What the browser reads of the nth message (RFC 8291). */
    read: (n = 0): Shown => {
      const body = got[n]?.body ?? Buffer.alloc(0)
      return JSON.parse(ece.decrypt(body, { version: 'aes128gcm', privateKey: browser, authSecret: auth }).toString())
    },
    stop: () =>
      new Promise<void>((closed) => {
        server.closeAllConnections()
        server.close(() => closed())
      }),
  }
}
