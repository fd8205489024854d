import { describe, expect, it } from 'vitest'
import { keptSecret } from '../../../contract/monitors/secrets.ts'
import { createCrypto } from '../../platform/crypto.ts'
import type { AppError } from '../../platform/errors.ts'
import { addressOf, hostOf, openConfig, parseConfig, sealConfig } from './config.ts'
import { checkOf } from './kinds.ts'

const http = checkOf('http')
const crypto = createCrypto('k'.repeat(40))
const address = 'https://orders.example.com/health'
const stored = parseConfig(
  http,
  {
    address,
    headers: [
      { name: 'Authorization', value: 'Bearer one' },
      { name: 'X-Key', value: 'key two' },
    ],
  },
  null,
)
const problemsOf = (given: Record<string, unknown>, from: Record<string, unknown> | null = stored) => {
  try {
    return parseConfig(http, given, from)
  } catch (error) {
    return (error as AppError).fields.map((f) => `${f.field}: ${f.problem}`)
  }
}

describe('secrets of a config', () => {
  it('are kept encrypted and masked in clear', () => {
    const kept = sealConfig(http, stored, crypto)
    expect(JSON.parse(kept.config).headers).toEqual([
      { name: 'Authorization', value: keptSecret },
      { name: 'X-Key', value: keptSecret },
    ])
    expect(JSON.stringify(kept)).not.toContain('Bearer')
    expect(openConfig({ config: JSON.parse(kept.config), secrets: kept.secrets }, crypto)).toEqual(stored)
    expect(sealConfig(http, parseConfig(http, { address }, null), crypto).secrets).toBeNull()
  })

  it('stay where their mark is sent, whatever the order', () => {
    const given = {
      address,
      headers: [
        { name: 'X-Key', value: keptSecret },
        { name: 'X-New', value: 'three' },
      ],
    }
    expect(parseConfig(http, given, stored)).toMatchObject({
      headers: [
        { name: 'X-Key', value: 'key two' },
        { name: 'X-New', value: 'three' },
      ],
    })
  })

  it('do not move to another header, nor to another server', () => {
    expect(problemsOf({ address, headers: [{ name: 'X-Other', value: keptSecret }] })).toEqual([
      'config.headers.0.value: enter it: nothing is stored that could be kept.',
    ])
    expect(
      problemsOf({ address: 'https://elsewhere.example/health', headers: [{ name: 'X-Key', value: keptSecret }] }),
    ).toEqual([
      'config.headers.0.value: enter it again: the address is another one now, and what is stored is not sent there.',
    ])
    expect(
      problemsOf({ address: 'https://orders.example.com/other', headers: [{ name: 'X-Key', value: keptSecret }] }),
    ).toMatchObject({
      headers: [{ name: 'X-Key', value: 'key two' }],
    })
    expect(problemsOf({ address, headers: [{ name: 'X-Key', value: keptSecret }] }, null)).toEqual([
      'config.headers.0.value: enter it: nothing is stored that could be kept.',
    ])
  })
})

describe('a config', () => {
  it('names the field that is bad, with the remedy', () => {
    expect(problemsOf({ address: 'orders.example.com', status: 'fine' })).toEqual([
      'config.address: must be a full address such as https://orders.example.com/health',
      expect.stringMatching(/^config\.status: /),
    ])
    expect(problemsOf({ address, contains: 'a\0b' })).toEqual([
      'config.contains: holds a character that cannot be stored (NUL, or half of a pair); remove it.',
    ])
    expect(() => checkOf('gopher')).toThrow('kind: there is no check "gopher"; choose one of dns, http, tcp, tls')
  })

  it.each([
    ['http', { address }, address, 'orders.example.com'],
    ['tcp', { host: 'db1', port: 5432 }, 'db1:5432', 'db1'],
    ['dns', { name: 'orders.example.com' }, 'orders.example.com A', null],
  ])('%s tells in a few words what it looks at', (kind, given, words, host) => {
    const config = parseConfig(checkOf(kind), given, null)
    expect([addressOf(config), hostOf(config)]).toEqual([words, host])
  })
})
