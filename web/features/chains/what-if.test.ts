import { expect, test } from 'vitest'
import { actWords, type Given, withAct } from './what-if.ts'

const names: Record<string, string> = { a: 'EOD_PRICES' }
const said = (act: Given) => actWords(act, (id) => names[id] ?? '?', 'Europe/London')

test.each<[Given, string]>([
  [{ do: 'finish', jobId: 'a' }, 'EOD_PRICES finishes now'],
  [{ do: 'skip', jobId: 'a' }, 'EOD_PRICES is skipped'],
  [{ do: 'takes', jobId: 'a', seconds: 2_700 }, 'EOD_PRICES takes 45 min in all'],
  [{ do: 'start', jobId: 'a', at: '2026-06-25T06:30:00Z' }, 'EOD_PRICES starts at 07:30'],
  [{ do: 'extend', dueAt: '2026-11-25T08:15:00Z' }, 'the deadline is 08:15'],
  [{ do: 'units', resource: 'prdbat', units: 3 }, 'there are 3 of prdbat'],
])('%o is said so', (act, words) => {
  expect(said(act)).toBe(words)
})

test('of two acts about the same the later one counts', () => {
  const skip: Given = { do: 'skip', jobId: 'a' }
  const extend: Given = { do: 'extend', dueAt: '2026-11-25T08:15:00Z' }
  expect(withAct([{ do: 'finish', jobId: 'a' }, extend], skip)).toEqual([extend, skip])
})
