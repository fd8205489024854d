import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { parseInput } from './parse.ts'

const shape = z.strictObject({
  name: z.string().max(5),
  count: z.int().min(1).max(3),
  on: z.boolean(),
  kind: z.enum(['a', 'b']),
  list: z.array(z.string()).max(1),
  own: z.string().regex(/^x/, 'must begin with x'),
})
const good = { name: 'n', count: 1, on: true, kind: 'a', list: [], own: 'x' }
const problem = (change: object) => {
  try {
    parseInput(shape, { ...good, ...change })
  } catch (error) {
    return (error as Error).message
  }
  return null
}

describe('a bad field', () => {
  it.each([
    [{ name: undefined }, 'name: must be given'],
    [{ name: 5 }, 'name: must be text'],
    [{ name: 'too long' }, 'name: must have at most 5 characters'],
    [{ count: 'many' }, 'count: must be a number'],
    [{ count: 1.5 }, 'count: must be a whole number'],
    [{ count: 4 }, 'count: must be at most 3'],
    [{ count: 0 }, 'count: must be at least 1'],
    [{ on: 'yes' }, 'on: must be true or false'],
    [{ kind: 'c' }, 'kind: must be a or b'],
    [{ list: {} }, 'list: must be a list'],
    [{ list: ['a', 'b'] }, 'list: must have at most 1 entries'],
    [{ list: [1] }, 'list.0: must be text'],
    [{ own: 'y' }, 'own: must begin with x'],
    [{ more: 1, other: 2 }, 'body: has fields that are not known here: more, other'],
  ])('%j: %s', (change, sentence) => expect(problem(change)).toBe(sentence))

  it('is named with all others at once', () =>
    expect(problem({ name: undefined, kind: 'c' })).toBe('name: must be given; kind: must be a or b'))

  it('may be the whole body', () =>
    expect(() => parseInput(shape, 'text')).toThrow('body: must be an object with fields'))
})
