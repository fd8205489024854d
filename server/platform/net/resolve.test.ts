import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { dnsServer, numbers16, numbers32, wireName, wireText } from '../../../checks/testing/dns-server.ts'
import { onStop, stopServers } from '../../../checks/testing/servers.ts'
import { hostsFile, parseHosts } from './hosts-file.ts'
import { createNet } from './index.ts'
import { nameServers } from './name-servers.ts'
import { machineResolver } from './resolve.ts'

afterEach(stopServers)

/** A busy machine may take its time. */
const patient = { timeout: 5_000 }

const soon = () => AbortSignal.timeout(8_000)
const noHosts = async () => []
const unknown = () => Promise.reject(Object.assign(new Error('unknown'), { code: 'ENOTFOUND' }))
const a = (...parts: number[]) => Buffer.from(parts)
const aaaa = (last: number) => Buffer.from([0x20, 1, 0xd, 0xb8, ...Array(11).fill(0), last])

describe('the machine’s resolver', () => {
  const zone = {
    'both.example': { A: [a(192, 0, 2, 1), a(192, 0, 2, 2)], AAAA: [aaaa(1)] },
    'six.example': { AAAA: [aaaa(6)] },
    'empty.example': {},
    'broken.example': 'servfail',
    'silent.example': 'silent',
    my_service: { A: [a(10, 0, 0, 9)] },
  } as const
  const setUp = async (system: (name: string) => Promise<string[]> = unknown) => {
    const server = await dnsServer({ ...zone } as never)
    const servers = nameServers([server.address])
    return { ...server, servers, resolve: machineResolver(noHosts, servers, system) }
  }

  it.each([
    ['both.example', ['192.0.2.1', '192.0.2.2', '2001:db8::1']],
    ['six.example', ['2001:db8::6']],
    ['my_service', ['10.0.0.9']],
    ['localhost', ['127.0.0.1', '::1']],
    ['app.localhost', ['127.0.0.1', '::1']],
  ])('finds %s', async (name, addresses) => {
    const { resolve } = await setUp()
    expect(await resolve(name, soon())).toEqual(addresses)
  })

  it('asks the hosts file first, and the DNS not at all for what stands there', async () => {
    const server = await dnsServer({ ...zone } as never)
    const hosts = async (name: string) => (name === 'both.example' ? ['127.0.0.1'] : [])
    const resolve = machineResolver(hosts, nameServers([server.address]), unknown)
    expect(await resolve('both.example', soon())).toEqual(['127.0.0.1'])
    expect(server.asked).toEqual([])
  })

  it('asks the C library for what the DNS does not know', async () => {
    const { resolve } = await setUp(async (name) => (name === 'printer.local' ? ['192.168.1.9'] : unknown()))
    expect(await resolve('printer.local', soon())).toEqual(['192.168.1.9'])
  })

  it('says that a name does not exist, or has no address', async () => {
    const { resolve } = await setUp()
    await expect(resolve('none.example', soon())).rejects.toMatchObject({
      code: 'dns',
      own: false,
      message: expect.stringContaining('does not exist'),
    })
    await expect(resolve('empty.example', soon())).rejects.toMatchObject({
      code: 'dns',
      own: false,
      message: expect.stringContaining('no such record'),
    })
    await expect(resolve('no name', soon())).rejects.toMatchObject({
      code: 'dns',
      own: false,
      message: expect.stringContaining('not a valid name'),
    })
  })

  it('blames a failing lookup on us, until the name server has answered for another name', async () => {
    const { resolve } = await setUp()
    await expect(resolve('broken.example', soon())).rejects.toMatchObject({ code: 'resolver', own: true })
    await resolve('both.example', soon())
    await expect(resolve('broken.example', soon())).rejects.toMatchObject({
      code: 'dns',
      own: false,
      message: expect.stringContaining('SERVFAIL'),
    })
  })

  it('takes "does not exist" for an answer that proves the name server well', async () => {
    const { resolve, servers } = await setUp()
    expect(servers.areWell()).toBe(false)
    await resolve('none.example', soon()).catch(() => undefined)
    expect(servers.areWell()).toBe(true)
  })

  it('is blind when no name server answers before the deadline, and accuses the name when others were answered', async () => {
    const { resolve } = await setUp()
    await expect(resolve('silent.example', AbortSignal.timeout(100))).rejects.toMatchObject({
      code: 'resolver',
      own: true,
    })
    await resolve('both.example', soon())
    await expect(resolve('silent.example', AbortSignal.timeout(100))).rejects.toMatchObject({
      code: 'timeout',
      own: false,
    })
  })

  it('is blind when there is no name server at all', async () => {
    const { address } = await setUp()
    await stopServers()
    const resolve = machineResolver(noHosts, nameServers([address]), unknown)
    await expect(resolve('both.example', soon())).rejects.toMatchObject({ code: 'resolver', own: true })
  })
})

