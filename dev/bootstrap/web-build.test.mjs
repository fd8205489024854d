import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compress, sourceHash } from './web-build.mjs'

describe('what the web build is made from', () => {
  let folder
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'wf-web-'))
    write('web/index.html', '<!doctype html>')
    write('web/ui/Page.tsx', 'page')
    write('contract/desk/index.ts', 'desk')
    write('package-lock.json', '{}')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it.each([
    ['a page', 'web/ui/Page.tsx', 'another page'],
    ['a new page', 'web/ui/More.tsx', ''],
    ['the build settings', 'web/vite.config.ts', 'x'],
    ['the contract', 'contract/desk/index.ts', 'other desk'],
    ['the packages', 'package-lock.json', '{"packages":{}}'],
  ])('changes with %s', (_, path, text) => {
    const before = sourceHash(folder)
    write(path, text)
    expect(sourceHash(folder)).not.toBe(before)
  })

  it.each([
    ['a test', 'web/ui/Page.test.tsx'],
    ['a package of the web', 'web/node_modules/react/index.js'],
    ['an older build', 'web/dist/index.html'],
    ['an editor', 'web/.cache/x'],
    ['the server', 'server/main.ts'],
  ])('does not change with %s', (_, path) => {
    const before = sourceHash(folder)
    write(path, 'x')
    expect(sourceHash(folder)).toBe(before)
  })

  it('tells where one file ends and the next begins', () => {
    write('web/a', 'xy')
    write('web/b', '')
    const before = sourceHash(folder)
    write('web/a', 'x')
    write('web/b', 'y')
    expect(sourceHash(folder)).not.toBe(before)
  })

  it('texts get compressed copies beside them, small ones and pictures do not', () => {
    const text = 'const words = 1\n'.repeat(200)
    write('built/assets/index.js', text)
    write('built/assets/small.js', 'x')
    write('built/assets/font.woff2', text)
    const built = join(folder, 'built')
    compress(built)
    const read = (ending) => readFileSync(join(built, `assets/index.js.${ending}`))
    expect(gunzipSync(read('gz')).toString()).toBe(text)
    expect(brotliDecompressSync(read('br')).toString()).toBe(text)
    expect(existsSync(join(built, 'assets/small.js.gz')) || existsSync(join(built, 'assets/font.woff2.gz'))).toBe(false)
  })
})
