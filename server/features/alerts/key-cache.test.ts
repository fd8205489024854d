import { expect, it } from 'vitest'
import { createKeyCache } from './key-cache.ts'
import type { NamedKey } from './key-rows.ts'
import { freshKey } from './key-state.ts'

const key = (dedupKey: string, turn = 1): NamedKey => ({ sourceId: 's', dedupKey, turn, key: freshKey })
const has = (cache: ReturnType<typeof createKeyCache>, ...keys: string[]) =>
  cache.find(keys.map((k) => key(k))).map((k) => `${k.dedupKey}${k.turn}`)

it('knows the newest states, and forgets those that were written longest ago', () => {
  const cache = createKeyCache(2)
  cache.put([key('a'), key('b')])
  cache.put([key('a', 2), key('c')])
  expect(has(cache, 'a', 'b', 'c', 'd')).toEqual(['a2', 'c1'])
  cache.forget([key('a')])
  expect(has(cache, 'a', 'c')).toEqual(['c1'])
})
