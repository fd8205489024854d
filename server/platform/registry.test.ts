import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { isCheck } from '../../checks/lib/define.ts'
import { loadKinds } from './registry.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

const folderOf = async (files: Record<string, string>): Promise<URL> => {
  const folder = await mkdtemp(join(tmpdir(), 'kinds-'))
  folders.push(folder)
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return pathToFileURL(folder)
}

type Fruit = { kind: string; title: string }
const isFruit = (exported: unknown): exported is Fruit => {
  if (typeof exported !== 'object' || exported === null || !('kind' in exported)) return false
  if (!('title' in exported)) throw new Error('the fruit has no title')
  return true
}
const fruit = (kind: string) => `export const ${kind} = { kind: '${kind}', title: 'A ${kind}' }\n`

describe('loading the kinds of a folder', () => {
  it('finds one per file, by name, and passes over tests, declarations, subfolders and helpers', async () => {
    const folder = await folderOf({
      'pear.ts': fruit('pear'),
      'apple.ts': `${fruit('apple')}export const peel = (n: number): number => n - 1\nexport const colours = { red: 1 }\n`,
      'apple.test.ts': fruit('worm'),
      'apple.d.ts': 'export const nothing: string',
      'lib/plum.ts': fruit('plum'),
      'README.md': 'fruit',
    })
    const kinds = await loadKinds(folder, isFruit)
    expect([...kinds]).toEqual([
      ['apple', { kind: 'apple', title: 'A apple' }],
      ['pear', { kind: 'pear', title: 'A pear' }],
    ])
  })

  it('takes one definition exported under two names for one', async () => {
    const folder = await folderOf({ 'fig.ts': `${fruit('fig')}export const again = fig\n` })
    expect([...(await loadKinds(folder, isFruit)).keys()]).toEqual(['fig'])
  })

  it.each([
    ['holds no definition', { 'kiwi.ts': 'export const a = 1\n' }, /kiwi\.ts: exports no definition/],
    ['holds two', { 'kiwi.ts': fruit('kiwi') + fruit('lime') }, /kiwi\.ts: exports 2 definitions/],
    ['has another name', { 'kiwi.ts': fruit('lime') }, /kiwi\.ts: its kind is "lime" but the file is called kiwi\.ts/],
    ['is broken', { 'kiwi.ts': "export const kiwi = { kind: 'kiwi' }\n" }, /kiwi\.ts: the fruit has no title/],
    ['throws', { 'kiwi.ts': "throw new Error('rotten')\n" }, /kiwi\.ts: cannot be loaded: rotten/],
    ['imports what is not there', { 'kiwi.ts': "import './nowhere.ts'\n" }, /kiwi\.ts: cannot be loaded: .*nowhere/s],
  ])('refuses a file that %s, naming it, even beside good ones', async (_what, files, message) => {
    const folder = await folderOf({ 'apple.ts': fruit('apple'), ...files })
    await expect(loadKinds(folder, isFruit)).rejects.toThrow(message)
  })

  it('refuses an empty folder and one that is not there', async () => {
    const empty = await folderOf({ 'README.md': 'nothing yet' })
    await expect(loadKinds(empty, isFruit)).rejects.toThrow(/is empty/)
    await expect(loadKinds(new URL('./nowhere/', `${empty.href}/`), isFruit)).rejects.toThrow(/nowhere.*cannot be read/)
  })
})

describe('the checks', () => {
  it('are found with nothing but their folder', async () => {
    const kinds = await loadKinds(new URL('../../checks/', import.meta.url), isCheck)
    expect([...kinds.keys()]).toEqual(expect.arrayContaining(['dns', 'http', 'tcp', 'tls']))
  })

  it('that lack a part are refused with the name of the part', () => {
    expect(() => isCheck({ kind: 'x', title: 'X', summary: 'x', config: {}, example: {}, run() {} })).toThrow(
      /lacks help/,
    )
    expect(isCheck({ title: 'X' })).toBe(false)
  })
})
