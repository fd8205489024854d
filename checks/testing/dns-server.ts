import { createSocket } from 'node:dgram'
import { onStop } from './servers.ts'

const types: Record<string, number> = { A: 1, NS: 2, CNAME: 5, SOA: 6, MX: 15, TXT: 16, AAAA: 28, SRV: 33, CAA: 257 }
const codes = { ok: 0, servfail: 2, nxdomain: 3, refused: 5 }

/** name → type → record data as bytes, or how to fail; `silent` does not answer at all. */
export type Zone = Record<string, Record<string, Uint8Array[]> | 'nxdomain' | 'servfail' | 'refused' | 'silent'>

/** A name in wire format (RFC 1035, 3.1). */
export const wireName = (name: string): Buffer =>
  Buffer.concat([
    ...name
      .split('.')
      .filter(Boolean)
      .map((label) => Buffer.concat([Buffer.of(label.length), Buffer.from(label)])),
    Buffer.of(0),
  ])

export const numbers16 = (...values: number[]): Buffer =>
  Buffer.concat(values.map((value) => Buffer.of(value >> 8, value & 255)))
export const numbers32 = (...values: number[]): Buffer =>
  Buffer.concat(values.map((value) => numbers16(value >>> 16, value & 0xffff)))
/** Character strings, each behind its length. */
export const wireText = (...texts: string[]): Buffer =>
  Buffer.concat(texts.map((text) => Buffer.concat([Buffer.of(Buffer.byteLength(text)), Buffer.from(text)])))

/** A real name server over UDP on the loopback. The zone may be changed while it runs. */
export const dnsServer = async (zone: Zone): Promise<{ address: string; asked: string[] }> => {
  const asked: string[] = []
  const socket = createSocket('udp4')
  socket.on('message', (query, from) => {
    const { name, type, end } = readQuestion(query)
    asked.push(`${type} ${name}`)
    const entry = zone[name] ?? 'nxdomain'
    if (entry === 'silent') return
    const records = typeof entry === 'string' ? [] : (entry[type] ?? [])
    const code = typeof entry === 'string' ? codes[entry] : codes.ok
    const header = Buffer.concat([query.subarray(0, 2), numbers16(0x8180 | code, 1, records.length, 0, 0)])
    const answers = records.map((data) =>
      Buffer.concat([numbers16(0xc00c, types[type] ?? 0, 1, 0, 60, data.length), data]),
    )
    socket.send(Buffer.concat([header, query.subarray(12, end), ...answers]), from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  onStop(() => new Promise<void>((resolve) => socket.close(resolve)))
  return { address: `127.0.0.1:${socket.address().port}`, asked }
}

const readQuestion = (query: Buffer) => {
  const labels: string[] = []
  let at = 12
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.subarray(at + 1, at + 1 + length).toString())
    at += 1 + length
  }
  const number = query.readUInt16BE(at + 1)
  const type = Object.keys(types).find((key) => types[key] === number) ?? String(number)
  return { name: labels.join('.').toLowerCase(), type, end: at + 5 }
}
