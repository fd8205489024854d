import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { verbs } from './verbs.ts'

const web = join(import.meta.dirname, '../..')
const under = (folder: string) =>
  readdirSync(join(web, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx') || name.endsWith('.ts'))
    .map((name) => join(folder, name))

/** What stands on the pages of the desk beside the verbs: the keys written in their files, and in the kit they use. */
const files = [
  ...under('features/desk'),
  ...['Composer', 'DataTable', 'FilterBar', 'Toasts'].map((name) => `ui/${name}.tsx`),
].filter((file) => !/verbs\.|\.test\./.test(file))
const bound = files.flatMap((file) =>
  [...readFileSync(join(web, file), 'utf8').matchAll(/\b(?:k="|key: ')([^"' ])["']/g)].map((found) => ({
    key: found[1] ?? '',
    file,
  })),
)

test('a verb that excludes another alone shares its key', () => {
  const keys = verbs.map(({ k }) => k)
  expect(keys.filter((k, at) => keys.indexOf(k) !== at)).toEqual(['s'])
})

test('no key of a verb means something else on a page of the desk', () => {
  const taken = new Set(verbs.map(({ k }) => k))
  expect(bound.length).toBeGreaterThan(15)
  expect(bound.filter(({ key }) => taken.has(key))).toEqual([])
})
