import { describe, expect, it } from 'vitest'
import { type RouteFacts, routeOf, whyNoIncident } from './route-rules.ts'

describe('the route', () => {
  const service = (name: string) => ({ id: name, name, ownerTeamId: `team of ${name}` })
  const base: RouteFacts = {
    sourceName: 'Nagios',
    named: null,
    host: null,
    environmentWord: null,
    namedTeam: null,
    source: { service: null, teamId: null, environment: 'uat' },
  }
  it.each<[string, Partial<RouteFacts>, object, RegExp]>([
    [
      'what the signal names',
      { named: { word: 'a', service: service('a') }, source: { ...base.source, service: service('b') } },
      { serviceId: 'a', teamId: 'team of a' },
      /the signal names it/,
    ],
    [
      'the only service of its host',
      { host: { word: 'h', known: { environment: 'prod' }, services: [service('c')] } },
      { serviceId: 'c', environment: 'prod' },
      /only one that runs on h/,
    ],
    [
      'not one of several on its host',
      { host: { word: 'h', known: null, services: [service('c'), service('d')] } },
      { serviceId: null },
      /No service/,
    ],
    [
      'the source’s, when the named one is unknown',
      { named: { word: 'zzz', service: null }, source: { ...base.source, service: service('b') } },
      { serviceId: 'b' },
      /"zzz", which is not in the catalogue/,
    ],
    [
      'the environment of the signal',
      { environmentWord: 'dev', host: { word: 'h', known: { environment: 'prod' }, services: [] } },
      { environment: 'dev' },
      /as the signal says/,
    ],
    [
      'the team of the source',
      { source: { ...base.source, teamId: 't' } },
      { teamId: 't' },
      /Team t: what the source Nagios is set to/,
    ],
    [
      'the team that the signal names',
      { namedTeam: { word: 'sre', team: { id: 'sre', name: 'SRE' } }, source: { ...base.source, teamId: 't' } },
      { teamId: 'sre' },
      /the signal names it/,
    ],
    [
      'the owner of the service before it',
      { namedTeam: { word: 'sre', team: { id: 'sre', name: 'SRE' } }, named: { word: 'a', service: service('a') } },
      { teamId: 'team of a' },
      /it owns a/,
    ],
    [
      'the source’s team, when the named one is unknown',
      { namedTeam: { word: 'zzz', team: null }, source: { ...base.source, teamId: 't' } },
      { teamId: 't' },
      /"zzz", which is not known/,
    ],
    ['nothing at all', {}, { serviceId: null, teamId: null, environment: 'uat' }, /No team/],
  ])('is %s', (_what, given, wanted, sentence) => {
    const route = routeOf({ ...base, ...given })
    expect(route).toMatchObject(wanted)
    expect([...route.sentences, route.teamId ? `Team ${route.teamId}:` : 'No team:', route.teamWhy].join(' ')).toMatch(
      sentence,
    )
  })

  it.each([
    [{ status: 'firing', severity: 'high', opensIncident: true }, null],
    [{ status: 'firing', severity: 'info', opensIncident: true }, /severity info/],
    [{ status: 'blind', severity: 'high', opensIncident: true }, /could not look/],
    [{ status: 'firing', severity: 'high', opensIncident: false }, /Nagios is set to open none/],
    [{ status: 'firing', severity: 'info', opensIncident: false, rule: { name: 'r', opensIncident: true } }, null],
    [{ status: 'firing', severity: 'high', opensIncident: true, rule: { name: 'r', opensIncident: null } }, null],
    [
      { status: 'firing', severity: 'high', opensIncident: true, rule: { name: 'r', opensIncident: false } },
      /"r" is set/,
    ],
    [{ status: 'blind', severity: 'high', opensIncident: true, rule: { name: 'r', opensIncident: true } }, /not look/],
  ] as const)('opens an incident or says why not: %j', (a, why) => {
    const said = whyNoIncident({ rule: null, ...a, sourceName: 'Nagios' })
    if (why) expect(said).toMatch(why)
    else expect(said).toBeNull()
  })
})
