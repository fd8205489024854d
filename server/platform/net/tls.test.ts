import { afterEach, describe, expect, it } from 'vitest'
import { answer, stopServers, tcpServer, testAuthority, tlsServer } from '../../../checks/testing/servers.ts'
import { createNet } from './index.ts'

afterEach(stopServers)

/** A busy machine may take its time. */
const patient = { timeout: 5_000 }

const soon = () => AbortSignal.timeout(5_000)
const net = createNet({ allowPrivate: true, ca: [testAuthority()], resolver: async () => ['127.0.0.1'] })
const at = (port: number, host = 'orders.example.com') => `https://${host}:${port}/`

describe('TLS', () => {
  it('keeps the name, though an address is dialled, and shows the certificate', async () => {
    const server = await tlsServer('good')
    const response = await net.request(at(server.port), { signal: soon() })
    expect(server.names).toEqual(['orders.example.com'])
    expect(response.certificate).toMatchObject({
      subject: 'orders.example.com',
      issuer: 'Watchfloor tests, Test authority',
      names: ['orders.example.com', 'localhost', '127.0.0.1', '0:0:0:0:0:0:0:1'],
      matchesHost: true,
    })
    expect(response.certificate?.validTo.toString()).toBe('2125-01-01T00:00:00Z')
    expect(Object.keys(response.timings)).toEqual(['name', 'connect', 'tls', 'firstByte', 'body'])
  })

  it('to an address checks the address on the certificate', async () => {
    const good = await tlsServer('good')
    expect(await net.request(good.url, { signal: soon() })).toMatchObject({ status: 200 })
    const other = await tlsServer('other')
    await expect(net.request(other.url, { signal: soon() })).rejects.toMatchObject({ code: 'cert_host' })
  })

  it.each([
    ['expired', 'cert_expired', 'expired at 2021-01-01T00:00:00Z'],
    ['other', 'cert_host', 'is for other.example.com'],
    ['self-signed', 'cert_untrusted', 'self-signed'],
  ] as const)('with a certificate that is %s is refused before anything is sent', async (name, code, says) => {
    let requests = 0
    const server = await tlsServer(name, (socket) => {
      requests++
      answer(socket, '200 OK')
    })
    const asking = net.request(at(server.port, name === 'self-signed' ? 'localhost' : undefined), { signal: soon() })
    await expect(asking).rejects.toMatchObject({
      code,
      own: false,
      phase: 'tls',
      message: expect.stringContaining(says),
      seen: { certificate: { subject: expect.any(String) } },
    })
    await expect.poll(server.open, patient).toBe(0)
    expect(requests).toBe(0)
  })

  it('of an authority that is named for this request alone is trusted for it', async () => {
    const server = await tlsServer('good')
    const bare = createNet({ allowPrivate: true, resolver: async () => ['127.0.0.1'] })
    const ca = testAuthority()
    expect(await bare.request(at(server.port), { signal: soon(), ca })).toMatchObject({ status: 200 })
    await expect(bare.request(at(server.port), { signal: soon() })).rejects.toMatchObject({ code: 'cert_untrusted' })
  })

  it('of an authority that nobody here knows is refused', async () => {
    const server = await tlsServer('good')
    const stranger = createNet({ allowPrivate: true, resolver: async () => ['127.0.0.1'] })
    await expect(stranger.request(at(server.port), { signal: soon() })).rejects.toMatchObject({
      code: 'cert_untrusted',
    })
  })

  it.each([
    ['expired', { chainProblem: 'CERT_HAS_EXPIRED', matchesHost: true }],
    ['other', { matchesHost: false }],
    ['self-signed', { matchesHost: false, chainProblem: 'DEPTH_ZERO_SELF_SIGNED_CERT' }],
  ] as const)('that is %s is accepted and reported where that is asked for', async (name, seen) => {
    const server = await tlsServer(name)
    const response = await net.request(at(server.port), { signal: soon(), trust: 'any' })
    expect(response).toMatchObject({ status: 200, certificate: seen })
  })

  it('on a port that speaks something else says so', async () => {
    const plain = await tcpServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')))
    await expect(net.request(at(plain.port), { signal: soon() })).rejects.toMatchObject({
      code: 'tls',
      message: expect.stringContaining('answers, but not in TLS'),
    })
    const talking = await tcpServer((socket) => socket.end('220 mail.example.com ESMTP\r\n'))
    await expect(net.request(at(talking.port), { signal: soon() })).rejects.toMatchObject({
      code: 'tls',
      message: expect.stringContaining('answers, but not in TLS'),
    })
  })

  it('that breaks off in the handshake, or is silent in it, says so', async () => {
    const closing = await tcpServer((socket) => socket.once('data', () => socket.end()))
    await expect(net.request(at(closing.port), { signal: soon() })).rejects.toMatchObject({
      code: 'reset',
      phase: 'tls',
    })
    const silent = await tcpServer((socket) => socket.resume())
    const asking = net.request(at(silent.port), { signal: AbortSignal.timeout(400) })
    await expect(asking).rejects.toMatchObject({ code: 'timeout', phase: 'tls', own: false })
    await expect.poll(silent.open, patient).toBe(0)
  })
})
