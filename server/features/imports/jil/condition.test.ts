import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Condition, Within } from '../../../../contract/jobs/waits.ts'
import { ConditionError, type NamedJob, readCondition } from './condition.ts'

const refOf = ({ name, instance }: NamedJob) => (instance ? `${instance}/${name}` : name)
const read = (text: string) => readCondition(text, refOf)
const job = (name: string, is = 'succeeded', within: Within = 'ever') => ({ kind: 'job', job: name, is, within })
const A = job('A')
const B = job('B')
const C = job('C')

describe('a starting condition', () => {
  it.each([
    ['s(A)', A],
    ['success(A)', A],
    ['SUCCESS( A )', A],
    ['f(A)', job('A', 'failed')],
    ['failure(A)', job('A', 'failed')],
    ['d(A)', job('A', 'done')],
    ['done(A)', job('A', 'done')],
    ['t(A)', job('A', 'terminated')],
    ['terminated(A)', job('A', 'terminated')],
    ['n(A)', job('A', 'not-running')],
    ['notrunning(A)', job('A', 'not-running')],
    ['s(A^PRD)', job('PRD/A')],
    ['s(A ^ PRD, 01.30)', job('PRD/A', 'succeeded', { seconds: 5_400 })],
    ['s(DB\\:LOAD)', job('DB:LOAD')],
    ['s(A,12)', job('A', 'succeeded', { seconds: 43_200 })],
    ['s(A,12.00)', job('A', 'succeeded', { seconds: 43_200 })],
    ['s(A, 00.30)', job('A', 'succeeded', { seconds: 1_800 })],
    ['s(A,00\\:30)', job('A', 'succeeded', { seconds: 1_800 })],
    ['s(A,30)', job('A', 'succeeded', { seconds: 108_000 })],
    ['s(A,0)', job('A', 'succeeded', 'own-last-run')],
    ['s(A,00.00)', job('A', 'succeeded', 'own-last-run')],
    ['s(A,9999)', A],
    ['s(A,9999.59)', A],
    ['e(A) = 4', { kind: 'exit', job: 'A', compare: '=', code: 4, within: 'ever' }],
    ['exitcode(A,2)>=-1', { kind: 'exit', job: 'A', compare: '>=', code: -1, within: { seconds: 7_200 } }],
    ['e(A)!=0', { kind: 'exit', job: 'A', compare: '!=', code: 0, within: 'ever' }],
    ['v(OPEN) = "N"', { kind: 'global', name: 'OPEN', compare: '=', value: 'N' }],
    ['value(RUN_DATE^PRD)<20261130', { kind: 'global', name: 'RUN_DATE^PRD', compare: '<', value: '20261130' }],
    ['v(NOTE)="a & (b)"', { kind: 'global', name: 'NOTE', compare: '=', value: 'a & (b)' }],
    ['s(A)&s(B)', { kind: 'all', of: [A, B] }],
    ['s(A) AND s(B) and s(C)', { kind: 'all', of: [A, B, C] }],
    ['s(A)|s(B)', { kind: 'any', of: [A, B] }],
    ['s(A) OR s(B)', { kind: 'any', of: [A, B] }],
    ['((s(A)))', A],
    ['s(A) & (s(B) | s(C))', { kind: 'all', of: [A, { kind: 'any', of: [B, C] }] }],
    ['( s(A)\n| s(B) )\t& s(C)', { kind: 'all', of: [{ kind: 'any', of: [A, B] }, C] }],
  ])('%s', (text, condition) => {
    expect(read(text)).toMatchObject({ condition, isMixed: false })
  })

  it('goes from left to right where & and | are mixed, and says so', () => {
    expect(read('s(A) | s(B) & s(C)')).toMatchObject({
      isMixed: true,
      condition: { kind: 'all', of: [{ kind: 'any', of: [A, B] }, C] },
    })
    expect(read('s(A) & s(B) | s(C)')).toMatchObject({
      isMixed: true,
      condition: { kind: 'any', of: [{ kind: 'all', of: [A, B] }, C] },
    })
    expect(read('s(A) & (s(B) | s(C))').isMixed).toBe(false)
  })

  it.each([
    ['', 'is not understood at its end'],
    ['s(A', 'misses a closing parenthesis at its end'],
    ['(s(A)', 'misses a closing parenthesis'],
    ['s(A) &', 'is not understood at its end'],
    ['s(A) s(B)', 'is not understood at “s(B)”'],
    ['!s(A)', 'is not understood'],
    ['not s(A)', 'is not understood'],
    ['x(A)', 'is not understood at “x(”'],
    ['constructor(A)', 'is not understood at “constructor(”'],
    ['s()', 'misses a name'],
    ['s(A,.30)', 'look-back “.30”'],
    ['s(A,12.60)', 'look-back “12.60”'],
    ['s(A,12345)', 'look-back'],
    ['v(G,12) = 1', 'gives the variable G a look-back'],
    ['v(G)', 'misses a comparison'],
    ['e(A) = x', 'misses what to compare with'],
    ['e(A) ~ 4', 'misses a comparison'],
    [`${'('.repeat(10_000)}s(A)`, 'parentheses'],
    [`s(A)${' & s(A) | s(B)'.repeat(50)}`, 'changes between & and | too often'],
    [Array.from({ length: 2_001 }, (_, at) => `s(A${at})`).join('&'), 'more than 2000 jobs'],
  ])('%s is refused', (text, words) => {
    expect(() => read(text)).toThrow(ConditionError)
    expect(() => read(text)).toThrow(words)
  })
})

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9._#-]{0,20}$/)
const within = fc.oneof(
  fc.constantFrom<Within>('ever', 'own-last-run'),
  fc.integer({ min: 1, max: 9_998 * 60 }).map((minutes): Within => ({ seconds: minutes * 60 })),
)
const comparison = fc.constantFrom(
  '=' as const,
  '!=' as const,
  '<' as const,
  '<=' as const,
  '>' as const,
  '>=' as const,
)
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    kind: fc.constant('job' as const),
    job: name,
    is: fc.constantFrom(
      'succeeded' as const,
      'failed' as const,
      'done' as const,
      'terminated' as const,
      'not-running' as const,
    ),
    within,
  }),
  fc.record({
    kind: fc.constant('exit' as const),
    job: name,
    compare: comparison,
    code: fc.integer({ min: -255, max: 255 }),
    within,
  }),
  fc.record({
    kind: fc.constant('global' as const),
    name,
    compare: comparison,
    value: fc.stringMatching(/^[^"\r\n]{1,30}$/),
  }),
)
const { tree } = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(tie('tree'), { minLength: 2, maxLength: 4 }),
    }),
  ),
}))

