import { z } from 'zod'
import { defineCheck } from './lib/define.ts'
import { host, isHost, timing } from './lib/fields.ts'
import { type RecordType, recordTypes } from './lib/net.ts'
import type { Fact } from './lib/result.ts'

const server = z
  .string()
  .trim()
  .refine((value) => {
    const [, bracketed, plain, port = '53'] = value.match(/^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/) ?? []
    return isHost(bracketed ?? plain ?? ' ') && Number(port) >= 1 && Number(port) <= 65535
  }, 'must be a host or address, with a port if it is not 53: 9.9.9.9, ns1.example.com:5353, [2620:fe::9]')

const config = z.strictObject({
  name: host.meta({ title: 'Name', placeholder: 'orders.example.com' }),
  type: z.enum(recordTypes).default('A').meta({ title: 'Record' }),
  expect: z
    .array(z.string().trim().min(1, 'must not be empty').max(1_000, 'must have at most 1,000 characters'))
    .max(30, 'must be at most 30')
    .default([])
    .meta({
      title: 'Fine when the answer is',
      description: 'One record a line; empty accepts any answer.',
      placeholder: '203.0.113.10',
    }),
  match: z.enum(['any', 'all', 'exactly']).default('any').meta({
    title: 'of these',
    description: 'any: at least one of them. all: each of them, others too. exactly: these and no others.',
  }),
  ...timing,
  server: server.optional().meta({
    title: 'Ask the name server',
    description: 'Leave empty for the ones of this machine.',
    placeholder: '9.9.9.9',
    advanced: true,
  }),
})

export const dns = defineCheck({
  kind: 'dns',
  title: 'DNS',
  summary: 'name',
  help: 'Asks a name server for a record and compares the answer. Records are written as in a zone file: an MX as 10 mail.example.com, an SRV as 0 5 5060 sip.example.com, a CAA as 0 issue "ca.example". Upper and lower case, quotes and a final dot do not matter.',
  config,
  example: { name: 'orders.example.com', type: 'A', expect: ['203.0.113.10'], match: 'all' },
  async run(c, { signal, net }) {
    const started = performance.now()
    const { records, server } = await net.query({ name: c.name, type: c.type, server: c.server, signal })
    const verdict = { timings: { name: performance.now() - started } }
    const problem = compare(c.expect, c.match, records, c.type)
    const value = records.join(', ')
    const facts: Fact[] = [
      { label: c.type, value, ok: problem === null },
      ...(c.expect.length > 0 ? [{ label: 'Expected', value: `${c.match} of ${c.expect.join(', ')}` }] : []),
      { label: 'Name server', value: server },
    ]
    return problem === null
      ? { ...verdict, facts, outcome: 'ok', code: 'ok', message: `${c.name} ${c.type} is ${value}` }
      : {
          ...verdict,
          facts,
          outcome: 'failed',
          code: 'assertion',
          message: `${c.name} ${c.type} is ${value}: ${problem}`,
        }
  },
})

const compare = (
  expected: string[],
  match: 'any' | 'all' | 'exactly',
  records: string[],
  type: RecordType,
): string | null => {
  const found = new Set(records.map((record) => canonical(record, type)))
  const wanted = new Map(expected.map((record) => [canonical(record, type), record]))
  const missing = [...wanted].filter(([key]) => !found.has(key)).map(([, record]) => record)
  if (match === 'any')
    return wanted.size > 0 && missing.length === wanted.size ? `expected ${expected.join(' or ')}` : null
  if (missing.length > 0) return `${missing.join(', ')} is missing`
  const extra = records.filter((record) => !wanted.has(canonical(record, type)))
  return match === 'exactly' && wanted.size > 0 && extra.length > 0 ? `${extra.join(', ')} was not expected` : null
}

/** One notation of a record for each meaning of it. Texts keep their case, as keys and signatures stand in them. */
const canonical = (record: string, type: RecordType): string => {
  if (type === 'TXT') return record.replace(/^"(.*)"$/s, '$1')
  if (type === 'AAAA') return URL.parse(`http://[${record}]/`)?.hostname ?? record
  return record
    .toLowerCase()
    .replaceAll('"', '')
    .replace(/\s+/g, ' ')
    .replace(/\.(?= |$)/g, '')
}
