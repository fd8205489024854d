import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { answer, httpServer, saying, stopServers, tcpServer } from '../../../checks/testing/servers.ts'
import { createNet } from './index.ts'

afterEach(stopServers)

/** A busy machine may take its time. */
const patient = { timeout: 5_000 }

const net = createNet({ allowPrivate: true })
const soon = () => AbortSignal.timeout(5_000)
const get = (url: string, more: object = {}) => net.request(url, { signal: soon(), ...more })
const textOf = (response: { body: Uint8Array }) => Buffer.from(response.body).toString()

describe('an exchange', () => {
  it('gives status, headers, body, the address and the time of each phase', async () => {
    const server = await saying(
      '503 Service Unavailable\nX-One: a\nX-One: b\nContent-Type: text/plain',
      'closed for today',
    )
    const response = await get(`${server.url}/health?x=1`)
    expect(response).toMatchObject({
      url: `${server.url}/health?x=1`,
      status: 503,
      statusText: 'Service Unavailable',
      headers: { 'x-one': ['a', 'b'], 'content-type': 'text/plain' },
      truncated: false,
      address: '127.0.0.1',
      addresses: ['127.0.0.1'],
      redirects: [],
    })
    expect(textOf(response)).toBe('closed for today')
    expect(Object.keys(response.timings)).toEqual(['name', 'connect', 'firstByte', 'body'])
    for (const ms of Object.values(response.timings)) expect(ms).toBeGreaterThanOrEqual(0)
  })

  it('sends method, headers and body as told, on a connection of its own that is closed afterwards', async () => {
    const requests: string[] = []
    const server = await httpServer((socket, request) => {
      requests.push(request)
      answer(socket, '204 No Content')
    })
    await get(`${server.url}/a`, { method: 'post', headers: { 'X-Key': 'abc' }, body: '{"a":1}' })
    await get(`${server.url}/b`, { headers: { 'User-Agent': 'other' } })
    expect(requests[0]).toMatch(/^POST \/a HTTP\/1\.1\r\n/)
    expect(requests[0]).toContain(`host: 127.0.0.1:${server.port}\r\n`)
    expect(requests[0]).toContain('X-Key: abc\r\n')
    expect(requests[0]).toContain('user-agent: Watchfloor\r\n')
    expect(requests[0]).toMatch(/\{"a":1\}$/)
    expect(requests[1]).toContain('User-Agent: other\r\n')
    expect(requests[1]).not.toContain('Watchfloor')
    expect(server.connections()).toBe(2)
  })

  it('takes the answer after "100 Continue" and early hints', async () => {
    const server = await httpServer((socket) => {
      socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n')
      answer(socket, '200 OK', 'here')
    })
    expect(await get(server.url)).toMatchObject({ status: 200 })
  })

  it('reads no body of a HEAD', async () => {
    const server = await saying('200 OK\nContent-Length: 1000')
    expect(await get(server.url, { method: 'HEAD' })).toMatchObject({ status: 200, truncated: false })
  })

  it.each(['ftp://127.0.0.1/', 'file:///etc/passwd', 'no address', 'http://'])('refuses %s', async (url) => {
    await expect(get(url)).rejects.toMatchObject({ code: 'bad_request' })
  })

  it('refuses a header that would break out of its line', async () => {
    const server = await saying('200 OK')
    const headers = { 'X-Key': 'a\r\nX-Other: b' }
    await expect(get(server.url, { headers })).rejects.toMatchObject({ code: 'bad_request' })
  })
})

describe('a target that sends too much', () => {
  it('is cut off at the limit, and the connection closed', async () => {
    const block = Buffer.alloc(64 * 1024, 'x')
    let sent = 0
    const server = await httpServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      const pour = () => {
        while (!socket.destroyed && sent < 4e9) {
          sent += block.length
          if (!socket.write(block)) break
        }
      }
      socket.on('drain', pour)
      pour()
    })
    const response = await get(server.url, { maxBytes: 100_000 })
    expect(response.truncated).toBe(true)
    expect(response.body.length).toBe(100_000)
    await expect.poll(server.open, patient).toBe(0)
    expect(sent).toBeLessThan(50e6)
  })

  it('does not get through by a compressed bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(20e6))
    expect(bomb.length).toBeLessThan(30_000)
    const server = await saying('200 OK\nContent-Encoding: gzip', bomb)
    const response = await get(server.url)
    expect(response.truncated).toBe(true)
    expect(response.body.length).toBe(256 * 1024)
  })

  it('does not get through by endless headers', async () => {
    const server = await httpServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      const pour = () => {
        while (!socket.destroyed && socket.write(`X-Flood: ${'y'.repeat(4_000)}\r\n`));
      }
      socket.on('drain', pour)
      pour()
    })
    await expect(get(server.url)).rejects.toMatchObject({
      code: 'protocol',
      message: expect.stringContaining('64 kB of headers'),
    })
    await expect.poll(server.open, patient).toBe(0)
  })
})

