import { after, on, type Prepare } from './prepare.ts'

/** Acts on what machines see: alerts, monitors, jobs. */
export const watchActs: Record<string, Prepare> = {
  'alerts.acknowledge': on((t) => t.alert()),
  'alerts.unacknowledge': after(
    (t) => t.alert(),
    (id) => `/alerts/${id}/acknowledgement`,
  ),
  'alerts.resolve': on(
    (t) => t.alert(),
    () => ({ reason: 'It was a test.' }),
  ),
  'alerts.maintenance.create': async (t) => ({
    body: { name: t.fresh('Patching'), hosts: ['h1'], startsAt: t.later(60), endsAt: t.later(90), reason: 'Patches' },
  }),
  'alerts.maintenance.change': on(
    (t) => t.maintenance(),
    () => ({ reason: 'Other patches' }),
  ),
  'alerts.maintenance.end': on((t) => t.maintenance()),
  'alerts.silences.create': async (t) => ({
    body: { matchers: [{ field: 'key', op: 'is', value: t.fresh('k') }], endsAt: t.later(60), reason: 'Known' },
  }),
  'alerts.silences.ofAlert': on(
    (t) => t.alert(),
    (t) => ({ endsAt: t.later(60), reason: 'Known' }),
  ),
  'alerts.silences.change': on(
    (t) => t.silence(),
    () => ({ reason: 'Known since today' }),
  ),
  'alerts.silences.end': on((t) => t.silence()),
  'alerts.routes.create': async (t) => ({
    body: { name: t.fresh('Route'), condition: 'alert.host == "nobody"', priority: 3 },
  }),
  'alerts.routes.change': on(
    (t) => t.alertRoute(),
    () => ({ priority: 4 }),
  ),
  'alerts.routes.move': async (t) => {
    const before = await t.alertRoute()
    return { params: { id: await t.alertRoute() }, body: { before } }
  },
  'alerts.routes.delete': on((t) => t.alertRoute()),
  'alerts.sources.create': async (t) => ({ body: { kind: 'generic', name: t.fresh('Source') } }),
  'alerts.sources.change': on(
    (t) => t.source(),
    (t) => ({ name: t.fresh('Source') }),
  ),
  'alerts.sources.disable': on((t) => t.source()),
  'alerts.sources.enable': after(
    (t) => t.source(),
    (id) => `/sources/${id}/disablement`,
  ),
  'alerts.sources.addKey': on((t) => t.source()),
  'alerts.sources.revokeKey': async (t) => ({ params: await t.sourceWithKeys() }),
  'alerts.sources.test': on(
    (t) => t.source(),
    () => ({ body: '{"title": "x"}', deliver: true }),
  ),
  'alerts.sources.replay': async (t) => ({ params: await t.unreadSample() }),
  'jobs.create': async (t) => ({
    body: { name: t.fresh('Job'), schedule: { kind: 'period', seconds: 3600 }, teamId: t.bank.world.teams.markets },
  }),
  'imports.apply': async (t) => ({
    body: {
      files: [{ name: 'crontab', text: `0 22 * * 1-5 /opt/${t.fresh('eod')}.sh\n` }],
      zone: 'Europe/London',
      teamId: t.bank.world.teams.markets,
    },
  }),
  'jobs.change': on(
    (t) => t.job(),
    (t) => ({ name: t.fresh('Job') }),
  ),
  'jobs.delete': on((t) => t.job()),
  'jobs.pause': on((t) => t.job()),
  'jobs.resume': after(
    (t) => t.job(),
    (id) => `/jobs/${id}/pause`,
  ),
  'jobs.expectLate': on(
    (t) => t.job(),
    (t) => ({ until: t.later(120), reason: 'The vendor is late' }),
  ),
  'jobs.endLate': async (t) => {
    const id = await t.job()
    await t.bank.api('PUT', `/jobs/${id}/late`, { until: t.later(120), reason: 'The vendor is late' })
    return { params: { id } }
  },
  'jobs.skip': on(
    (t) => t.job(),
    () => ({ reason: 'A holiday of the vendor' }),
  ),
  'jobs.archive': on((t) => t.job()),
  'jobs.makePingKey': async (t) => ({ params: { teamId: t.bank.world.teams.markets, kind: 'read' }, body: {} }),
  'jobs.endPingKey': async (t) => {
    const teamId = t.bank.world.teams.markets
    await t.bank.api('PUT', `/teams/${teamId}/ping-keys/read`, {})
    return { params: { teamId, kind: 'read' } }
  },
  'jobs.restore': after(
    (t) => t.job(),
    (id) => `/jobs/${id}/archive`,
  ),
  'monitors.create': async (t) => ({
    body: { kind: 'http', name: t.fresh('Monitor'), environment: 'dev', config: { address: t.bank.server.url } },
  }),
  'monitors.change': on(
    (t) => t.monitor(),
    (t) => ({ name: t.fresh('Monitor') }),
  ),
  'monitors.delete': on((t) => t.monitor()),
  'monitors.pause': on((t) => t.monitor()),
  'monitors.resume': after(
    (t) => t.monitor(),
    (id) => `/monitors/${id}/pause`,
  ),
  'monitors.look': on((t) => t.monitor()),
  'schedulers.create': async (t) => ({ body: t.airflow() }),
  'schedulers.change': on(
    (t) => t.scheduler(),
    (t) => ({ name: t.fresh('Airflow') }),
  ),
  'schedulers.delete': on((t) => t.scheduler()),
  'schedulers.pause': on((t) => t.scheduler()),
  'schedulers.resume': after(
    (t) => t.scheduler(),
    (id) => `/schedulers/${id}/pause`,
  ),
  'schedulers.look': on((t) => t.scheduler()),
}
