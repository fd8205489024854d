import type { Resolver } from 'node:dns/promises'
import type { RecordType } from '../../../checks/lib/net.ts'

/** Asks for one type of record and writes each as a zone file would: names end with a dot, texts stand in quotes. */
export const askFor = async (resolver: Resolver, name: string, type: RecordType): Promise<string[]> => {
  switch (type) {
    case 'A':
      return resolver.resolve4(name)
    case 'AAAA':
      return resolver.resolve6(name)
    case 'CNAME':
      return (await resolver.resolveCname(name)).map(dotted)
    case 'NS':
      return (await resolver.resolveNs(name)).map(dotted)
    case 'TXT':
      return (await resolver.resolveTxt(name)).map((chunks) => quoted(chunks.join('')))
    case 'MX':
      return (await resolver.resolveMx(name)).map((mx) => `${mx.priority} ${dotted(mx.exchange)}`)
    case 'SRV':
      return (await resolver.resolveSrv(name)).map(
        (srv) => `${srv.priority} ${srv.weight} ${srv.port} ${dotted(srv.name)}`,
      )
    case 'SOA': {
      const soa = await resolver.resolveSoa(name)
      const times = [soa.serial, soa.refresh, soa.retry, soa.expire, soa.minttl].join(' ')
      return [`${dotted(soa.nsname)} ${dotted(soa.hostmaster)} ${times}`]
    }
    case 'CAA':
      return (await resolver.resolveCaa(name)).flatMap((caa) =>
        Object.entries(caa)
          .filter(([tag]) => tag !== 'critical' && tag !== 'type')
          .map(([tag, value]) => `${caa.critical} ${tag} ${quoted(String(value))}`),
      )
  }
}

const dotted = (name: string) => (name.endsWith('.') ? name : `${name}.`)
const quoted = (text: string) => `"${text}"`