describe('the hosts file', () => {
  it('is read as the C library does', () => {
    const hosts = parseHosts(
      '127.0.0.1\tlocalhost  Alias # a comment\n# 10.0.0.1 no\n\n::1 localhost\nnonsense here\nfe80::1%eth0 link\r\n10.0.0.2',
    )
    expect([...hosts]).toEqual([
      ['localhost', ['127.0.0.1', '::1']],
      ['alias', ['127.0.0.1']],
      ['link', ['fe80::1%eth0']],
    ])
  })

  it('may be missing', async () => {
    expect(await hostsFile('/nowhere/hosts')('localhost')).toEqual([])
  })

  it('is read from the disk', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hosts-'))
    onStop(() => rm(folder, { recursive: true }))
    const path = join(folder, 'hosts')
    await writeFile(path, '10.0.0.1 db1\n')
    const lookUp = hostsFile(path, 0)
    expect(await lookUp('db1')).toEqual(['10.0.0.1'])
    await writeFile(path, '10.0.0.2 db1\n')
    await utimes(path, 1, 1)
    await expect.poll(() => lookUp('db1'), patient).toEqual(['10.0.0.2'])
  })
})

describe('a query', () => {
  const net = createNet({ allowPrivate: true })
  const names = (...all: string[]) => all.map(wireName)

  it('gives records as a zone file would', async () => {
    const { address } = await dnsServer({
      'all.example': {
        A: [a(192, 0, 2, 1)],
        AAAA: [aaaa(1)],
        CNAME: names('other.example'),
        NS: names('ns1.example', 'ns2.example'),
        MX: [Buffer.concat([numbers16(10), wireName('mx.example')])],
        TXT: [wireText('v=spf1 ', '-all')],
        SRV: [Buffer.concat([numbers16(0, 5, 5060), wireName('sip.example')])],
        SOA: [
          Buffer.concat([
            wireName('ns1.example'),
            wireName('admin.example'),
            numbers32(2026, 7200, 3600, 1209600, 300),
          ]),
        ],
        CAA: [Buffer.concat([Buffer.of(128), wireText('issue'), Buffer.from('ca.example')])],
      },
    })
    const ask = async (type: Parameters<typeof net.query>[0]['type']) =>
      (await net.query({ name: 'all.example', type, server: address, signal: soon() })).records
    expect(await ask('A')).toEqual(['192.0.2.1'])
    expect(await ask('AAAA')).toEqual(['2001:db8::1'])
    expect(await ask('CNAME')).toEqual(['other.example.'])
    expect(await ask('NS')).toEqual(['ns1.example.', 'ns2.example.'])
    expect(await ask('MX')).toEqual(['10 mx.example.'])
    expect(await ask('TXT')).toEqual(['"v=spf1 -all"'])
    expect(await ask('SRV')).toEqual(['0 5 5060 sip.example.'])
    expect(await ask('SOA')).toEqual(['ns1.example. admin.example. 2026 7200 3600 1209600 300'])
    expect(await ask('CAA')).toEqual(['128 issue "ca.example"'])
  })

  it('of a name server that is named holds that server to account', async () => {
    const { address } = await dnsServer({
      'broken.example': 'servfail',
      'no.example': 'refused',
      'silent.example': 'silent',
    })
    const ask = (name: string, ms = 8_000) =>
      net.query({ name, type: 'A', server: address, signal: AbortSignal.timeout(ms) })
    await expect(ask('none.example')).rejects.toMatchObject({ code: 'dns', own: false })
    await expect(ask('broken.example')).rejects.toMatchObject({
      code: 'dns',
      own: false,
      message: expect.stringContaining('SERVFAIL'),
    })
    await expect(ask('no.example')).rejects.toMatchObject({
      code: 'dns',
      own: false,
      message: expect.stringContaining('REFUSED'),
    })
    await expect(ask('silent.example', 100)).rejects.toMatchObject({ code: 'timeout', own: false })
    await stopServers()
    await expect(ask('none.example')).rejects.toMatchObject({ code: 'dns', own: false })
  })

  it('goes to allowed name servers only', async () => {
    const query = { name: 'all.example', type: 'A', signal: soon() } as const
    await expect(net.query({ ...query, server: '169.254.169.253' })).rejects.toMatchObject({ code: 'blocked_address' })
    await expect(net.query({ ...query, server: '[fd00:ec2::254]:53' })).rejects.toMatchObject({
      code: 'blocked_address',
    })
    const strict = createNet({ allowPrivate: false })
    await expect(strict.query({ ...query, server: '127.0.0.1:5353' })).rejects.toMatchObject({
      code: 'blocked_address',
      own: true,
    })
  })

  it('without a server asks the machine’s, and is blind when these fail', async () => {
    const { address } = await dnsServer({ 'all.example': { A: [a(192, 0, 2, 1)] }, 'broken.example': 'servfail' })
    const machine = createNet({ allowPrivate: true, servers: [address] })
    await expect(machine.query({ name: 'broken.example', type: 'A', signal: soon() })).rejects.toMatchObject({
      code: 'resolver',
      own: true,
    })
    expect(await machine.query({ name: 'all.example', type: 'A', signal: soon() })).toEqual({
      records: ['192.0.2.1'],
      server: 'this machine',
    })
    await expect(machine.query({ name: 'broken.example', type: 'A', signal: soon() })).rejects.toMatchObject({
      code: 'dns',
      own: false,
    })
  })
})
