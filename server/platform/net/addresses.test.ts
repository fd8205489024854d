import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkAddresses, checkName, reachOf } from './addresses.ts'

const never = [
  '169.254.169.254',
  '169.254.170.2',
  '169.254.0.1',
  '0.0.0.0',
  '0.1.2.3',
  '224.0.0.1',
  '239.255.255.250',
  '255.255.255.255',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  '::',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '::ffff:0:169.254.169.254',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b:1::a9fe:a9fe',
  '2002:a9fe:a9fe::1',
  '::169.254.169.254',
  '::ffff:0.0.0.0',
  '::ffff:100.100.100.200',
  'fe80::1',
  'fe80::1%eth0',
  'febf::1',
  'ff02::1',
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd20:ce::254',
  '2001:0:4136:e378:8000:63bf:5601:5601',
  '100::1',
  '::7f00:1',
] // prettier-ignore
const local = [
  '127.0.0.1',
  '127.255.255.254',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '198.18.0.1',
  '192.0.2.1',
  '203.0.113.10',
  '240.0.0.1',
  '::1',
  'fc00::1',
  'fd12:3456::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '64:ff9b::10.0.0.1',
  '64:ff9b:1::8.8.8.8',
  '2002:a00:1::1',
  'fec0::1',
  '2001:db8::1',
  '5f00::1',
  '4000::1',
] // prettier-ignore
const open = [
  '8.8.8.8',
  '1.1.1.1',
  '172.32.0.1',
  '100.128.0.1',
  '169.253.1.1',
  '2606:4700::1111',
  '::ffff:8.8.8.8',
  '64:ff9b::8.8.8.8',
  '2002:808:808::1',
] // prettier-ignore

describe('how far an address reaches', () => {
  it.each(never)('%s is never connected to', (address) => expect(reachOf(address)).toBe('never'))
  it.each(local)('%s is local', (address) => expect(reachOf(address)).toBe('local'))
  it.each(open)('%s is public', (address) => expect(reachOf(address)).toBe('public'))

  it('judges an IPv4 address inside IPv6 never more kindly than by itself', () => {
    const rank = { never: 0, local: 1, public: 2 }
    fc.assert(
      fc.property(
        fc.ipV4(),
        fc.constantFrom('::ffff:', '::ffff:0:', '64:ff9b::', '64:ff9b:1::', '::'),
        (address, prefix) => {
          expect(rank[reachOf(prefix + address)]).toBeLessThanOrEqual(rank[reachOf(address)])
        },
      ),
    )
  })

  it('has an answer for every address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => ['never', 'local', 'public'].includes(reachOf(address))),
    )
  })
})

describe('checking a whole answer', () => {
  const codeOf = (run: () => void) => {
    try {
      run()
    } catch (error) {
      return error
    }
    return null
  }

  it('refuses it when one of several addresses is forbidden', () => {
    const error = codeOf(() => checkAddresses('a.example', ['8.8.8.8', '169.254.169.254'], true))
    expect(error).toMatchObject({
      code: 'blocked_address',
      own: false,
      seen: { addresses: ['8.8.8.8', '169.254.169.254'] },
    })
    expect(String(error)).toContain('a.example is 169.254.169.254')
  })

  it('refuses local addresses only by setting, and says which setting, as our own decision', () => {
    expect(codeOf(() => checkAddresses('10.0.0.1', ['10.0.0.1'], true))).toBeNull()
    const error = codeOf(() => checkAddresses('10.0.0.1', ['10.0.0.1'], false))
    expect(error).toMatchObject({ code: 'blocked_address', own: true })
    expect(String(error)).toContain('ALLOW_PRIVATE_ADDRESSES')
  })

  it('refuses metadata services by name', () => {
    expect(codeOf(() => checkName('metadata.google.internal'))).toMatchObject({ code: 'blocked_address' })
    expect(codeOf(() => checkName('example.com'))).toBeNull()
  })
})
