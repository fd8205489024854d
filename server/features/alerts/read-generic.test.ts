import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SourceError } from './define-source.ts'
import { bounds, signal } from './signal.ts'
import { sourceKinds } from './source-kinds.ts'
import { tidy } from './tidy.ts'

const generic = sourceKinds.get('generic')
if (!generic) throw new Error('the kind generic is missing')
const read = (body: unknown) => generic.parse(typeof body === 'string' ? body : JSON.stringify(body), {})
const one = (body: unknown) => {
  const [found] = read(body).signals
  if (!found) throw new Error('nothing was read')
  return found
}

it.each(['constructor', '__proto__'])('a word that every object knows is no known word: %s', (word) => {
  const read = one({ title: 'x', severity: word, status: word, environment: word })
  expect(read).toMatchObject({ kind: 'firing', severity: 'medium' })
  expect(read.environment).toBeUndefined()
  expect(read.notes).toHaveLength(3)
})

describe.each([...sourceKinds.values()])('the source $kind', (kind) => {
  it.each(kind.samples)('reads its sample "$name"', (sample) => {
    const { signals, problems } = kind.parse(sample.body, sample.headers)
    expect(problems).toEqual([])
    expect(signals).toEqual(sample.signals)
    for (const s of signals) expect(signal.parse(s)).toEqual(s)
  })

  it('throws a sentence for what it cannot read, and never anything else', () => {
    const values = fc.oneof(
      fc.string(),
      fc.json(),
      fc.anything().map((v) => JSON.stringify(v) ?? ''),
    )
    fc.assert(
      fc.property(values, (text) => {
        try {
          for (const s of kind.parse(text, {}).signals) signal.parse(s)
        } catch (error) {
          expect(error).toBeInstanceOf(SourceError)
        }
      }),
    )
  })
})

