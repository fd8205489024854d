import { connect as connectSocket, Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { answer, httpServer, saying, stopServers, tcpServer } from '../../../checks/testing/servers.ts'
import type { Connector } from './connect.ts'
import { createNet } from './index.ts'

afterEach(stopServers)

const soon = () => AbortSignal.timeout(5_000)

/** Answers each lookup with the next list, the last one for ever; keeps what was asked. */
const answering = (...lists: string[][]) => {
  const asked: string[] = []
  const resolver = async (name: string) => {
    asked.push(name)
    return lists[Math.min(asked.length, lists.length) - 1] ?? []
  }
  return { asked, resolver }
}

/** Keeps where it was told to connect to, and connects to the loopback instead. */
const divertedTo = () => {
  const dialled: string[][] = []
  const connector: Connector = ({ addresses, port }) => {
    dialled.push(addresses)
    return connectSocket({ host: '127.0.0.1', port })
  }
  return { dialled, connector }
}

/** A socket that fails as the operating system would say. */
const failing =
  (...codes: string[]): Connector =>
  () => {
    const errors = codes.map((code) => Object.assign(new Error(`connect ${code}`), { code }))
    const socket = new Socket()
    process.nextTick(() => socket.destroy(errors.length > 1 ? new AggregateError(errors) : errors[0]))
    return socket
  }

describe('a name that is bound anew', () => {
  it('between check and connection changes nothing: it is resolved once, and the checked address is used', async () => {
    const server = await saying('200 OK', 'ours')
    const { asked, resolver } = answering(['203.0.113.10'], ['169.254.169.254'])
    const { dialled, connector } = divertedTo()
    const net = createNet({ allowPrivate: true, resolver, connector })
    const response = await net.request(`http://rebind.example:${server.port}/`, { signal: soon() })
    expect(response).toMatchObject({ status: 200, address: '203.0.113.10' })
    expect(asked).toEqual(['rebind.example'])
    expect(dialled).toEqual([['203.0.113.10']])
  })

  it('between two hops or two looks is refused, and nothing is dialled', async () => {
    const server = await httpServer((socket) => answer(socket, '302 Found\nLocation: /next'))
    const { resolver } = answering(['203.0.113.10'], ['169.254.169.254'])
    const { dialled, connector } = divertedTo()
    const net = createNet({ allowPrivate: true, resolver, connector })
    const asking = net.request(`http://rebind.example:${server.port}/`, { signal: soon(), maxRedirects: 5 })
    await expect(asking).rejects.toMatchObject({ code: 'blocked_address' })
    expect(dialled).toEqual([['203.0.113.10']])
    await expect(net.connect({ host: 'rebind.example', port: 80, signal: soon() })).rejects.toMatchObject({
      code: 'blocked_address',
    })
    expect(dialled.length).toBe(1)
  })

  it('to several addresses of which one is forbidden is refused as a whole', async () => {
    const { dialled, connector } = divertedTo()
    const net = createNet({ allowPrivate: true, resolver: async () => ['203.0.113.10', 'fd00:ec2::254'], connector })
    await expect(net.request('http://two.example/', { signal: soon() })).rejects.toMatchObject({
      code: 'blocked_address',
    })
    expect(dialled).toEqual([])
  })
})

describe('the setting for private addresses', () => {
  const refused = ['127.0.0.1', '10.1.2.3', '192.168.0.1', '100.64.0.1', '::1', 'fd12::1', '::ffff:10.0.0.1']

  it.each(refused)('switched off, keeps us from %s, written out or behind a name', async (address) => {
    const { dialled, connector } = divertedTo()
    const net = createNet({ allowPrivate: false, resolver: async () => [address], connector })
    for (const host of [address, 'inside.example']) {
      await expect(net.connect({ host, port: 80, signal: soon() })).rejects.toMatchObject({
        code: 'blocked_address',
        own: true,
      })
    }
    expect(dialled).toEqual([])
  })

  it('switched off, lets us out to the public', async () => {
    const server = await saying('200 OK')
    const { dialled, connector } = divertedTo()
    const net = createNet({ allowPrivate: false, resolver: async () => ['93.184.215.14'], connector })
    expect(await net.request(`http://out.example:${server.port}/`, { signal: soon() })).toMatchObject({ status: 200 })
    expect(dialled).toEqual([['93.184.215.14']])
  })

  it('switched off, keeps a redirect from leading inside', async () => {
    const server = await saying('302 Found\nLocation: http://127.0.0.1:9/')
    const { dialled, connector } = divertedTo()
    const net = createNet({ allowPrivate: false, resolver: async () => ['93.184.215.14'], connector })
    const asking = net.request(`http://out.example:${server.port}/`, { signal: soon(), maxRedirects: 3 })
    await expect(asking).rejects.toMatchObject({ code: 'blocked_address', own: false })
    expect(dialled.length).toBe(1)
  })
})

describe('the host', () => {
  it('is kept in the Host header, though an address is dialled', async () => {
    let request = ''
    const server = await httpServer((socket, text) => {
      request = text
      answer(socket, '200 OK')
    })
    const net = createNet({ allowPrivate: true, resolver: async () => ['127.0.0.1'] })
    await net.request(`http://Orders.Example.com.:${server.port}/`, { signal: soon() })
    expect(request).toMatch(new RegExp(`host: orders\\.example\\.com\\.?:${server.port}`))
  })

  it('with several addresses is tried at the next when one refuses', async () => {
    const server = await tcpServer((socket) => socket.end('here'))
    const net = createNet({ allowPrivate: true, resolver: async () => ['::1', '127.0.0.2', '127.0.0.1'] })
    const connection = await net.connect({ host: 'many.example', port: server.port, signal: soon() })
    connection.socket.destroy()
    expect(connection).toMatchObject({ address: '127.0.0.1', addresses: ['127.0.0.2', '127.0.0.1', '::1'] })
  })

  it('of which no address answers is refused', async () => {
    const server = await tcpServer(() => undefined)
    await stopServers()
    const net = createNet({ allowPrivate: true, resolver: async () => ['127.0.0.1', '127.0.0.2'] })
    const connecting = net.connect({ host: 'none.example', port: server.port, signal: soon() })
    await expect(connecting).rejects.toMatchObject({ code: 'refused', seen: { addresses: ['127.0.0.1', '127.0.0.2'] } })
  })

  it('without an address does not exist', async () => {
    const net = createNet({ allowPrivate: true, resolver: async () => [] })
    await expect(net.resolve('empty.example', { signal: soon() })).rejects.toMatchObject({ code: 'dns' })
  })

  it.each([0, 65536, 1.5, Number.NaN])('has no port %s', async (port) => {
    const net = createNet({ allowPrivate: true })
    await expect(net.connect({ host: '127.0.0.1', port, signal: soon() })).rejects.toMatchObject({
      code: 'bad_request',
    })
  })
})

describe('whose fault it is', () => {
  it.each([
    ['EMFILE', 'exhausted', true],
    ['ENETUNREACH', 'no_network', true],
    ['EADDRNOTAVAIL', 'no_network', true],
    ['ECONNREFUSED', 'refused', false],
    ['EHOSTUNREACH', 'unreachable', false],
    ['ETIMEDOUT', 'timeout', false],
    ['ECONNRESET', 'reset', false],
  ])('%s is %s', async (code, expected, own) => {
    const net = createNet({ allowPrivate: true, connector: failing(code) })
    const connecting = net.connect({ host: '127.0.0.1', port: 80, signal: soon() })
    await expect(connecting).rejects.toMatchObject({ code: expected, own, phase: 'connect' })
  })

  it('our missing IPv6 does not hide that the host refuses', async () => {
    const net = createNet({ allowPrivate: true, connector: failing('ENETUNREACH', 'ECONNREFUSED') })
    await expect(net.connect({ host: '127.0.0.1', port: 80, signal: soon() })).rejects.toMatchObject({
      code: 'refused',
      own: false,
    })
  })

  it('a connection that is never answered times out, and the socket is closed', async () => {
    const silent = new Socket()
    const net = createNet({ allowPrivate: true, connector: () => silent })
    const connecting = net.connect({ host: '127.0.0.1', port: 80, signal: AbortSignal.timeout(50) })
    await expect(connecting).rejects.toMatchObject({ code: 'timeout', phase: 'connect', own: false })
    expect(silent.destroyed).toBe(true)
  })

  it('a name that is never answered times out', async () => {
    const net = createNet({ allowPrivate: true, resolver: () => new Promise(() => undefined) })
    const connecting = net.connect({ host: 'silent.example', port: 80, signal: AbortSignal.timeout(50) })
    await expect(connecting).rejects.toMatchObject({ code: 'timeout', phase: 'name' })
  })

  it('after an abort nothing goes out', async () => {
    const { asked, resolver } = answering(['127.0.0.1'])
    const { dialled, connector } = divertedTo()
    const net = createNet({ allowPrivate: true, resolver, connector })
    const asking = net.request('http://late.example/', { signal: AbortSignal.abort() })
    await expect(asking).rejects.toMatchObject({ code: 'aborted', own: true })
    expect([asked, dialled]).toEqual([[], []])
  })
})
