import { describe, expect, it } from 'vitest'
import { SourceError } from './define-source.ts'
import { alertmanager } from './sources/alertmanager.ts'

const read = (body: unknown) => alertmanager.parse(typeof body === 'string' ? body : JSON.stringify(body), {})
const one = (alert: unknown, group: object = {}) => read({ version: '4', alerts: [alert], ...group })

describe('the webhook of Alertmanager', () => {
  it.each([
    ['JSON that says nothing', { receiver: 'r' }, /no list "alerts".*plain JSON/],
    ['text', 'alerts!', /The body is not JSON/],
    ['an empty group', { alerts: [] }, /is empty/],
    ['an alert that is nobody', { alerts: [{ status: 'firing' }] }, /neither a fingerprint nor labels/],
    ['alerts that are none', { alerts: [null, 7, 'x'] }, /Alert 1/],
  ])('%s is refused with a sentence', (_name, body, sentence) => {
    expect(() => read(body)).toThrow(SourceError)
    expect(() => read(body)).toThrow(sentence)
  })

  it('of Grafana, whose query brought nothing, says that it could not look', () => {
    const labels = { alertname: 'DatasourceNoData', rulename: 'Orders in the queue' }
    expect(one({ status: 'firing', labels }).signals[0]?.kind).toBe('blind')
    expect(one({ status: 'resolved', labels }).signals[0]?.kind).toBe('resolved')
  })

  it('with a payload of its own is read as any other JSON', () => {
    const { signals } = read({ title: 'Disk full', host: 'prddb01', status: 'resolved', dedup_key: 'disk' })
    expect(signals).toMatchObject([{ kind: 'resolved', dedupKey: 'disk', summary: 'Disk full', host: 'prddb01' }])
  })

  it('without a fingerprint is known by its labels, in whatever order they come', () => {
    const [a] = one({ labels: { b: '2', a: '1' } }).signals
    const [b] = one({ labels: { a: '1', b: '2', empty: '' } }).signals
    expect(a?.dedupKey).toBe('a=1, b=2')
    expect(b?.dedupKey).toBe(a?.dedupKey)
  })

  it('reads each alert by its own status, whatever the group says', () => {
    const labels = { alertname: 'A' }
    const { signals } = read({
      status: 'firing',
      alerts: [
        { status: 'firing', labels, fingerprint: '1' },
        { status: 'resolved', labels, fingerprint: '2', endsAt: '2026-03-29T01:45:00+01:00' },
      ],
    })
    expect(signals.map((s) => [s.kind, s.at?.toString() ?? null])).toEqual([
      ['firing', null],
      ['resolved', '2026-03-29T00:45:00Z'],
    ])
  })

  it('takes the rest when one cannot be read, and says what Alertmanager left out', () => {
    const { signals, problems } = read({ truncatedAlerts: 3, alerts: [{}, { labels: { alertname: 'A' } }] })
    expect(signals).toHaveLength(1)
    expect(problems).toEqual([
      'Alert 1: has neither a fingerprint nor labels.',
      'Alertmanager left 3 alerts of this group out. Set max_alerts of its webhook to 0, so that all are sent.',
    ])
  })

  it('keeps addresses that are none out of the links, and markup as text', () => {
    const [signal] = one({
      labels: { alertname: '<script>alert(1)</script>', instance: 'host' },
      annotations: { runbook_url: 'javascript:alert(1)', dashboard_url: 'https://grafana.example.com/d/1' },
    }).signals
    expect(signal?.links.map((l) => l.label)).toEqual(['Dashboard'])
    expect(signal).toMatchObject({ summary: '<script>alert(1)</script>', host: 'host' })
  })
})
