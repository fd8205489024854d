import { afterEach, describe, expect, it } from 'vitest'
import { createNet } from '../server/platform/net/index.ts'
import { http } from './http.ts'
import { lookWith, problemsOf } from './testing/look.ts'
import { answer, httpServer, saying, stopServers, tcpServer, testAuthority, tlsServer } from './testing/servers.ts'

afterEach(stopServers)

const net = createNet({ allowPrivate: true, ca: [testAuthority()] })
const look = lookWith(net)
const ready = '{"status":"ready","sessions":188,"pools":[{"name":"emea-2"}]}'

describe('a look at a page or API', () => {
  it.each([
    ['200 OK', {}, 'ok', 'ok', 'HTTP 200 OK'],
    ['204 No Content', {}, 'ok', 'ok', 'HTTP 204 No Content'],
    ['503 Service Unavailable', {}, 'failed', 'status', 'HTTP 503 Service Unavailable, expected 200-399'],
    ['503 Service Unavailable', { status: '500-599' }, 'ok', 'ok', 'HTTP 503 Service Unavailable'],
    ['404 Not Found', { status: '200, 404' }, 'ok', 'ok', 'HTTP 404 Not Found'],
    ['200 OK', { status: '404' }, 'failed', 'status', 'HTTP 200 OK, expected 404'],
    ['200', {}, 'ok', 'ok', 'HTTP 200'],
  ])('that answers %s, with %o, is %s', async (head, config, outcome, code, message) => {
    const server = await saying(head)
    expect(await look(http, { address: server.url, ...config })).toMatchObject({ outcome, code, message })
  })

  it.each([
    [{ contains: 'ready' }, 'ok', 'HTTP 200 OK'],
    [{ contains: 'Ready' }, 'failed', 'the answer does not contain "Ready"'],
    [{ notContains: 'error' }, 'ok', 'HTTP 200 OK'],
    [{ notContains: 'ready' }, 'failed', 'the answer contains "ready"'],
    [{ json: ['$.status == "ready"', '$.sessions > 100', '$.pools[0].name'] }, 'ok', 'HTTP 200 OK'],
    [{ json: ['$.sessions < 100'] }, 'failed', '$.sessions is 188, expected $.sessions < 100'],
    [{ json: ['$.pools[1].name'] }, 'failed', '$.pools[1].name is missing, expected $.pools[1].name'],
    [{ contains: 'a', json: ['$.status == "up"'] }, 'failed', '$.status is "ready", expected $.status == "up"'],
  ])('that is asked for %o is %s', async (config, outcome, message) => {
    const server = await saying('200 OK\nContent-Type: application/json', ready)
    expect(await look(http, { address: server.url, ...config })).toMatchObject({ outcome, message })
  })

  it('shows what the page of a new monitor shows', async () => {
    const server = await saying('200 OK\nContent-Type: application/json\nSet-Cookie: session=abc', ready)
    const result = await look(http, { address: server.url, json: ['$.status == "ready"'] }, { sample: true })
    expect(result.facts).toEqual([
      { label: 'Status', value: '200 OK', ok: true },
      { label: 'Assertion', value: '$.status is "ready"', ok: true },
      { label: 'Address', value: '127.0.0.1' },
    ])
    expect(result.sample?.body).toBe(ready)
    expect(result.sample?.headers).toContain('content-type: application/json')
    expect(result.sample?.headers).not.toContain('abc')
    const phases = Object.values(result.timings ?? {}).reduce((sum, ms) => sum + ms, 0)
    expect(result.ms).toBeGreaterThanOrEqual(phases)
  })

  it('brings a sample of a failure unasked, and none of a success', async () => {
    const bad = await saying('500 Internal Server Error', 'ORA-00600')
    expect((await look(http, { address: bad.url })).sample?.body).toBe('ORA-00600')
    const good = await saying('200 OK', 'fine')
    expect(await look(http, { address: good.url })).not.toHaveProperty('sample')
  })

  it('reads the answer in the charset that it names', async () => {
    const server = await saying('200 OK\nContent-Type: text/html; charset=iso-8859-1', Buffer.from('Zürich', 'latin1'))
    expect(await look(http, { address: server.url, contains: 'Zürich' })).toMatchObject({ outcome: 'ok' })
  })

  it('keeps the sample fit to be stored: cut, and without NUL or half characters', async () => {
    const server = await saying('500 Oops', Buffer.concat([Buffer.from('a\0b😀\xed'), Buffer.alloc(10_000, 'x')]))
    const body = (await look(http, { address: server.url })).sample?.body ?? ''
    expect(body.length).toBeLessThanOrEqual(2_000)
    expect(body).toMatch(/^ab😀/)
    expect(body.isWellFormed()).toBe(true)
  })

  it('blots out our own keys where the target repeats them', async () => {
    const server = await httpServer((socket, request) => answer(socket, '401 Unauthorized', `you sent ${request}`))
    const headers = [{ name: 'Authorization', value: 'Bearer s3cr3t-key' }]
    const result = await look(http, { address: server.url, headers })
    expect(result.sample?.body).toContain('Authorization: ••••')
    expect(JSON.stringify(result)).not.toContain('s3cr3t-key')
  })

  it('sends what it is told', async () => {
    let request = ''
    const server = await httpServer((socket, text) => {
      request = text
      answer(socket, '200 OK')
    })
    await look(http, { address: server.url, method: 'POST', body: 'ping', headers: [{ name: 'X-One', value: '1' }] })
    expect(request).toMatch(/^POST \/ HTTP\/1\.1\r\n.*X-One: 1\r\n.*\r\n\r\nping$/s)
  })

  it('follows redirects and says where to, or judges them itself', async () => {
    const server = await httpServer((socket, request) =>
      request.startsWith('GET / ')
        ? answer(socket, '301 Moved Permanently\nLocation: /home')
        : answer(socket, '200 OK'),
    )
    const followed = await look(http, { address: server.url })
    expect(followed.facts).toContainEqual({ label: 'Redirected to', value: `${server.url}/home` })
    expect(await look(http, { address: server.url, maxRedirects: 0, status: '301' })).toMatchObject({ outcome: 'ok' })
  })

  it('is degraded when slower than wanted', async () => {
    const server = await httpServer((socket) => setTimeout(answer, 60, socket, '200 OK'))
    const result = await look(http, { address: server.url, slowMs: 20 })
    expect(result).toMatchObject({
      outcome: 'degraded',
      code: 'slow',
      message: expect.stringMatching(/^took \d+ ms, more than 20 ms$/),
    })
    expect(await look(http, { address: server.url, slowMs: 4_000 })).toMatchObject({ outcome: 'ok' })
  })
})

