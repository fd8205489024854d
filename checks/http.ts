import { z } from 'zod'
import { certificateFact, daysLeft, endSentence } from './lib/certificate.ts'
import { defineCheck } from './lib/define.ts'
import { explained } from './lib/explained.ts'
import { timing } from './lib/fields.ts'
import { httpHeader } from './lib/http-header.ts'
import { judgeHttp } from './lib/http-judgement.ts'
import { parseJsonAssertion } from './lib/json-assertion.ts'
import { parseStatusRanges } from './lib/status-ranges.ts'
import { headerLines } from './lib/text.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

const address = z
  .url({ protocol: /^https?$/, error: 'must be a full address such as https://orders.example.com/health' })
  .max(2_000, 'must have at most 2,000 characters')
  .refine((value) => {
    const url = URL.parse(value)
    return url === null || (url.username === '' && url.password === '')
  }, 'must not hold a user or password: everybody can read it. Use the header Authorization')

const config = z
  .strictObject({
    address: address.meta({ title: 'Address', placeholder: 'https://orders.example.com/health' }),
    method: z.enum(methods).default('GET').meta({ title: 'Method' }),
    status: z.string().superRefine(explained(parseStatusRanges)).default('200-399').meta({
      title: 'Fine when the status is',
      description: 'Codes and ranges, such as 200-299, 401.',
      placeholder: '200-399',
    }),
    contains: z
      .string()
      .min(1)
      .max(1_000, 'must have at most 1,000 characters')
      .optional()
      .meta({ title: 'and the answer contains', description: 'Exactly this text, within the first 256 kB.' }),
    notContains: z
      .string()
      .min(1)
      .max(1_000, 'must have at most 1,000 characters')
      .optional()
      .meta({ title: 'and does not contain', placeholder: 'Internal error' }),
    json: z
      .array(z.string().max(500, 'must have at most 500 characters').superRefine(explained(parseJsonAssertion)))
      .max(10, 'must be at most 10')
      .default([])
      .meta({
        title: 'and the JSON says',
        description: 'One test a line: == != < <= > >=, or a path alone that has to exist.',
        placeholder: '$.status == "ready"',
      }),
    ...timing,
    certificateDays: z
      .number()
      .int('must be whole days')
      .min(0, 'must be at least 0 days')
      .max(365, 'must be at most 365 days')
      .default(14)
      .meta({ title: 'Degraded when the certificate ends within', unit: 'days' }),
    headers: z
      .array(httpHeader)
      .max(30, 'must be at most 30')
      .default([])
      .meta({ title: 'Headers', description: 'Values are kept encrypted and never shown again.', advanced: true }),
    body: z
      .string()
      .max(64_000, 'must have at most 64,000 characters')
      .optional()
      .meta({ title: 'Body', multiline: true, advanced: true }),
    maxRedirects: z
      .number()
      .int('must be a whole number')
      .min(0, 'must be 0 to 20')
      .max(20, 'must be 0 to 20')
      .default(5)
      .meta({
        title: 'Follow redirects at most',
        description: '0 judges the redirect itself.',
        unit: 'times',
        advanced: true,
      }),
    checkCertificate: z.boolean().default(true).meta({
      title: 'The certificate has to be valid',
      description: 'Switch off for a self-signed one.',
      advanced: true,
    }),
  })
  .refine(
    (c) => c.method !== 'HEAD' || (c.contains === undefined && c.notContains === undefined && c.json.length === 0),
    {
      path: ['method'],
      message: 'HEAD has no answer to look into: choose GET, or leave out the tests of the answer',
    },
  )

export const http = defineCheck({
  kind: 'http',
  title: 'HTTP',
  summary: 'page, API',
  help: 'Asks for a web page or API on a fresh connection and looks at status, answer, time and certificate. At most 256 kB of the answer are read. Each redirect is followed under the same address rules as the first address.',
  config,
  example: {
    address: 'https://orders.example.com/health',
    status: '200',
    json: ['$.status == "ready"'],
    timeoutSeconds: 5,
  },
  async run(c, { signal, now, net, sample }) {
    const answer = await net.request(c.address, {
      method: c.method,
      headers: Object.fromEntries(c.headers.map(({ name, value }) => [name, value])),
      body: c.body,
      maxRedirects: c.maxRedirects,
      trust: c.checkCertificate ? 'required' : 'any',
      signal,
    })
    const { outcome, code, message, facts, text } = judgeHttp(c, answer)
    const { certificate } = answer
    const days = certificate ? daysLeft(certificate, now) : null
    const endsSoon = days !== null && days < c.certificateDays
    if (answer.redirects.length > 0) facts.push({ label: 'Redirected to', value: answer.url })
    if (certificate) facts.push({ ...certificateFact(certificate, now), ok: !endsSoon })
    facts.push({ label: 'Address', value: answer.addresses.join(', ') })
    const wantsSample = sample === true || outcome !== 'ok'
    const verdict = {
      facts,
      timings: answer.timings,
      ...(wantsSample ? { sample: { headers: headerLines(answer.headers), body: text() } } : {}),
    }
    return outcome === 'ok' && endsSoon
      ? {
          ...verdict,
          outcome: 'degraded',
          code: 'cert_ends_soon',
          message: endSentence(days),
        }
      : { ...verdict, outcome, code, message }
  },
})
