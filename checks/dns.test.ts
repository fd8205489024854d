import { afterEach, describe, expect, it } from 'vitest'
import { createNet } from '../server/platform/net/index.ts'
import { dns } from './dns.ts'
import { dnsServer, numbers16, wireName, wireText } from './testing/dns-server.ts'
import { lookWith, problemsOf } from './testing/look.ts'
import { stopServers } from './testing/servers.ts'

afterEach(stopServers)

const look = lookWith(createNet({ allowPrivate: true }))
const name = 'orders.example.com'

describe('a look at a name', () => {
  const setUp = () =>
    dnsServer({
      [name]: {
        A: [Buffer.from([203, 0, 113, 10]), Buffer.from([203, 0, 113, 11])],
        AAAA: [Buffer.from('20010db8000000000000000000000010', 'hex')],
        CNAME: [wireName('Edge.example.net')],
        MX: [Buffer.concat([numbers16(10), wireName('mx.example.com')])],
        TXT: [wireText('key=AbC')],
      },
      'broken.example.com': 'servfail',
      'silent.example.com': 'silent',
    })

  it.each([
    ['A', [], 'any', 'ok'],
    ['A', ['203.0.113.10', '198.51.100.1'], 'any', 'ok'],
    ['A', ['198.51.100.1'], 'any', 'expected 198.51.100.1'],
    ['A', ['198.51.100.1', '198.51.100.2'], 'any', 'expected 198.51.100.1 or 198.51.100.2'],
    ['A', ['203.0.113.11'], 'all', 'ok'],
    ['A', ['203.0.113.11', '198.51.100.1'], 'all', '198.51.100.1 is missing'],
    ['A', ['203.0.113.11', '203.0.113.10'], 'exactly', 'ok'],
    ['A', ['203.0.113.11'], 'exactly', '203.0.113.10 was not expected'],
    ['AAAA', ['2001:DB8:0::10'], 'all', 'ok'],
    ['CNAME', ['edge.EXAMPLE.net'], 'all', 'ok'],
    ['CNAME', ['edge.example.net.'], 'all', 'ok'],
    ['MX', ['10  mx.example.com'], 'all', 'ok'],
    ['MX', ['20 mx.example.com'], 'all', '20 mx.example.com is missing'],
    ['TXT', ['key=AbC'], 'all', 'ok'],
    ['TXT', ['"key=AbC"'], 'all', 'ok'],
    ['TXT', ['key=abc'], 'all', 'key=abc is missing'],
  ])('%s, expecting %o (%s): %s', async (type, expected, match, says) => {
    const { address } = await setUp()
    const result = await look(dns, { name, type, expect: expected, match, server: address })
    expect(result).toMatchObject(
      says === 'ok'
        ? { outcome: 'ok', code: 'ok' }
        : { outcome: 'failed', code: 'assertion', message: expect.stringContaining(says) },
    )
    expect(result.facts[0]).toMatchObject({ label: type, ok: says === 'ok' })
    expect(result.facts).toContainEqual({ label: 'Name server', value: address })
  })

  it('fails when the name is gone, has no such record, or its server fails or is silent', async () => {
    const { address: server } = await setUp()
    expect(await look(dns, { name: 'gone.example.com', server })).toMatchObject({
      outcome: 'failed',
      code: 'dns',
      message: 'the name gone.example.com does not exist',
    })
    expect(await look(dns, { name, type: 'CAA', server })).toMatchObject({ outcome: 'failed', code: 'dns' })
    expect(await look(dns, { name: 'broken.example.com', server })).toMatchObject({ outcome: 'failed', code: 'dns' })
    expect(await look(dns, { name: 'silent.example.com', server, timeoutSeconds: 0.2 })).toMatchObject({
      outcome: 'failed',
      code: 'timeout',
    })
  })

  it('is blind when it is the machine’s own name server that fails', async () => {
    const { address } = await setUp()
    const machine = lookWith(createNet({ allowPrivate: true, servers: [address] }))
    expect(await machine(dns, { name: 'broken.example.com' })).toMatchObject({ outcome: 'blind', code: 'resolver' })
    expect(await machine(dns, { name })).toMatchObject({ outcome: 'ok' })
    expect(await machine(dns, { name: 'broken.example.com' })).toMatchObject({ outcome: 'failed', code: 'dns' })
  })
})

it.each([
  [{ name: 'https://x' }, 'name must be a host name'],
  [{ name, server: 'nine nine' }, 'server must be a host or address'],
  [{ name, server: '9.9.9.9:99999' }, 'server must be a host or address'],
  [{ name, server: '2620:fe::9' }, 'server must be a host or address'],
  [{ name, type: 'ANY' }, 'type'],
])('the config %o is refused', (config, says) => {
  expect(problemsOf(dns, config).join('\n')).toContain(says)
})

it.each(['9.9.9.9', '9.9.9.9:53', 'ns1.example.com:5353', '[2620:fe::9]', '[2620:fe::9]:53'])(
  'the name server %s is accepted',
  (server) => {
    expect(problemsOf(dns, { name, server })).toEqual([])
  },
)
