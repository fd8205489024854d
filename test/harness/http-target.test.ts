import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type HttpTarget, startHttpTarget } from './http-target.ts'

let target: HttpTarget
beforeEach(async () => {
  target = await startHttpTarget({ body: 'all well' })
})
afterEach(() => target.stop())

const get = (more: RequestInit = {}) => fetch(target.url, { redirect: 'manual', ...more })
const bytesWithin = async (ms: number): Promise<number> => {
  let bytes = 0
  const { body } = await get({ signal: AbortSignal.timeout(ms) })
  try {
    for await (const chunk of body ?? []) bytes += chunk.length
  } catch {
    return bytes
  }
  throw new Error('It came to an end.')
}

describe('the HTTP target', () => {
  test('answers, and counts', async () => {
    expect(await (await get()).text()).toBe('all well')
    target.ok('other words')
    expect(await (await get()).text()).toBe('other words')
    target.ok()
    expect(await (await get()).text()).toBe('all well')
    expect([target.requests(), target.paths()]).toEqual([3, ['/', '/', '/']])
  })

  test('fails, and recovers', async () => {
    target.fail()
    expect((await get()).status).toBe(500)
    target.fail(404, 'gone')
    expect(await (await get()).text()).toBe('gone')
    target.ok()
    expect((await get()).status).toBe(200)
  })

  test('is slow', async () => {
    target.slow(120)
    const start = performance.now()
    expect((await get()).status).toBe(200)
    expect(performance.now() - start).toBeGreaterThanOrEqual(119)
  })

  test('hangs', async () => {
    target.hang()
    await expect(get({ signal: AbortSignal.timeout(80) })).rejects.toThrow(/timeout/i)
    expect(target.requests()).toBe(1)
  })

  test('cuts the connection', async () => {
    target.close()
    await expect(get()).rejects.toThrow('fetch failed')
  })

  test('redirects for ever', async () => {
    target.redirectLoop()
    await expect(fetch(target.url)).rejects.toThrow('fetch failed')
    expect(target.requests()).toBeGreaterThan(10)
    target.redirectTo('http://169.254.169.254/latest')
    expect((await get()).headers.get('location')).toBe('http://169.254.169.254/latest')
  })

  test('drips', async () => {
    target.dripByte(20)
    const bytes = await bytesWithin(200)
    expect(bytes).toBeGreaterThan(2)
    expect(bytes).toBeLessThan(20)
  })

  test('floods', async () => {
    target.flood()
    expect(await bytesWithin(200)).toBeGreaterThan(1_000_000)
  })

  test('dies with all its connections, and comes back at the same port', async () => {
    const { url } = target
    const open = connect(target.port, '127.0.0.1')
    await new Promise((resolve) => open.once('connect', resolve))
    const cut = new Promise((resolve) => open.once('close', resolve))
    await target.kill()
    await cut
    await expect(get()).rejects.toThrow('fetch failed')
    await target.revive()
    expect(target.url).toBe(url)
    expect((await get()).status).toBe(200)
    await target.kill()
    await target.kill()
  })
})
