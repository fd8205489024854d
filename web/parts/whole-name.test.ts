import { expect, test } from 'vitest'
import { hasWhole } from './whole-name.ts'

test.each([
  ['ldn-db-03 is down', true],
  ['Disk of LDN-DB-03.bank.example:9100', true],
  ['http://ldn-db-03/health', true],
  ['ldn-db-030 is down', false],
  ['old-ldn-db-03', false],
  ['ldn-db-03-standby', false],
  ['', false],
  [null, false],
])('%s: %s', (text, expected) => {
  expect(hasWhole(text, 'ldn-db-03')).toBe(expected)
})

test('a name is a name and not a pattern', () => {
  expect(hasWhole('10x0x0x7', '10.0.0.7')).toBe(false)
  expect(hasWhole('http://10.0.0.7:80', '10.0.0.7')).toBe(true)
})
