import ipaddr from 'ipaddr.js'
import { NetError } from '../../../checks/lib/net.ts'

type IPv4 = InstanceType<typeof ipaddr.IPv4>
type IPv6 = InstanceType<typeof ipaddr.IPv6>

/** `never`: refused under every setting. `local`: loopback, private and other networks of one's own. */
export type Reach = 'public' | 'local' | 'never'

/**
 * Where cloud providers answer with a machine's credentials or settings, outside the link-local ranges, which are
 * refused as a whole: Alibaba, Azure, Oracle; AWS (fd00:ec2::/32) and Google on IPv6.
 */
const metadata: [string, number][] = [
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
  ['192.0.0.192', 32],
  ['fd00:ec2::', 32],
  ['fd20:ce::254', 128],
]
const metadataRanges = metadata.map(([address, bits]) => [ipaddr.parse(address), bits] as const)
const metadataNames = new Set([
  'metadata.google.internal',
  'metadata.goog',
  'instance-data',
  'instance-data.ec2.internal',
])

const never = new Set(['unspecified', 'linkLocal', 'multicast', 'broadcast', 'discard', 'teredo'])

/** How far an address reaches, whatever notation hides it: IPv4 inside IPv6 is judged as the IPv4 address. */
export const reachOf = (address: string): Reach => {
  const parsed = ipaddr.parse(address.replace(/%.*$/, ''))
  return parsed.kind() === 'ipv4' ? reachOfV4(parsed as IPv4) : reachOfV6(parsed as IPv6)
}

const reachOfV4 = (address: IPv4): Reach => {
  const range = address.range()
  if (never.has(range) || isMetadata(address)) return 'never'
  return range === 'unicast' ? 'public' : 'local'
}

const reachOfV6 = (address: IPv6): Reach => {
  const range: string = address.range()
  if (never.has(range) || isMetadata(address)) return 'never'
  const [first = 0, second = 0, third = 0] = address.parts
  const inner = v4(address.parts[6], address.parts[7])
  if (range === 'ipv4Mapped' || range === 'rfc6145') return reachOfV4(inner)
  if (range === '6to4') return narrower(reachOfV4(v4(second, third)), 'public')
  // 64:ff9b:1::/48 is a NAT64 prefix of one's own network, 64:ff9b::/96 the well-known one (RFC 8215, 6052).
  if (range === 'rfc6052') return narrower(reachOfV4(inner), third === 0 ? 'public' : 'local')
  // ::a.b.c.d, deprecated since 2006 and good for nothing but hiding an address; ::1 has a range of its own.
  if (address.parts.slice(0, 6).every((part) => part === 0) && range !== 'loopback') return 'never'
  const isGlobal = range === 'unicast' && first >= 0x2000 && first <= 0x3fff
  return isGlobal ? 'public' : 'local'
}

const v4 = (high = 0, low = 0): IPv4 => new ipaddr.IPv4([high >> 8, high & 255, low >> 8, low & 255])

const order: Reach[] = ['never', 'local', 'public']
const narrower = (a: Reach, b: Reach): Reach => (order.indexOf(a) < order.indexOf(b) ? a : b)

const isMetadata = (address: IPv4 | IPv6) =>
  metadataRanges.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits))

/**
 * Throws a NetError `blocked_address` unless every address may be connected to. One bad address spoils the whole
 * answer: a name that mixes a public with a forbidden address is an attack or a mistake.
 */
export const checkAddresses = (host: string, addresses: string[], allowPrivate: boolean): void => {
  for (const address of addresses) {
    const reach = reachOf(address)
    const what = host === address ? address : `${host} is ${address}, which`
    if (reach === 'never') {
      throw blocked(
        `${what} is link-local, multicast or a cloud's metadata address: nothing is ever looked at there`,
        addresses,
      )
    }
    if (reach === 'local' && !allowPrivate) {
      throw blocked(
        `${what} is a private or local address, and these are switched off: set ALLOW_PRIVATE_ADDRESSES=true to watch your own network`,
        addresses,
        // Our setting and not the target's fault.
        true,
      )
    }
  }
}

/** Refuses the names under which clouds serve metadata, whatever they resolve to. */
export const checkName = (host: string): void => {
  if (metadataNames.has(host))
    throw blocked(`${host} is a cloud's metadata service: nothing is ever looked at there`, [])
}

const blocked = (message: string, addresses: string[], own = false) =>
  new NetError('blocked_address', message, { own, phase: 'name', seen: { addresses } })
