import { afterEach, describe, expect, it } from 'vitest'
import { createNet } from '../server/platform/net/index.ts'
import { tcp } from './tcp.ts'
import { lookWith, problemsOf } from './testing/look.ts'
import { stopServers, tcpServer } from './testing/servers.ts'

afterEach(stopServers)

/** A busy machine may take its time. */
const patient = { timeout: 5_000 }

const look = lookWith(createNet({ allowPrivate: true }))
const at = (port: number) => ({ host: '127.0.0.1', port })

describe('a look at a port', () => {
  it('is fine when it accepts, and leaves no connection open', async () => {
    const server = await tcpServer((socket) => socket.resume())
    const result = await look(tcp, at(server.port))
    expect(result).toMatchObject({
      outcome: 'ok',
      message: `127.0.0.1:${server.port} accepts connections`,
      facts: [
        { label: 'Port', ok: true },
        { label: 'Address', value: '127.0.0.1' },
      ],
    })
    expect(Object.keys(result.timings ?? {})).toEqual(['name', 'connect'])
    await expect.poll(server.open, patient).toBe(0)
  })

  it('fails when nothing listens', async () => {
    const server = await tcpServer(() => undefined)
    await stopServers()
    expect(await look(tcp, at(server.port))).toMatchObject({ outcome: 'failed', code: 'refused' })
  })

  it('sends and expects', async () => {
    const server = await tcpServer((socket) =>
      socket.on('data', (data) => socket.write(`${data}`.startsWith('PING\r\n') ? '+PO' : 'no')),
    )
    const echo = await tcpServer((socket) => socket.pipe(socket))
    expect(await look(tcp, { ...at(server.port), send: 'PING\\r\\n', expect: '+PO' })).toMatchObject({
      outcome: 'ok',
      message: expect.stringContaining('says "+PO"'),
    })
    expect(await look(tcp, { ...at(echo.port), send: '\\x01\\\\\\t', expect: '\\x01\\\\\\t' })).toMatchObject({
      outcome: 'ok',
    })
    await expect.poll(server.open, patient).toBe(0)
  })

  it('finds what comes in pieces', async () => {
    const server = await tcpServer((socket) => {
      socket.write('220 mail.exa')
      setTimeout(() => socket.write('mple.com ESMTP\r\n'), 20)
    })
    expect(await look(tcp, { ...at(server.port), expect: 'example.com' })).toMatchObject({ outcome: 'ok' })
  })

  it('fails when the other side says something else, or closes', async () => {
    const server = await tcpServer((socket) => socket.end('421 too busy\0'))
    const result = await look(tcp, { ...at(server.port), expect: '220' })
    expect(result).toMatchObject({
      outcome: 'failed',
      code: 'assertion',
      message: `127.0.0.1:${server.port} does not say "220"`,
    })
    expect(result.facts).toContainEqual({ label: 'Says', value: '421 too busy', ok: false })
    const silent = await tcpServer((socket) => socket.end())
    expect((await look(tcp, { ...at(silent.port), expect: '220' })).facts).toContainEqual({
      label: 'Says',
      value: 'nothing',
      ok: false,
    })
  })

  it('fails when the connection is reset', async () => {
    const server = await tcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()))
    expect(await look(tcp, { ...at(server.port), send: 'x', expect: 'y' })).toMatchObject({
      outcome: 'failed',
      code: 'reset',
    })
  })

  it('ends at its deadline when the answer drips, and after 64 kB when it floods', async () => {
    const dripping = await tcpServer((socket) => {
      const timer = setInterval(() => socket.write('.'), 10)
      socket.on('close', () => clearInterval(timer))
    })
    const late = await look(tcp, { ...at(dripping.port), expect: '!', timeoutSeconds: 0.5 })
    expect(late).toMatchObject({ outcome: 'failed', code: 'timeout' })
    expect(late.ms).toBeLessThan(2_500)
    const flooding = await tcpServer((socket) => {
      const pour = () => {
        while (!socket.destroyed && socket.write(Buffer.alloc(64 * 1024, 'x')));
      }
      socket.on('drain', pour)
      pour()
    })
    expect(await look(tcp, { ...at(flooding.port), expect: '!' })).toMatchObject({
      outcome: 'failed',
      code: 'assertion',
    })
    await expect.poll(() => dripping.open() + flooding.open(), patient).toBe(0)
  })

  it('never connects to a metadata address', async () => {
    for (const host of ['169.254.169.254', '::ffff:169.254.169.254', 'fe80::1', '224.0.0.1']) {
      expect(await look(tcp, { host, port: 80 })).toMatchObject({ outcome: 'failed', code: 'blocked_address' })
    }
  })
})

it.each([
  [{ host: 'http://db1', port: 1 }, 'host must be a host name'],
  [{ host: 'db1:5432', port: 1 }, 'host must be a host name'],
  [{ host: '', port: 1 }, 'host must be a host name'],
  [{ host: 'db1', port: 0 }, 'port must be 1 to 65535'],
  [{ host: 'db1', port: 65536 }, 'port must be 1 to 65535'],
])('the config %o is refused', (config, says) => {
  expect(problemsOf(tcp, config).join('\n')).toContain(says)
})
