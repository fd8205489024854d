import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestHouse, testHouse } from '../../../test/harness/house.ts'
import { toy } from '../../../test/harness/toy.ts'

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
    ['an address that is nowhere', () => call('POST', '/nowhere', {}, {}), 404, 'not_found'],
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
    for (const answer of [await call('GET', '/healthz', {}), await call('POST', '/nowhere', {}, {})]) {
      expect(answer.headers['content-security-policy']).toContain("script-src 'self'")
      expect(answer.headers['content-security-policy']).not.toContain('unsafe')
      expect(answer.headers['x-content-type-options']).toBe('nosniff')
    }
  })

  it('counts the requests of a stranger for his address, whatever key he makes up, and stops him alone', async () => {
    const left = async (headers: Record<string, string>) =>
      Number((await call('GET', '/api/jars/plums', headers)).headers['ratelimit-remaining'])
    await left(as('responder'))
    const mine = await left(as('responder'))
    const first = await left(as('made-up-0'))
    for (let n = 1; n < first; n++) await left(n % 2 ? as(`made-up-${n}`) : { cookie: `session=${n}` })
    expect(await left(as('made-up-last'))).toBe(0)
    const refused = await call('GET', '/api/jars/plums', as('made-up-more'))
    expect(refused.statusCode).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(refused.json()).toMatchObject({ code: 'too_many', detail: expect.stringContaining('Retry-After') })
    expect(await left(as('responder'))).toBe(mine - 1)
  })

  it('counts them in whatever form the address is written', async () => {
    await house.http.listen({ port: 0, host: '127.0.0.1' })
    const { port } = house.http.server.address() as AddressInfo
    const head = async (path: string) => {
      const socket = connect(port, '127.0.0.1')
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer responder\r\nConnection: close\r\n\r\n`)
      return text(socket)
    }
    for (const path of ['/api/jars/plums', '/%61pi/jars/plums', 'http://x/api/jars/plums'])
      expect([path, await head(path)]).toEqual([path, expect.stringContaining('ratelimit-remaining: ')])
    expect(await head('/healthz')).not.toContain('ratelimit')
  })

  it('tells Prometheus, and whether it is ready', async () => {
    expect((await call('GET', '/metrics', {})).body).toContain('watchfloor_http_seconds')
    expect((await call('GET', '/readyz', {})).statusCode).toBe(200)
  })
})
