import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** What phones ask for before they offer to install it: icons that are there, and as large as they are said to be. */
const folder = join(import.meta.dirname, 'public')
const read = (path: string) => readFileSync(join(folder, path))
type Icon = { src: string; sizes: string; type: string; purpose: string }
const { icons, ...manifest } = JSON.parse(read('manifest.webmanifest').toString()) as { icons: Icon[] }

/** Of a PNG, from its header. */
const sizeOf = (png: Buffer) => {
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  return `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`
}

test('it can be installed: it stands by itself, and has icons of every size that is asked for', () => {
  expect(manifest).toMatchObject({ id: '/', scope: '/', start_url: '/', display: 'standalone' })
  const pictures = icons.filter(({ type }) => type === 'image/png')
  expect(pictures.map(({ src }) => sizeOf(read(src)))).toEqual(pictures.map(({ sizes }) => sizes))
  expect(pictures.map(({ sizes, purpose }) => `${sizes} ${purpose}`)).toEqual(
    expect.arrayContaining(['192x192 any', '512x512 any', '512x512 maskable']),
  )
  const page = readFileSync(join(import.meta.dirname, 'index.html'), 'utf8')
  const touch = /rel="apple-touch-icon" href="([^"]+)"/.exec(page)?.[1] ?? ''
  expect(sizeOf(read(touch))).toBe('180x180')
})