describe('a look at a target that misbehaves', () => {
  it('ends at its deadline, whatever drips', async () => {
    const server = await httpServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      const timer = setInterval(() => socket.write('.'), 10)
      socket.on('close', () => clearInterval(timer))
    })
    const result = await look(http, { address: server.url, timeoutSeconds: 0.5 })
    expect(result).toMatchObject({
      outcome: 'failed',
      code: 'timeout',
      message: 'timed out while reading the answer (gave up after 0.5 s)',
    })
    expect(result.ms).toBeLessThan(2_500)
  })

  it('cannot be made to read an endless or unpacked answer', async () => {
    const server = await httpServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      const pour = () => {
        while (!socket.destroyed && socket.write(Buffer.alloc(64 * 1024, 'x')));
      }
      socket.on('drain', pour)
      pour()
    })
    expect(await look(http, { address: server.url })).toMatchObject({ outcome: 'ok' })
    expect(await look(http, { address: server.url, contains: 'ready' })).toMatchObject({
      outcome: 'failed',
      message: 'the first part of the answer, which is longer than what is read, does not contain "ready"',
    })
    expect(await look(http, { address: server.url, json: ['$.a'] })).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('too long to be read as JSON'),
    })
  })

  it.each([
    ['{"status":', '$.status', 'the answer is not JSON'],
    ['', '$.status', 'the answer is empty'],
    ['['.repeat(200_000), '$[0]', 'the answer is not JSON'],
    ['{"__proto__":{"x":1}}', '$.toString', '$.toString is missing'],
  ])('that says %.20s where JSON was expected is failed', async (body, json, says) => {
    const server = await saying('200 OK', body)
    expect(await look(http, { address: server.url, json: [json] })).toMatchObject({
      outcome: 'failed',
      code: 'assertion',
      message: expect.stringContaining(says),
    })
  })

  it('says what is wrong in a sentence', async () => {
    const gone = await saying('200 OK')
    const loop = await saying('302 Found\nLocation: /')
    const inside = await saying('302 Found\nLocation: http://169.254.169.254/latest/')
    const other = await tcpServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n'))
    expect(await look(http, { address: loop.url })).toMatchObject({ outcome: 'failed', code: 'redirect' })
    expect(await look(http, { address: inside.url })).toMatchObject({ outcome: 'failed', code: 'blocked_address' })
    expect(await look(http, { address: `http://127.0.0.1:${other.port}/` })).toMatchObject({
      outcome: 'failed',
      message: `127.0.0.1:${other.port} answers, but not in HTTP`,
    })
    await stopServers()
    expect(await look(http, { address: gone.url })).toMatchObject({
      outcome: 'failed',
      code: 'refused',
      facts: [{ label: 'Address', value: '127.0.0.1' }],
    })
  })

  it('is blind, not down, where our own rules or resources are in the way', async () => {
    const strict = lookWith(createNet({ allowPrivate: false }))
    expect(await strict(http, { address: 'http://127.0.0.1:9/' })).toMatchObject({
      outcome: 'blind',
      code: 'blocked_address',
    })
    const full = lookWith(
      createNet({
        allowPrivate: true,
        connector: () => {
          throw Object.assign(new Error('too many open files'), { code: 'EMFILE' })
        },
      }),
    )
    expect(await full(http, { address: 'http://127.0.0.1:9/' })).toMatchObject({ outcome: 'blind', code: 'exhausted' })
  })

  it('never connects to a metadata address', async () => {
    for (const address of [
      'http://169.254.169.254/',
      'http://[fd00:ec2::254]/',
      'http://0.0.0.0/',
      'http://metadata.google.internal/',
    ]) {
      expect(await look(http, { address })).toMatchObject({ outcome: 'failed', code: 'blocked_address' })
    }
  })
})

