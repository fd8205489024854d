import { z } from 'zod'
import { explained } from '../../../../checks/lib/explained.ts'
import { httpHeader } from '../../../../checks/lib/http-header.ts'
import { NetError, type NetResponse } from '../../../../checks/lib/net.ts'
import { isExpectedStatus, parseStatusRanges } from '../../../../checks/lib/status-ranges.ts'
import { maskSecrets } from '../../../platform/mask-secrets.ts'
import { defineActionKind, lookFirst, type Outcome } from '../define-kind.ts'
import { fillJson, fillUrl, unfilled, unknownPlaceholder, urlProblem } from '../fill.ts'
import { timeoutSeconds } from '../timeout.ts'

const MOST_BYTES = 64 * 1024
/** A gateway that gave up says nothing about what is behind it. */
const perhapsTaken = [502, 504]

const url = z
  .string()
  .max(2_000, 'must have at most 2,000 characters')
  .superRefine((text, context) => {
    const problem = urlProblem(text) ?? unknownPlaceholder(text) ?? secretProblem(text)
    if (problem) context.addIssue({ code: 'custom', message: problem })
  })
const body = z
  .string()
  .max(20_000, 'must have at most 20,000 characters')
  .superRefine((text, context) => {
    const problem = isJson(text)
      ? (unknownPlaceholder(text) ?? secretProblem(text))
      : 'must be JSON, such as {"job": "{job}"}'
    if (problem) context.addIssue({ code: 'custom', message: problem })
  })

const secretProblem = (text: string): string | null =>
  maskSecrets(text) === text ? null : 'seems to hold a secret, which everybody could read: send it as a header'

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const plan = z.object({
  method: z.string(),
  url: z.string(),
  body: z.string().nullable(),
  expected: z.string(),
  timeoutSeconds: z.number(),
})

export const http = defineActionKind({
  kind: 'http',
  title: 'HTTP call',
  help: 'Sends a request to the API of a scheduler, under the same address rules as every connection of Watchfloor. Redirects are not followed. Values of a job are encoded in the address and cannot leave their text in the body.',
  config: z.strictObject({
    url: url.meta({ title: 'Address', placeholder: 'https://scheduler.example.com/api/jobs/{job}/run' }),
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('POST').meta({ title: 'Method' }),
    body: body.optional().meta({
      title: 'Body',
      description: 'JSON; {job} and the like stand for values of the job, within texts.',
      multiline: true,
    }),
    headers: z
      .array(httpHeader)
      .max(30, 'must be at most 30')
      .default([])
      .meta({ title: 'Headers', description: 'Values are kept encrypted and never shown again.' }),
    expected: z.string().superRefine(explained(parseStatusRanges)).default('200-299').meta({
      title: 'Statuses that mean taken',
      description: 'Codes and ranges, such as 200-299, 409.',
      placeholder: '200-299',
      advanced: true,
    }),
    timeoutSeconds,
  }),
  example: {
    url: 'https://scheduler.example.com/api/jobs/{job}/run',
    method: 'POST',
    body: '{"orderDate": "{businessDate}"}',
    headers: [{ name: 'Authorization', value: 'Bearer 0123456789' }],
  },
  plan,
  definedBy: 'leads',
  keeps: 'beginning',
  refuse: () => null,
  prepare: (config, values) => ({
    method: config.method,
    url: (values ? fillUrl(values) : unfilled)(config.url),
    body: config.body === undefined ? null : (values ? fillJson(values) : unfilled)(config.body),
    expected: config.expected,
    timeoutSeconds: config.timeoutSeconds,
  }),
  words: (p) => ({
    what: [`${p.method} ${p.url}`, p.body].filter(Boolean).join(' '),
    where: /^https?:\/\/([^/?]+)/i.exec(p.url)?.[1] ?? p.url,
  }),
  async run(p, config, { net, signal: stop }) {
    const host = new URL(p.url).host
    const signal = AbortSignal.any([stop, AbortSignal.timeout(p.timeoutSeconds * 1_000)])
    try {
      const answer = await net.request(p.url, {
        method: p.method,
        headers: {
          ...(p.body === null ? {} : { 'content-type': 'application/json; charset=utf-8' }),
          ...Object.fromEntries(config.headers.map(({ name, value }) => [name, value])),
        },
        ...(p.body === null ? {} : { body: p.body }),
        maxRedirects: 0,
        maxBytes: MOST_BYTES,
        signal,
      })
      return judged(answer, host, p.expected, Math.max(0, ...config.headers.map(({ value }) => value.length)))
    } catch (error) {
      return failure(error, host)
    }
  },
})

const judged = (answer: NetResponse, host: string, expected: string, longestSecret: number): Outcome => {
  const { status, body, truncated } = answer
  const said = `${status} ${answer.statusText}`.trim()
  const text = Buffer.from(body).toString('utf8')
  const more = {
    httpStatus: status,
    // What was cut off may have been cut within a secret that it repeats.
    output: truncated ? text.slice(0, text.length - longestSecret) : text,
    outputBytes: body.length,
  }
  if (isExpectedStatus(parseStatusRanges(expected), status))
    return { state: 'done', detail: `${host} answered ${said}.`, ...more }
  if (status >= 300 && status < 400)
    return { state: 'failed', detail: `${host} redirects (${said}), which is not followed.`, ...more }
  if (perhapsTaken.includes(status))
    return { state: 'unknown', detail: `${host} answered ${said}; ${lookFirst}`, ...more }
  return { state: 'failed', detail: `${host} did not take it: ${said}.`, ...more }
}

const failure = (error: unknown, host: string): Outcome => {
  if (!(error instanceof NetError)) throw error
  if (error.code === 'blocked_address')
    return { state: 'failed', detail: `Watchfloor is not allowed to connect to ${host}: ${error.message}.` }
  // The request was out; whether it was read, only the other side knows.
  const isOut = error.phase === 'firstByte' || error.phase === 'body'
  return isOut
    ? { state: 'unknown', detail: `No answer from ${host}: ${error.message}; ${lookFirst}` }
    : { state: 'failed', detail: `Nothing was sent to ${host}: ${error.message}.` }
}
