import { describe, expect, test } from 'vitest'
import type { Calendar } from './calendar-draft.ts'
import { knowledgeAfter } from './holiday-import.ts'

const after = (validThrough: string | null, ...dates: string[]) =>
  knowledgeAfter({ validThrough, provenance: '' } as Calendar, dates, '').validThrough

describe('holidays are known afterwards', () => {
  test.each<[string, string | null, string[], string]>([
    [
      'through the last year that has more than its first days',
      '2026-12-31',
      ['2027-05-01', '2028-02-01'],
      '2028-12-31',
    ],
    ['not through a year of which there is only New Year', '2025-12-31', ['2026-12-25', '2027-01-01'], '2026-12-31'],
    ['nor through one of which there is only January', '2026-12-31', ['2027-01-01', '2027-01-06'], '2026-12-31'],
    ['as before, when they were known further', '2029-06-30', ['2027-05-01'], '2029-06-30'],
    ['as before, when nothing is ticked', '2026-12-31', [], '2026-12-31'],
    ['without an end, when there was none', null, ['2027-05-01'], ''],
  ])('%s', (_name, before, dates, expected) => expect(after(before, ...dates)).toBe(expected))
})

test('where they come from is added to what there is, once', () => {
  const from = (provenance: string, source: string) =>
    knowledgeAfter({ validThrough: null, provenance } as Calendar, [], source).provenance
  expect(from('', 'London')).toBe('London')
  expect(from('By hand', 'London')).toBe('By hand; London')
  expect(from('By hand; London', 'London')).toBe('By hand; London')
  expect(from('By hand', '')).toBe('By hand')
})