describe('a certificate', () => {
  it('is shown with the days that are left, and degrades the look in time', async () => {
    const server = await tlsServer('good')
    const far = await look(http, { address: server.url })
    expect(far).toMatchObject({ outcome: 'ok' })
    expect(far.facts).toContainEqual({ label: 'Certificate', value: 'orders.example.com, 36096 days left', ok: true })
    const near = await look(http, { address: server.url }, { now: '2124-12-27T00:00:00Z' })
    expect(near).toMatchObject({
      outcome: 'degraded',
      code: 'cert_ends_soon',
      message: 'the certificate ends in 5 days',
    })
    expect(await look(http, { address: server.url, status: '404' }, { now: '2124-12-27T00:00:00Z' })).toMatchObject({
      code: 'status',
    })
  })

  it.each([
    ['expired', 'cert_expired'],
    ['other', 'cert_host'],
    ['self-signed', 'cert_untrusted'],
  ] as const)(
    'that is %s fails the look, with the certificate shown, unless it is not to be checked',
    async (name, code) => {
      const server = await tlsServer(name)
      const result = await look(http, { address: server.url })
      expect(result).toMatchObject({ outcome: 'failed', code })
      expect(result.facts).toContainEqual({ label: 'Certificate', value: expect.any(String), ok: false })
      const lenient = await look(http, { address: server.url, checkCertificate: false })
      expect(lenient.outcome).toBe(name === 'expired' ? 'degraded' : 'ok')
    },
  )
})

describe('the config', () => {
  it.each([
    [{ address: 'orders.example.com' }, 'address must be a full address'],
    [{ address: 'ftp://orders.example.com' }, 'address must be a full address'],
    [{ address: 'https://ana:secret@orders.example.com' }, 'address must not hold a user or password'],
    [{ status: '2xx' }, 'status must be status codes and ranges'],
    [{ status: '399-200' }, 'status 399-200 runs backwards'],
    [{ json: ['status == 1'] }, 'json.0 must look like'],
    [{ headers: [{ name: 'Host', value: 'x' }] }, 'headers.0.name is set by the connection itself'],
    [{ headers: [{ name: 'X y', value: 'x' }] }, 'headers.0.name must be letters'],
    [{ headers: [{ name: 'X', value: 'a\r\nb: c' }] }, 'headers.0.value must be on one line'],
    [{ method: 'HEAD', contains: 'x' }, 'method HEAD has no answer'],
    [{ timeoutSeconds: 0 }, 'timeoutSeconds must be at least'],
    [{ timeoutSeconds: 121 }, 'timeoutSeconds must be at most'],
    [{ unknown: 1 }, 'unknown'],
  ])('%o is refused: %s', (config, says) => {
    const problems = problemsOf(http, { address: 'https://orders.example.com/', ...config })
    expect(problems.join('\n')).toContain(says)
  })
})
