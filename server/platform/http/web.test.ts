import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mountWeb } from './web.ts'

const script = `const words = '${'to be read '.repeat(300)}'`
let folder: string
let http: FastifyInstance
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wf-pages-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), `<!doctype html><title>Watchfloor</title>${' '.repeat(1_000)}`)
  writeFileSync(join(folder, 'assets/index-abc.js'), script)
  writeFileSync(join(folder, 'assets/small.js'), 'x')
  // As the build lays them beside the texts.
  for (const name of ['index.html', 'assets/index-abc.js']) {
    const content = readFileSync(join(folder, name))
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content))
    writeFileSync(join(folder, `${name}.gz`), gzipSync(content))
  }
  http = fastify()
  await mountWeb(http, folder)
})
afterAll(async () => {
  await http.close()
  rmSync(folder, { recursive: true })
})

const get = (url: string, encodings?: string) =>
  http.inject({ url, headers: encodings ? { 'accept-encoding': encodings } : {} })

describe('the web pages', () => {
  it.each([
    ['gzip, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
  ])('to a browser that takes %s, a script goes as %s', async (takes, encoding, unpack) => {
    const answer = await get('/assets/index-abc.js', takes)
    expect(answer.headers).toMatchObject({
      'content-encoding': encoding,
      'content-type': expect.stringMatching(/javascript/),
      'cache-control': 'public, max-age=31536000, immutable',
    })
    expect(answer.rawPayload.length).toBeLessThan(script.length / 10)
    expect(unpack(answer.rawPayload).toString()).toBe(script)
  })

  it('go as they are to whoever takes nothing else, and where packing gains nothing', async () => {
    expect((await get('/assets/index-abc.js')).body).toBe(script)
    const small = await get('/assets/small.js', 'br')
    expect([small.body, small.headers['content-encoding']]).toEqual(['x', undefined])
  })

  it('every other address is the start page, and is asked for anew', async () => {
    const answer = await get('/tickets/INC-1', 'br')
    expect(answer.headers).toMatchObject({ 'content-encoding': 'br', 'cache-control': 'no-cache' })
    expect(answer.headers['content-type']).toMatch('text/html')
    for (const url of ['/api/nothing', '/intake/nothing', '/assets/nothing.js'])
      expect((await get(url)).statusCode).toBe(404)
  })
})
