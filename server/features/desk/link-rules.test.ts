import { describe, expect, it } from 'vitest'
import { type LinkFacts, whyNotLinked } from './link-rules.ts'

const [a, b, c] = ['A', 'B', 'C'].map((n) => ({ id: n.toLowerCase(), number: `INC-${n}` })) as [
  LinkFacts['from'],
  LinkFacts['from'],
  LinkFacts['from'],
]
const facts = (more: Partial<LinkFacts>): LinkFacts => ({
  kind: 'relates_to',
  from: a,
  to: b,
  between: [],
  parent: null,
  above: [],
  ...more,
})

describe('what may be linked', () => {
  it.each<[string, Partial<LinkFacts>, RegExp | null]>([
    ['two tickets', {}, null],
    ['a ticket to itself', { to: a }, /cannot be linked to itself/],
    ['what is linked so already', { between: [{ fromId: 'a', kind: 'relates_to' }] }, null],
    ['the other way round, without a direction', { between: [{ fromId: 'b', kind: 'relates_to' }] }, null],
    [
      'duplicates of each other',
      { kind: 'duplicate_of', between: [{ fromId: 'b', kind: 'duplicate_of' }] },
      /INC-B is duplicate of INC-A already/,
    ],
    [
      'a cause of its own cause',
      { kind: 'caused_by', between: [{ fromId: 'b', kind: 'caused_by' }] },
      /INC-B is caused by/,
    ],
    ['another kind between the two', { kind: 'caused_by', between: [{ fromId: 'b', kind: 'relates_to' }] }, null],
    ['a child', { kind: 'child_of' }, null],
    ['a child of its own child', { kind: 'child_of', above: ['c', 'a'] }, /would be a circle/],
    ['a child of the parent it has', { kind: 'child_of', parent: b }, null],
    ['a child of two', { kind: 'child_of', parent: c }, /INC-A is a child of INC-C already/],
  ])('%s', (_, given, why) => {
    const found = whyNotLinked(facts(given))
    if (why) expect(found).toMatch(why)
    else expect(found).toBeNull()
  })
})
