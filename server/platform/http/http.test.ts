import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestHouse, testHouse } from '../../../test/harness/house.ts'
import { fillJar, responder, toy } from '../../../test/harness/toy.ts'

let house: TestHouse
beforeAll(async () => {
  house = await testHouse(toy)
})
afterAll(() => house.close())

const as = (who: string, more: Record<string, string> = {}) => ({ authorization: `Bearer ${who}`, ...more })
const call = (method: 'GET' | 'POST', url: string, headers: Record<string, string>, payload?: unknown) =>
  house.http.inject({
    method,
    url,
    headers: payload === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(payload === undefined ? {} : { payload: payload as string }),
  })

describe('the API', () => {
  it('answers, with an ETag and an id, and takes the version back', async () => {
    const filled = await call('POST', '/api/jars/plums/filling', as('responder'), { by: 3 })
    expect(filled.statusCode).toBe(200)
    expect(filled.json()).toEqual({ jar: 'plums', count: 3, version: 3 })
    expect(filled.headers.etag).toBe('"v3"')
    expect(filled.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect((await call('GET', '/api/jars/plums', as('responder'))).json()).toMatchObject({ count: 3 })
    expect(
      (await call('POST', '/api/jars/plums/filling', as('responder', { 'if-match': 'three' }), {})).json(),
    ).toMatchObject({ code: 'bad_request' })
  })

  it('gives a repeat with the same Idempotency-Key the same answer', async () => {
    const headers = as('responder', { 'idempotency-key': 'abc' })
    const first = await call('POST', '/api/jars/idem/filling', headers, { by: 1 })
    const again = await call('POST', '/api/jars/idem/filling', headers, { by: 1 })
    expect(again.json()).toEqual(first.json())
    expect((await call('POST', '/api/jars/idem/filling', headers, { by: 2 })).statusCode).toBe(422)
  })

  const bad: [string, () => ReturnType<typeof call>, number, string][] = [
    ['nobody', () => call('GET', '/api/jars/plums', {}), 401, 'unauthenticated'],
    ['a role that may not', () => call('POST', '/api/jars/plums/filling', as('requester'), {}), 403, 'forbidden'],
    ['a thing that is not there', () => call('GET', '/api/jars/none', as('responder')), 404, 'not_found'],
    ['an address that is not there', () => call('GET', '/api/nothing', as('responder')), 404, 'not_found'],
    [
      'a wrong field',
      () => call('POST', '/api/jars/plums/filling', as('responder'), { by: 'many' }),
      422,
      'invalid_input',
    ],
    ['truncated JSON', () => call('POST', '/api/jars/plums/filling', as('responder'), '{"by": 3'), 400, 'bad_request'],
    [
      'another kind of content',
      () => call('POST', '/api/jars/plums/filling', as('responder', { 'content-type': 'application/xml' }), '<by/>'),
      415,
      'unsupported_media',
    ],
    [
      'ten megabytes',
      () => call('POST', '/api/jars/plums/filling', as('responder'), JSON.stringify({ by: 'x'.repeat(10_000_000) })),
      413,
      'too_large',
    ],
    [
      'a prototype in JSON',
      () => call('POST', '/api/jars/plums/filling', as('responder'), '{"__proto__": {"by": 3}}'),
      400,
      'bad_request',
    ],
  ]
  it.each(bad)('answers %s with problem details', async (_name, request, status, code) => {
    const answer = await request()
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({
      status,
      code,
      title: expect.any(String),
      detail: expect.any(String),
      requestId: answer.headers['x-request-id'],
    })
  })

  it('names the field that is wrong', async () => {
    const answer = await call('POST', '/api/jars/plums/filling', as('responder'), { by: 'many' })
    expect(answer.json().fields[0].field).toBe('by')
  })

  it('keeps NUL out of the database without losing the rest', async () => {
    const answer = await call('POST', '/api/jars/nul/filling', as('responder'), { by: 1, owner: 'a\u0000b' })
    expect(answer.statusCode).toBe(200)
  })

  it('sends security headers, and a policy without unsafe-inline', async () => {
    const { headers } = await call('GET', '/healthz', {})
    expect(headers['content-security-policy']).toContain("script-src 'self'")
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  it('announces its rate limit', async () => {
    const { headers } = await call('GET', '/api/jars/plums', as('responder'))
    expect(Number(headers['ratelimit-limit'])).toBeGreaterThan(100)
    expect(headers['ratelimit-remaining']).toBeDefined()
  })

  it('tells Prometheus, and whether it is ready', async () => {
    expect((await call('GET', '/metrics', {})).body).toContain('watchfloor_http_seconds')
    expect((await call('GET', '/readyz', {})).statusCode).toBe(200)
  })
})

describe('the live stream', () => {
  it('resumes at Last-Event-ID and loses nothing', async () => {
    const address = await house.http.listen({ port: 0, host: '127.0.0.1' })
    await house.feed.catchUp()
    const first = await openStream(address)
    const hello = await first.next((m) => m.event === 'hello')
    first.close()
    await house.execute(fillJar, responder, { jar: 'away' })
    await house.feed.catchUp()
    const second = await openStream(address, hello.id)
    expect((await second.next((m) => m.event === 'change')).data).toMatchObject({
      type: 'jar.filled',
      subject: 'jar:away',
    })
    await house.execute(fillJar, responder, { jar: 'live' })
    await house.feed.catchUp()
    expect((await second.next((m) => m.event === 'change')).data).toMatchObject({ subject: 'jar:live' })
    second.close()
  })

  it('is not for strangers', async () => {
    expect((await call('GET', '/api/events/stream', {})).statusCode).toBe(401)
  })
})

type Message = { id?: string; event?: string; data: Record<string, unknown> }

const openStream = async (address: string, lastEventId?: string) => {
  const stop = new AbortController()
  const response = await fetch(`${address}/api/events/stream`, {
    headers: { ...as('responder'), ...(lastEventId ? { 'last-event-id': lastEventId } : {}) },
    signal: stop.signal,
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let buffer = ''
  const messages: Message[] = []
  const parse = (block: string): Message => {
    const field = (name: string) =>
      block
        .split('\n')
        .find((l) => l.startsWith(`${name}: `))
        ?.slice(name.length + 2)
    const found = { id: field('id'), event: field('event') }
    return {
      ...(found.id ? { id: found.id } : {}),
      ...(found.event ? { event: found.event } : {}),
      data: JSON.parse(field('data') ?? '{}'),
    }
  }
  const next = async (want: (m: Message) => boolean): Promise<Message> => {
    for (;;) {
      const index = messages.findIndex(want)
      if (index >= 0) return messages.splice(0, index + 1).at(-1) as Message
      const { value, done } = (await reader?.read()) ?? { done: true, value: undefined }
      if (done) throw new Error('the stream ended')
      buffer += value
      const blocks = buffer.split('\n\n')
      buffer = blocks.pop() ?? ''
      messages.push(...blocks.filter((b) => !b.startsWith(':')).map(parse))
    }
  }
  return { next, close: () => stop.abort() }
}
