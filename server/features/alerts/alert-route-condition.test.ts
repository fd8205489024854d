import { describe, expect, it } from 'vitest'
import { type Facts, holds, problemOf } from './alert-route-condition.ts'

const facts: Facts = {
  alert: {
    title: 'ORA-01555 on orapr7',
    details: '',
    severity: 'high',
    status: 'firing',
    key: 'k',
    source: 'nagios',
    host: 'orapr7',
    environment: 'prod',
    labels: { team: 'dba', __proto__: 'x', 'job name': 'EOD' },
  },
  service: { slug: 'settlement', name: 'Settlement', tier: 1n },
  team: 'markets',
}

describe('a condition', () => {
  it.each([
    ['alert.host.startsWith("ora")', true],
    ['alert.severity in ["critical", "high"] && service.tier <= 2', true],
    ['alert.title.like("ora-*ORAPR7")', true],
    ['alert.title.like("ora-")', false],
    ['"team" in alert.labels && alert.labels.team == "dba"', true],
    ['alert.labels["job name"] == "EOD"', true],
    ['alert.labels.exists(name, name.startsWith("te"))', true],
    ['team == "markets" && !(alert.status == "blind")', true],
    ['has(alert.labels.nobody) && alert.labels.nobody == "x"', false],
    ['alert.labels.nobody == "x"', 'there is no "nobody"'],
    ['alert.host.split("r")[0].upperAscii() == "O" && alert.key.size() < int("2")', true],
  ])('%s is %s', (condition, expected) => {
    expect(problemOf(condition)).toBeNull()
    expect(holds(condition, facts)).toBe(expected)
  })

  it.each([
    ['alert.tytle == "x"', /not understood.*tytle/],
    ['nobody == "x"', /not understood.*nobody/],
    ['alert.title &&', /not understood/],
    ['alert.title', /must be true or false, but gives string/],
    ['service.tier == "1"', /not understood/],
    ['alert.title.matches("(a+)+$")', /may run for ever; use contains/],
    ['alert.labels.all(a, alert.labels.exists(b, a == b))', /inside of another loop/],
    // Each of these makes more and more of little, until neither time nor memory is enough.
    ['cel.bind(a, [1, 1], cel.bind(b, a + a, b.size() > 2))', /bind\(…\) is not offered/],
    ['alert.details.split("").join(alert.details).size() > 2', /join\(…\) is not offered/],
    ['bytes(bytes(alert.details).hex()).hex() == "x"', /hex\(…\) is not offered/],
    ['alert.details.split("").exists(a, alert.details.contains(a))', /split\(…\) stands inside of another loop/],
    [`alert.title == "x"${' || alert.title == "x"'.repeat(200)}`, /not understood/],
    [`${'('.repeat(500)}true${')'.repeat(500)}`, /not understood/],
    ['', /not understood/],
  ])('%s is refused: %s', (condition, says) => {
    expect(problemOf(condition)).toMatch(says)
    expect(holds(condition, facts)).not.toBe(true)
  })

  it('is not reached by what a label is called', () => {
    const hostile = {
      ...facts,
      alert: { ...facts.alert, labels: JSON.parse('{"__proto__": "a", "constructor": "b"}') },
    }
    expect(holds('alert.labels["constructor"] == "b" && !("toString" in alert.labels)', hostile)).toBe(true)
  })
})
