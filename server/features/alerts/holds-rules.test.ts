import { describe, expect, it } from 'vitest'
import { type Holdable, silenceCovers, windowCovers } from './holds.ts'

const facts = {
  source: ['id-1', 'nagios', 'Nagios London'],
  service: ['order-entry', 'Equities order entry'],
  host: ['ldn-app-01'],
  environment: ['prod'],
  team: [],
  severity: ['high'],
  title: ['Disk /var is 95% full'],
  key: ['disk/var'],
  labels: { job: 'EOD_FX' },
}

describe('what is covered', () => {
  const alert: Holdable = { ...facts, serviceId: 's1', teamId: 't1' }
  const window = {
    service_ids: [] as string[],
    hosts: [] as string[],
    environments: [] as string[],
    team_id: null as string | null,
  }
  it.each<[string, Partial<typeof window>, boolean]>([
    ['its service', { service_ids: ['s1'] }, true],
    ['another service', { service_ids: ['s2'] }, false],
    ['its host, however it is spelt', { hosts: ['LDN-APP-01'] }, true],
    ['service or host', { service_ids: ['s2'], hosts: ['ldn-app-01'] }, true],
    ['its service elsewhere', { service_ids: ['s1'], environments: ['uat'] }, false],
    ['its environment', { environments: ['prod'] }, true],
    ['nothing named', {}, false],
    ['its service, but of another team', { service_ids: ['s1'], team_id: 't2' }, false],
    ['its service, of its team', { service_ids: ['s1'], team_id: 't1' }, true],
  ])('by a maintenance of %s: %s', (_what, w, wanted) => {
    expect(windowCovers({ ...window, ...w }, alert)).toBe(wanted)
  })

  it('by a silence, within its team, and never by one that cannot be read', () => {
    const matchers = [{ field: 'host', op: 'is', value: 'ldn-app-01' }]
    expect(silenceCovers({ matchers, team_id: null }, alert)).toBe(true)
    expect(silenceCovers({ matchers, team_id: 't2' }, alert)).toBe(false)
    expect(silenceCovers({ matchers: [{ field: 'host', op: 'sounds_like', value: 'x' }], team_id: null }, alert)).toBe(
      false,
    )
  })
})
