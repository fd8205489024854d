import { expect, test } from 'vitest'
import type { PageView } from '../../../contract/oncall/index.ts'
import type { Reader } from './data.ts'
import { type Delivery, deliveryWords, isTrouble, lastAsked, mayAnswer } from './paging.ts'

const delivery = (given: Partial<Delivery>): Delivery =>
  ({ state: 'sent', attempts: 1, lastError: null, mayRepeat: false, bundled: false, ...given }) as Delivery

test.each<[Partial<Delivery>, string, boolean]>([
  [{}, 'sent', false],
  [{ attempts: 3 }, 'sent, tried 3 times', false],
  [{ state: 'failed', lastError: '550 no such mailbox.' }, 'failed: 550 no such mailbox', true],
  [{ state: 'queued', attempts: 2, lastError: 'Timed out.' }, 'about to be sent, tried 2 times: Timed out', false],
  [{ mayRepeat: true }, 'sent; may have arrived twice', true],
  [{ state: 'bundled', bundled: true }, 'sent together with others', false],
  [{ bundled: true }, 'sent, together with others', false],
  [{ state: 'cancelled' }, 'not needed any more', false],
  [{ state: 'something new' }, 'something new', false],
])('%j', (given, words, trouble) => {
  expect(deliveryWords(delivery(given))).toBe(words)
  expect(isTrouble(delivery(given))).toBe(trouble)
})

const target = (id: string | null, step: number, round = 1) => ({ user: id ? { id, name: id } : null, step, round })
const page = (state: string, ...targets: ReturnType<typeof target>[]) => ({ state, targets }) as unknown as PageView
const reader = (may: string | undefined, id = 'priya') =>
  ({ id, teams: [{ id: 't' }], may: { 'page.respond': may } }) as unknown as Reader

test('whoever was turned to may answer, a lead for the team, an administrator always', () => {
  const paging = page('paging', target('priya', 1))
  expect(mayAnswer(paging, reader('own'), 't')).toBe(true)
  expect(mayAnswer(paging, reader('own', 'sam'), 't')).toBe(false)
  expect(mayAnswer(paging, reader('team', 'ana'), 't')).toBe(true)
  expect(mayAnswer(paging, reader('team', 'ana'), 'other')).toBe(false)
  expect(mayAnswer(paging, reader('all', 'marta'), undefined)).toBe(true)
  expect(mayAnswer(page('acknowledged', target('priya', 1)), reader('own'), 't')).toBe(false)
  expect(mayAnswer(paging, reader(undefined), 't')).toBe(false)
})

test('whom the latest step reached', () => {
  const names = (one: PageView) => lastAsked(one).map(({ user }) => user?.name)
  expect(names(page('paging', target('priya', 1), target('sam', 2), target('ana', 2)))).toEqual(['sam', 'ana'])
  expect(names(page('paging', target('priya', 1), target(null, 2)))).toEqual(['priya'])
  expect(names(page('paging', target('priya', 1), target('priya', 1, 2)))).toEqual(['priya'])
  expect(names(page('paging', target(null, 1)))).toEqual([])
})
