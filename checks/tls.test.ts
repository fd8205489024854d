import { afterEach, describe, expect, it } from 'vitest'
import { createNet } from '../server/platform/net/index.ts'
import { lookWith } from './testing/look.ts'
import { stopServers, tcpServer, testAuthority, tlsServer } from './testing/servers.ts'
import { tls } from './tls.ts'

afterEach(stopServers)

/** A busy machine may take its time. */
const patient = { timeout: 5_000 }

const look = lookWith(createNet({ allowPrivate: true, ca: [testAuthority()] }))
const at = (port: number) => ({ host: '127.0.0.1', port })

describe('a look at a certificate', () => {
  it('shows name, issuer, end and protocol', async () => {
    const server = await tlsServer('good')
    const result = await look(tls, at(server.port))
    expect(result).toMatchObject({ outcome: 'ok', message: 'the certificate ends in 36096 days' })
    expect(result.facts).toEqual([
      { label: 'Certificate', value: 'orders.example.com, localhost, 127.0.0.1, 0:0:0:0:0:0:0:1', ok: true },
      { label: 'Issuer', value: 'Watchfloor tests, Test authority', ok: true },
      { label: 'Valid until', value: '2125-01-01T00:00:00Z, 36096 days left', ok: true },
      { label: 'Protocol', value: 'TLSv1.3' },
      { label: 'Address', value: '127.0.0.1' },
    ])
    await expect.poll(server.open, patient).toBe(0)
  })

  it.each([
    ['2124-12-01T00:00:00Z', 'ok', 'ok', 'the certificate ends in 31 days'],
    ['2124-12-20T00:00:00Z', 'degraded', 'cert_ends_soon', 'the certificate ends in 12 days'],
    ['2124-12-30T00:00:00Z', 'failed', 'cert_ends_soon', 'the certificate ends in 2 days'],
    ['2124-12-31T12:00:00Z', 'failed', 'cert_ends_soon', 'the certificate ends today'],
    ['2125-01-01T00:00:00Z', 'failed', 'cert_expired', 'the certificate ends today'],
    ['2125-01-03T00:00:00Z', 'failed', 'cert_expired', 'the certificate ended 2 days ago'],
    [
      '2024-12-31T00:00:00Z',
      'failed',
      'cert_not_yet_valid',
      'the certificate is not valid before 2025-01-01T00:00:00Z',
    ],
  ])('at %s is %s', async (now, outcome, code, message) => {
    const server = await tlsServer('good')
    expect(await look(tls, at(server.port), { now })).toMatchObject({ outcome, code, message })
  })

  it.each([
    ['expired', {}, 'cert_expired'],
    ['expired', { checkChain: false }, 'cert_expired'],
    ['other', {}, 'cert_host'],
    ['other', { servername: 'other.example.com' }, 'ok'],
    ['self-signed', {}, 'cert_untrusted'],
    ['self-signed', { checkChain: false }, 'ok'],
    ['good', { servername: 'www.example.com' }, 'cert_host'],
  ] as const)('that is %s, with %o, is %s', async (name, config, code) => {
    const server = await tlsServer(name)
    expect(await look(tls, { ...at(server.port), ...config })).toMatchObject({
      code,
      outcome: code === 'ok' ? 'ok' : 'failed',
    })
  })

  it('asks for the name that it was told', async () => {
    const server = await tlsServer('other')
    await look(tls, { ...at(server.port), servername: 'other.example.com' })
    await expect.poll(() => server.names, patient).toEqual(['other.example.com'])
  })

  it('fails where there is no TLS', async () => {
    const server = await tcpServer((socket) => socket.end('220 mail.example.com ESMTP\r\n'))
    expect(await look(tls, at(server.port))).toMatchObject({
      outcome: 'failed',
      code: 'tls',
      message: expect.stringContaining('not in TLS'),
    })
  })
})