describe('the generic JSON', () => {
  it.each([
    ['a title is enough', { title: 'Disk full' }, { kind: 'firing', severity: 'medium', dedupKey: 'Disk full' }],
    ['summary is a title too', { summary: 'Disk full' }, { summary: 'Disk full' }],
    [
      'the key is derived from service, host and title',
      { title: 'Disk full', host: 'a', service: 'b' },
      { dedupKey: 'b · a · Disk full' },
    ],
    ['words of other tools', { title: 'x', status: 'OK', severity: 'P1' }, { kind: 'resolved', severity: 'critical' }],
    ['environments by their usual names', { title: 'x', env: 'Staging' }, { environment: 'uat' }],
    ['seconds since 1970', { title: 'x', at: 1_774_747_800 }, { at: Temporal.Instant.from('2026-03-29T01:30:00Z') }],
    [
      'milliseconds as text',
      { title: 'x', timestamp: '1774747800000' },
      { at: Temporal.Instant.from('2026-03-29T01:30:00Z') },
    ],
    [
      'nine digits of a second',
      { title: 'x', at: '2026-03-29T01:30:00.123456789Z' },
      { at: Temporal.Instant.from('2026-03-29T01:30:00.123Z') },
    ],
    ['tags become labels', { title: 'x', labels: ['a', 'b'] }, { labels: { a: '', b: '' } }],
    ['nested labels are kept as JSON', { title: 'x', labels: { a: { b: 1 } } }, { labels: { a: '{"b":1}' } }],
    ['a title of several lines is one line', { title: 'a\n  b' }, { summary: 'a b' }],
    [
      'null fields are no fields',
      { title: 'x', host: null, labels: null, links: null, at: null },
      { labels: {}, links: [] },
    ],
    ['a number is a title', { title: 5 }, { summary: '5' }],
    ['a heartbeat needs nothing', { status: 'heartbeat' }, { kind: 'heartbeat' }],
  ])('%s', (_what, body, wanted) => {
    expect(one(body)).toMatchObject(wanted)
  })

  it.each([
    [
      'an unknown status is firing',
      { title: 'x', status: 'wobbly' },
      { kind: 'firing' },
      /status "wobbly" is not known/,
    ],
    [
      'an unknown severity is medium',
      { title: 'x', severity: 'spicy' },
      { severity: 'medium' },
      /severity "spicy" is not known/,
    ],
    [
      'an unknown environment is left to the source',
      { title: 'x', environment: 'mars' },
      {},
      /environment "mars" is not known/,
    ],
    ['a time that is none', { title: 'x', at: 'yesterday' }, { at: null }, /time in "at"/],
    [
      'a link that could run',
      { title: 'x', links: ['javascript:alert(1)', 'https://ok.example'] },
      { links: [{ url: 'https://ok.example' }] },
      /1 of 2 links/,
    ],
    ['a long title', { title: 'x'.repeat(3_000) }, { summary: `${'x'.repeat(499)}…` }, /had 3000 characters/],
    ['long details', { title: 'x', details: 'd'.repeat(20_000) }, {}, /details had 20000/],
  ])('notes that %s', (_what, body, wanted, note) => {
    const found = one(body)
    expect(found).toMatchObject(wanted)
    expect(found.notes?.join(' ')).toMatch(note)
  })

  it.each([
    ['no JSON', '{"title": ', /not JSON/],
    ['a bare text', '"hello"', /neither an object nor a list/],
    ['an empty list', '[]', /no signal/],
    ['nothing that says what is wrong', '{"host": "a"}', /title: say in one line/],
    ['a resolve of nothing', '{"status": "resolved"}', /dedup_key: say which alert/],
    ['too many', JSON.stringify(Array.from({ length: 1_001 }, () => ({ title: 'x' }))), /1001 signals.*at most 1000/],
  ])('refuses %s in a sentence', (_what, body, sentence) => {
    expect(() => read(body)).toThrow(sentence)
  })

  it('reads the good ones of a batch and names the bad ones', () => {
    const { signals, problems } = read([{ title: 'a' }, 7, { host: 'b' }])
    expect(signals.map((s) => s.summary)).toEqual(['a'])
    expect(problems).toEqual([
      'Signal 2: must be an object with a title.',
      'Signal 3: title: say in one line what is wrong.',
    ])
  })

  it('keeps 200 of 10,000 labels and says how many were cut', () => {
    const labels = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`l${i}`, 'v']))
    const found = one({ title: 'x', labels })
    expect(Object.keys(found.labels)).toHaveLength(200)
    expect(found.notes).toEqual(['It had 10000 labels; the first 200 were kept and 9800 were cut.'])
  })

  it('keeps a label called __proto__ as a label', () => {
    const found = read('{"title": "x", "labels": {"__proto__": "y", "constructor": "z"}}').signals[0]
    expect(Object.entries(found?.labels ?? {})).toEqual([
      ['__proto__', 'y'],
      ['constructor', 'z'],
    ])
    expect(({} as Record<string, unknown>).y).toBeUndefined()
  })

  it('keeps markup, emoji and what cannot be stored as data', () => {
    const found = one({ title: '<script>alert(1)</script> 💥 \u0000 \ud800', labels: { 'a\u0000': '\udfff' } })
    expect(found.summary).toBe('<script>alert(1)</script> 💥 \ufffd \ufffd')
    expect(found.labels).toEqual({ 'a\ufffd': '\ufffd' })
  })

  it('never makes two long keys one', () => {
    const long = 'k'.repeat(400)
    const [a, b] = [one({ title: 'x', dedup_key: `${long}a` }), one({ title: 'x', dedup_key: `${long}b` })]
    expect(a.dedupKey.length).toBeLessThanOrEqual(bounds.dedupKey)
    expect(a.dedupKey).not.toBe(b.dedupKey)
    expect(one({ title: 'x', dedup_key: `${long}a` }).dedupKey).toBe(a.dedupKey)
  })

  it('takes Go’s zero time as not set, without a word', () => {
    expect(one({ title: 'x', at: '0001-01-01T00:00:00Z' })).toEqual(one({ title: 'x' }))
  })

  it('survives what is nested a hundred thousand deep', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    expect(one(`{"title": "x", "labels": {"a": ${deep}}}`).labels.a).toHaveLength(bounds.labelValue)
  })
})

it('tidying twice changes nothing', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string().map((s) => s.repeat(100)),
  )
  const any = fc.record({
    kind: fc.constant('firing' as const),
    dedupKey: text,
    at: fc.constant(null),
    severity: fc.constant('high' as const),
    summary: text,
    details: text,
    host: text,
    labels: fc.dictionary(text, text),
    links: fc.array(fc.record({ label: text, url: fc.webUrl() }), { maxLength: 30 }),
  })
  fc.assert(
    fc.property(any, (s) => {
      const once = tidy(s)
      expect(tidy(once)).toEqual(once)
      // Its answer is not compared: the schema leaves out a label called __proto__, which tidying keeps.
      expect(signal.safeParse(once).error).toBeUndefined()
    }),
  )
})