describe('a packed answer', () => {
  it.each([
    ['gzip', gzipSync('in order')],
    ['br', brotliCompressSync('in order')],
    ['identity', Buffer.from('in order')],
    ['GZIP', gzipSync('in order')],
  ])('in %s is unpacked', async (encoding, body) => {
    const server = await saying(`200 OK\nContent-Encoding: ${encoding}`, body)
    expect(textOf(await get(server.url))).toBe('in order')
  })

  it('that was cut off is unpacked as far as it goes', async () => {
    const noise = Array.from({ length: 20_000 }, (_, i) => `line ${i * 7919}`).join('\n')
    const server = await saying('200 OK\nContent-Encoding: gzip', gzipSync(noise))
    const response = await get(server.url, { maxBytes: 10_000 })
    expect(response.truncated).toBe(true)
    expect(noise.startsWith(textOf(response))).toBe(true)
    expect(response.body.length).toBe(10_000)
  })

  it.each([
    ['gzip', 'but it is not'],
    ['gzip, gzip', 'cannot be unpacked'],
    ['rot13', 'cannot be unpacked'],
  ])('that says %s wrongly is refused', async (encoding, says) => {
    const server = await saying(`200 OK\nContent-Encoding: ${encoding}`, 'plain text')
    await expect(get(server.url)).rejects.toMatchObject({ code: 'protocol', message: expect.stringContaining(says) })
  })
})

describe('a target that is too slow', () => {
  const within = async (url: string) => {
    const started = performance.now()
    const error = await get(url, { signal: AbortSignal.timeout(400) }).catch((e: unknown) => e)
    expect(performance.now() - started).toBeLessThan(2_500)
    return error
  }

  it('with its first byte is given up at the deadline of the whole', async () => {
    const server = await tcpServer((socket) => socket.resume())
    expect(await within(`http://127.0.0.1:${server.port}/`)).toMatchObject({
      code: 'timeout',
      phase: 'firstByte',
      own: false,
    })
    await expect.poll(server.open, patient).toBe(0)
  })

  it.each([
    ['headers', 'HTTP/1.1 200 OK\r\nX-Slow: ', 'firstByte'],
    ['body', 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n', 'body'],
  ])('sending its %s byte by byte is too', async (_part, head, phase) => {
    const server = await httpServer((socket) => {
      socket.write(head)
      const timer = setInterval(() => socket.write('.'), 20)
      socket.on('close', () => clearInterval(timer))
    })
    expect(await within(server.url)).toMatchObject({ code: 'timeout', phase })
    await expect.poll(server.open, patient).toBe(0)
  })

  it('redirecting slowly is too', async () => {
    const server = await httpServer((socket) => setTimeout(answer, 150, socket, '302 Found\nLocation: /again'))
    const error = get(server.url, { signal: AbortSignal.timeout(400), maxRedirects: 20 })
    await expect(error).rejects.toMatchObject({ code: 'timeout' })
  })

  it('is told apart from our own stopping', async () => {
    const server = await tcpServer((socket) => socket.resume())
    const controller = new AbortController()
    const asking = net.request(`http://127.0.0.1:${server.port}/`, { signal: controller.signal })
    await expect.poll(server.connections, patient).toBe(1)
    controller.abort(new Error('shutting down'))
    await expect(asking).rejects.toMatchObject({ code: 'aborted', own: true })
  })
})

describe('a target that misbehaves', () => {
  it.each([
    ['closes at once', '', 'closed'],
    ['closes in the headers', 'HTTP/1.1 200 OK\r\nContent-', 'closed'],
    ['closes in the body', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of', 'closed'],
    ['closes in a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf of', 'closed'],
    ['speaks something else', 'SSH-2.0-OpenSSH_9.2\r\n', 'protocol'],
    ['speaks binary', '\0\x01\x02\x03\xff\xfe\r\n\r\n', 'protocol'],
    ['gives two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 'protocol'],
  ])('and %s', async (_what, bytes, code) => {
    const server = await httpServer((socket) => socket.end(Buffer.from(bytes, 'latin1')))
    await expect(get(server.url)).rejects.toMatchObject({ code, own: false, seen: { addresses: ['127.0.0.1'] } })
  })

  it('and resets the connection', async () => {
    const server = await httpServer((socket) => socket.resetAndDestroy())
    await expect(get(server.url)).rejects.toMatchObject({ code: 'reset', own: false })
  })

  it('and speaks before it is asked', async () => {
    const server = await tcpServer((socket) => socket.end('220 mail.example.com ESMTP\r\n'))
    await expect(get(`http://127.0.0.1:${server.port}/`)).rejects.toMatchObject({ code: 'protocol' })
  })

  it('and is not there', async () => {
    const server = await saying('200 OK')
    await stopServers()
    await expect(get(server.url)).rejects.toMatchObject({
      code: 'refused',
      own: false,
      message: `127.0.0.1:${server.port} refused the connection`,
    })
  })
})
