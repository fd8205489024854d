import { describe, expect, it } from 'vitest'
import { SourceError } from './define-source.ts'
import { bounds } from './signal.ts'
import { pagerduty } from './sources/pagerduty.ts'

const payload = { summary: 'FX batch late', source: 'sched01', severity: 'error' }
const read = (more: object = {}, of: object = {}) =>
  pagerduty.parse(
    JSON.stringify({ event_action: 'trigger', dedup_key: 'fx', payload: { ...payload, ...of }, ...more }),
    {},
  ).signals[0]
const plain = {
  kind: 'firing',
  dedupKey: 'fx',
  at: null,
  severity: 'high',
  summary: 'FX batch late',
  host: 'sched01',
  labels: { source: 'sched01' },
  links: [],
}

describe('an event of PagerDuty', () => {
  it.each([
    ['nothing that may be left away', {}, {}],
    ['fields that are null', { client: null, client_url: null, images: null, links: null }, {}],
    [
      'fields of the payload that are null',
      {},
      { timestamp: null, component: null, group: null, class: null, custom_details: null },
    ],
    ['lists that are empty', { images: [], links: [] }, { custom_details: {} }],
    ['lists of nothing', { images: [null, {}, { src: null }], links: ['x', { text: 'no address' }, 7] }, {}],
    ['lists that are none', { images: {}, links: 'x' }, {}],
    ['fields that nobody knows', { event_class: 'x', payload_version: 2 }, { severity_v2: 'sev-1', _meta: { a: 1 } }],
    ['details that are blank', {}, { custom_details: ' ' }],
    ['a time that is none', {}, { timestamp: 'yesterday' }],
  ])('is read with %s', (_what, more, of) => {
    expect(read(more, of)).toEqual(plain)
  })

  it.each([
    ['text', 'Run 42 hangs', 'Run 42 hangs', {}],
    ['a number', 42, '42', {}],
    ['false', false, 'false', {}],
    ['a list', ['Run 42 hangs', null, { run: 42 }, 7], 'Run 42 hangs\n\n{"run":42}\n7', {}],
    ['a list of nothing', [], undefined, {}],
    [
      'fields',
      { run: 42, late: true, none: null, steps: { load: ['a'] } },
      undefined,
      {
        run: '42',
        late: 'true',
        steps: '{"load":["a"]}',
      },
    ],
    ['fields with a text among them', { message: 'It hangs' }, 'It hangs', { message: 'It hangs' }],
    [
      'fields that are called as what every object has',
      JSON.parse('{"__proto__": "a", "constructor": "b"}'),
      undefined,
      {
        ...JSON.parse('{"__proto__": "a"}'),
        constructor: 'b',
      },
    ],
  ])('loses nothing of details that are %s', (_what, custom_details, details, labels) => {
    const found = read({}, { custom_details })
    expect(found?.details).toBe(details)
    expect(JSON.stringify(found?.labels)).toBe(JSON.stringify({ source: 'sched01', ...labels }))
  })

  it.each([
    ['letters', 'x'.repeat(1_024)],
    ['emoji', '🧯'.repeat(1_024)],
    ['more than PagerDuty takes', '🧯'.repeat(1_025)],
  ])('has a title that is cut, and the whole summary in its details: %s', (_what, summary) => {
    const found = read({}, { summary, custom_details: 'Run 42 hangs' })
    expect(found?.summary.length).toBeLessThanOrEqual(bounds.summary)
    expect(found?.summary).toMatch(/^(x+|🧯+)…$/u)
    expect(found?.details).toBe(`${summary}\n\nRun 42 hangs`)
  })

  it.each(['constructor', '__proto__', 'toString', 'Trigger', 7, true, ['trigger'], {}])(
    'is refused in its words when its action is %j',
    (event_action) => {
      expect(() => read({ event_action })).toThrow(SourceError)
      expect(() => read({ event_action })).toThrow(/^'event_action' is (invalid|missing or blank)/)
    },
  )

  it.each([null, 'x', [], 7])('is told all that is missing when its payload is %j', (given) => {
    expect(() => read({ payload: given })).toThrow(
      "'payload.summary' is missing or blank\n'payload.source' is missing or blank\n'payload.severity' is missing or blank",
    )
  })
})