const look = (w: Within): string => {
  if (w === 'ever') return ''
  if (typeof w === 'string') return ',0'
  const minutes = w.seconds / 60
  return `,${Math.floor(minutes / 60)}.${String(minutes % 60).padStart(2, '0')}`
}
const letters: Record<string, string> = {
  succeeded: 's',
  failed: 'failure',
  done: 'D',
  terminated: 't',
  'not-running': 'notrunning',
}
const written = (c: Condition): string => {
  if (c.kind === 'global') return `v(${c.name}) ${c.compare} "${c.value}"`
  if (c.kind === 'exit') return `e(${c.job}${look(c.within)})${c.compare}${c.code}`
  if (c.kind === 'job') return `${letters[c.is]}( ${c.job} ${look(c.within)})`
  if (c.kind === 'file') return ''
  return c.of
    .map((one) => (one.kind === 'all' || one.kind === 'any' ? `(${written(one)})` : written(one)))
    .join(c.kind === 'all' ? ' & ' : ' OR ')
}

it('reads whatever is written by its rules', () => {
  fc.assert(
    fc.property(tree, (condition) => {
      expect(read(written(condition))).toMatchObject({ condition, isMixed: false })
    }),
    { numRuns: 300 },
  )
})

it('takes any text, or refuses it with a sentence', () => {
  const words = fc.array(
    fc.constantFrom('s(', 'A', ')', '&', '|', ' ', ',', '12.00', '^', 'v(', '=', '"', '\\:', '(', 'or', 'e('),
  )
  fc.assert(
    fc.property(words, (parts) => {
      try {
        read(parts.join(''))
      } catch (error) {
        expect(error).toBeInstanceOf(ConditionError)
      }
    }),
    { numRuns: 500 },
  )
})
