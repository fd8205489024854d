import { afterEach, describe, expect, it } from 'vitest'
import { answer, httpServer, saying, stopServers } from '../../../checks/testing/servers.ts'
import { createNet } from './index.ts'

afterEach(stopServers)

const net = createNet({ allowPrivate: true })
const get = (url: string, more: object = {}) =>
  net.request(url, { signal: AbortSignal.timeout(5_000), maxRedirects: 5, ...more })

/** A server that redirects `/` to `location` with `status`, answers 200 elsewhere and keeps what it was asked. */
const redirecting = async (location: string, status = 302) => {
  const requests: string[] = []
  const server = await httpServer((socket, request) => {
    requests.push(request)
    if (request.split(' ')[1] === '/') answer(socket, `${status} Moved\nLocation: ${location}`)
    else answer(socket, '200 OK', 'arrived')
  })
  return { ...server, requests }
}

describe('redirects', () => {
  it('are followed, and said', async () => {
    const server = await redirecting('/there?x=1')
    const response = await get(server.url)
    expect(response).toMatchObject({
      status: 200,
      url: `${server.url}/there?x=1`,
      redirects: [`${server.url}/there?x=1`],
    })
  })

  it('are the answer when none are wanted, and when they lead nowhere', async () => {
    const server = await redirecting('/there')
    expect(await get(server.url, { maxRedirects: 0 })).toMatchObject({ status: 302, redirects: [] })
    const pointless = await saying('302 Found')
    expect(await get(pointless.url)).toMatchObject({ status: 302 })
  })

  it('that never end are given up after the most that was allowed', async () => {
    const server = await redirecting('/')
    await expect(get(server.url)).rejects.toMatchObject({
      code: 'redirect',
      message: expect.stringContaining('more than 5 times'),
    })
    expect(server.connections()).toBe(6)
  })

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'ftp://127.0.0.1/', 'http://'])(
    'to %s are refused',
    async (location) => {
      const server = await redirecting(location)
      await expect(get(server.url)).rejects.toMatchObject({ code: 'redirect' })
    },
  )

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:169.254.169.254]/',
    'http://[fd00:ec2::254]/',
    'http://2852039166/',
    'http://0xa9.0xfe.0xa9.0xfe/',
    'http://metadata.google.internal/',
    'http://0.0.0.0/',
  ])('to %s are refused as the target’s doing', async (location) => {
    const server = await redirecting(location)
    const error = get(server.url)
    await expect(error).rejects.toMatchObject({
      code: 'blocked_address',
      own: false,
      message: expect.stringContaining('redirects to'),
    })
  })
})

describe('what a redirect takes along', () => {
  const headers = { Authorization: 'Bearer abc', 'X-Api-Key': 'abc', Cookie: 's=1', Accept: 'text/html' }

  it('to the same origin: everything', async () => {
    const server = await redirecting('/there')
    await get(server.url, { headers })
    for (const value of ['Bearer abc', 'X-Api-Key: abc', 's=1', 'text/html'])
      expect(server.requests[1]).toContain(value)
  })

  it('to another origin: nothing that could be a secret', async () => {
    const other = await redirecting('/')
    const server = await redirecting(`${other.url}/there`)
    await get(server.url, { headers })
    expect(other.requests[0]).toContain('Accept: text/html')
    expect(other.requests[0]).not.toContain('abc')
    expect(other.requests[0]).not.toContain('s=1')
  })

  it('to another origin: no body, it is refused', async () => {
    const other = await redirecting('/')
    const server = await redirecting(`${other.url}/there`, 307)
    await expect(get(server.url, { method: 'POST', body: 'password=abc' })).rejects.toMatchObject({ code: 'redirect' })
    expect(other.connections()).toBe(0)
  })

  it.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [303, 'HEAD', 'HEAD', ''],
    [302, 'PUT', 'PUT', 'a=1'],
    [307, 'POST', 'POST', 'a=1'],
    [308, 'POST', 'POST', 'a=1'],
  ])('with %s after a %s: the method %s', async (status, method, next, body) => {
    const server = await redirecting('/there', status)
    await get(server.url, {
      method,
      ...(method === 'HEAD' ? {} : { body: 'a=1', headers: { 'Content-Type': 'text/plain' } }),
    })
    expect(server.requests[1]?.split(' ')[0]).toBe(next)
    expect(server.requests[1]?.split('\r\n\r\n')[1]).toBe(body)
    expect(/content-type/i.test(server.requests[1] ?? '')).toBe(body !== '')
  })
})
