import { afterAll, beforeAll, expect, it } from 'vitest'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
import { startSchedulerWire } from '../../../test/harness/scheduler-wire.ts'
import { controlmJsonSample } from '../imports/controlm/json-sample.ts'
import { bySession } from './controlm/samples.ts'
import { schedulersHealth } from './health.ts'

/** One Airflow with its two DAGs, through a night. It begins on a Monday, 21:00 in London. */

let house: MonitorHouse
let wire: Awaited<ReturnType<typeof startSchedulerWire>>
let [eod, scheduler] = ['', '']
const dagRuns = new Map<string, Record<string, unknown>>()

beforeAll(async () => {
  house = await monitorHouse({ start: '2026-11-23T21:00:00Z' })
  wire = await startSchedulerWire()
  wire.clock(() => new Date(house.clock.ms()).toUTCString())
  wire.on('GET /api/v2/version', { version: '3.1.2' })
  wire.on('POST /auth/token', { access_token: 'eyJ.x.y' })
  wire.on('GET /api/v2/dags/~/dagRuns?*', () => ({ dag_runs: [...dagRuns.values()], total_entries: dagRuns.size }))
  wire.on('GET /api/v2/dags/~/dagRuns/~/taskInstances?*', { task_instances: [], total_entries: 0 })
  wire.on('GET /api/v2/dags?*', () => ({
    dags: ['eod', 'fx', 'new'].map((dag_id) => ({ dag_id, is_paused: isPaused.has(dag_id) })),
    total_entries: 3,
  }))
  const dag = (id: string, cron: string) => ({
    dag_id: id,
    is_paused: false,
    schedule_interval: { __type: 'CronExpression', value: cron },
    timezone: 'Europe/London',
  })
  const text = JSON.stringify({ dags: [dag('eod', '0 22 * * *'), dag('fx', '30 23 * * *')], total_entries: 2 })
  const made = await house.api(house.admin, 'POST', '/jobs/imports', {
    files: [{ name: 'dags.json', text }],
    kind: 'airflow',
    zone: 'Europe/London',
    teamId: house.teamId,
  })
  expect(made.status, JSON.stringify(made.body)).toBe(200)
  eod = made.body.jobs.find((j: { externalId: string }) => j.externalId === 'eod').id
})
afterAll(async () => {
  await wire.kill()
  await house.close()
})

const runs = (id: string, more: Record<string, unknown>) =>
  dagRuns.set(id, { dag_id: 'eod', dag_run_id: id, run_type: 'scheduled', end_date: null, ...more })
const jobOf = async (id = eod) => (await house.api(house.responder, 'GET', `/jobs/${id}`)).body
const runsOf = async () => (await house.api(house.responder, 'GET', `/jobs/${eod}/runs`)).body.items
const connection = async () => (await house.api(house.responder, 'GET', `/schedulers/${scheduler}`)).body
const alerts = async () => (await house.api(house.responder, 'GET', '/alerts?view=all&limit=50')).body.items
const config = () => ({ url: wire.url, user: 'watchfloor', password: 'hush-5f2c', timeoutSeconds: 60 })
const health = () =>
  schedulersHealth({ db: house.platform.db, now: () => house.clock.now() } as Parameters<typeof schedulersHealth>[0])
/** Time passes, and what is to be asked by then has been: on a busy machine a look may be given up, and comes again. */
const pass = async (by: Temporal.DurationLike, id = scheduler) => {
  await house.jump(by)
  for (let i = 0; i < 30; i++) {
    const { nextAt } = (await house.api(house.responder, 'GET', `/schedulers/${id}`)).body
    if (!nextAt || nextAt > house.clock.now().toString()) return
    await house.jump({ seconds: 2 })
  }
}
const to = (time: string) =>
  pass({ seconds: (Temporal.Instant.from(time).epochMilliseconds - house.clock.ms()) / 1000 })

const isPaused = new Set<string>()

it('is tested before it is saved, and says what of its jobs we know', async () => {
  const given = { kind: 'airflow', config: config() }
  const { status, body } = await house.api(house.admin, 'POST', '/schedulers/test', given)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    ok: true,
    words: 'Airflow 3.1.2 answers, and tells of 2 jobs of ours; 1 more is not imported.',
    jobs: 2,
    strangers: ['new'],
    skewSeconds: 0,
  })
  expect((await house.api(house.admin, 'GET', '/schedulers')).body.items).toEqual([])
  for (const [wrong, field] of [
    [{ url: 'ftp://x' }, 'config.url'],
    [{ url: wire.url }, 'config.user'],
    [{ ...config(), ca: 'x' }, 'config.ca'],
  ] as const) {
    const refused = await house.api(house.admin, 'POST', '/schedulers/test', { kind: 'airflow', config: wrong })
    expect([refused.status, refused.body.fields?.[0]?.field]).toEqual([422, field])
  }
  expect((await house.api(house.responder, 'POST', '/schedulers/test', given)).status).toBe(403)
})

it('tells of runs as they are, each once', async () => {
  const made = await house.api(house.admin, 'POST', '/schedulers', {
    kind: 'airflow',
    name: 'Airflow prod',
    config: config(),
    intervalSeconds: 60,
  })
  expect(made.status).toBe(201)
  expect(JSON.stringify(made.body)).not.toContain('hush')
  scheduler = made.body.id
  await pass({ seconds: 1 })
  expect(await connection()).toMatchObject({ state: 'reading', about: 'Airflow 3.1.2', jobs: 2, strangers: 1 })
  expect((await jobOf()).toldBy).toEqual({ id: scheduler, name: 'Airflow prod' })
  const strangers = await house.api(house.responder, 'GET', `/schedulers/${scheduler}/strangers`)
  expect(strangers.body.items).toMatchObject([{ name: 'new' }])

  runs('a', { state: 'running', start_date: '2026-11-23T22:00:02.5Z' })
  await to('2026-11-23T22:00:30Z')
  expect(await jobOf()).toMatchObject({ state: 'running', running: 1 })
  runs('a', { state: 'failed', start_date: '2026-11-23T22:00:02.5Z', end_date: '2026-11-23T22:10:00Z' })
  await to('2026-11-23T22:10:40Z')
  await to('2026-11-23T22:12:40Z')
  expect(await runsOf()).toMatchObject([
    {
      outcome: 'fail',
      startedAt: '2026-11-23T22:00:02.5Z',
      endedAt: '2026-11-23T22:10:00Z',
      dueAt: '2026-11-23T22:00:00Z',
    },
  ])
  // Cleared, it runs again; read from the beginning, nothing counts twice.
  runs('a', { state: 'success', start_date: '2026-11-23T22:15:00Z', end_date: '2026-11-23T22:20:00Z' })
  await to('2026-11-23T22:21:00Z')
  await house.platform.db.updateTable('scheduler_states').set({ cursor: null }).execute()
  await to('2026-11-23T22:23:00Z')
  expect((await runsOf()).map((r: { outcome: string }) => r.outcome)).toEqual(['success', 'fail'])
  expect(await jobOf()).toMatchObject({ state: 'ok' })
  expect((await connection()).runs).toBe(4)
})

it('calls nothing missing while it cannot be read, and tells people that it cannot', async () => {
  await wire.kill()
  await to('2026-11-23T22:24:00Z')
  expect(await connection()).toMatchObject({ state: 'failing', problem: expect.stringContaining('refused') })
  await to('2026-11-23T22:30:00Z')
  expect(await connection()).toMatchObject({ state: 'lost' })
  expect(await health()).toMatchObject([{ what: 'Scheduler Airflow prod', state: 'bad' }])
  const told = (await alerts()).find((a: { title: string }) => a.title.startsWith('Airflow prod cannot be read'))
  expect(told).toMatchObject({ status: 'firing' })
  // The next evening: it is due, and nobody knows.
  await to('2026-11-24T22:00:30Z')
  await to('2026-11-25T03:00:00Z')
  const { state, reason } = await jobOf()
  expect(state).toBe('unknown')
  expect(reason).toMatch(/^Was due at 22:00 .*; Airflow prod has told nothing since .*, so how it is now is not known$/)
  const sentences = await house.sentences(`job:${eod}`)
  expect(sentences.join()).not.toMatch(/has not started/)

  // It ran all the while, which is told now.
  runs('b', { state: 'success', start_date: '2026-11-24T22:00:01Z', end_date: '2026-11-24T22:20:00Z' })
  await wire.revive()
  await to('2026-11-25T03:02:00Z')
  expect(await connection()).toMatchObject({ state: 'reading', problem: null })
  expect(await jobOf()).toMatchObject({ state: 'ok', dueAt: '2026-11-25T22:00:00Z' })
  expect((await runsOf())[0]).toMatchObject({ outcome: 'success', dueAt: '2026-11-24T22:00:00Z', verdicts: [] })
  expect(await health()).toEqual([])
  expect((await alerts()).find((a: { id: string }) => a.id === told.id)?.status).not.toBe('firing')
  expect(await house.sentences(`scheduler:${scheduler}`)).toEqual([
    expect.stringMatching(/connected the scheduler Airflow prod\.$/),
    expect.stringMatching(/^Airflow prod cannot be read: .*refused.*How its jobs are is not known until it can\.$/),
    'Airflow prod can be read again.',
  ])
  // The other one did not run: what its scheduler remembers shows it, and now it is said.
  await to('2026-11-25T03:04:00Z')
  const fx = (await house.api(house.responder, 'GET', '/jobs?q=fx')).body.items[0]
  expect(fx.state).toBe('missing')
})

it('calls missing what did not come, once it has been read that it did not', async () => {
  await to('2026-11-25T22:00:10Z')
  const { graceSeconds } = await jobOf()
  await to('2026-11-25T22:02:00Z')
  expect((await jobOf()).state).toBe('late')
  await pass({ seconds: graceSeconds })
  await pass({ seconds: 60 })
  await pass({ seconds: 60 })
  expect((await jobOf()).state).toBe('missing')
})

it('comes again when it is asked to, and believes no clock but its own of the scheduler', async () => {
  wire.instead(() => ({ status: 429, headers: { 'retry-after': '600' }, text: '' }))
  await pass({ seconds: 60 })
  const before = await connection()
  // Nobody looks for ten minutes, which is said at once.
  expect(before).toMatchObject({ state: 'lost', problem: expect.stringContaining('429') })
  const wait =
    Temporal.Instant.from(before.nextAt).epochMilliseconds - Temporal.Instant.from(before.lookedAt).epochMilliseconds
  expect(wait).toBe(600_000)
  wire.instead()
  // An hour ahead.
  wire.clock(() => new Date(house.clock.ms() + 3_600_000).toUTCString())
  const began = house.clock.now()
  runs('c', { state: 'running', start_date: began.add({ hours: 1 }).toString() })
  expect((await house.api(house.admin, 'POST', `/schedulers/${scheduler}/looks`)).status).toBe(200)
  await pass({ seconds: 1 })
  const { lastStartedAt: _, ...job } = await jobOf()
  expect(job.state).toBe('running')
  const { rows } = {
    rows: await house.platform.db
      .selectFrom('pings')
      .select('happened_at')
      .where('job_id', '=', eod)
      .orderBy('at', 'desc')
      .limit(1)
      .execute(),
  }
  expect(Math.abs((rows[0]?.happened_at.epochMilliseconds ?? 0) - began.epochMilliseconds)).toBeLessThan(2_000)
})

it('keeps its secrets, and one alone tells of a job', async () => {
  const { config: shown } = await connection()
  expect(shown).toMatchObject({ user: 'watchfloor', password: '••••••••' })
  const row = await house.platform.db.selectFrom('schedulers').selectAll().executeTakeFirstOrThrow()
  expect(JSON.stringify(row)).not.toContain('hush')
  const second = { kind: 'airflow', name: 'The same', config: config() }
  const refused = await house.api(house.admin, 'POST', '/schedulers', second)
  expect([refused.status, refused.body.fields[0].field]).toEqual([422, 'host'])
  const elsewhere = await house.api(house.admin, 'PATCH', `/schedulers/${scheduler}`, {
    config: { ...shown, url: 'http://127.0.0.1:9' },
  })
  expect([elsewhere.status, elsewhere.body.fields[0].field]).toEqual([422, 'config.password'])
})

it('sealed with another key says so, and is given its secrets anew', async () => {
  await house.platform.db
    .updateTable('schedulers')
    .set({ secrets: 'v2.00000000.abc' })
    .where('id', '=', scheduler)
    .execute()
  await pass({ minutes: 2 })
  expect(await connection()).toMatchObject({ problem: expect.stringContaining('enter its password or token anew') })
  const url = `/schedulers/${scheduler}`
  const kept = await house.api(house.admin, 'PATCH', url, { config: (await connection()).config })
  expect([kept.status, kept.body.fields?.[0]?.field]).toEqual([422, 'config.password'])
  const named = await house.api(house.admin, 'PATCH', url, { name: 'Airflow prod 2' })
  expect([named.status, named.body.fields?.[0]?.field]).toEqual([422, 'config'])
  expect(
    (
      await house.api(house.admin, 'POST', '/schedulers/test', {
        kind: 'airflow',
        config: (await connection()).config,
        schedulerId: scheduler,
      })
    ).status,
  ).toBe(422)
  expect((await house.api(house.admin, 'PATCH', url, { config: config() })).status).toBe(200)
  await pass({ seconds: 1 })
  expect(await connection()).toMatchObject({ state: 'reading', problem: null })
})

it('says which DAGs are paused in it; they are not expected until they go on', async () => {
  const fx = async () => {
    const { id } = (await house.api(house.responder, 'GET', '/jobs?q=fx')).body.items[0]
    return jobOf(id)
  }
  isPaused.add('fx')
  await pass({ minutes: 12 })
  const { id, waits } = await fx()
  expect(waits.hold).toBe('held')
  isPaused.delete('fx')
  await pass({ minutes: 12 })
  expect((await fx()).waits.hold).toBe('none')
  expect((await house.sentences(`job:${id}`)).filter((s) => /hold/.test(s))).toEqual([
    'Airflow prod has put on hold the job fx, so that it is not expected.',
    'Airflow prod takes off hold the job fx, so that it is expected again.',
  ])
})

it('shows by when Control-M itself expects a service to end', async () => {
  const imported = await house.api(house.admin, 'POST', '/jobs/imports', {
    files: controlmJsonSample.files,
    kind: 'controlm',
    zone: 'Europe/London',
    teamId: house.teamId,
  })
  const sla = imported.body.jobs.find((j: { externalId: string }) => j.externalId === 'ctm-ldn/EOD/EOD-SLA').id
  for (const [asked, answer] of Object.entries(bySession.answers)) wire.on(asked, answer)
  const made = await house.api(house.admin, 'POST', '/schedulers', {
    kind: 'controlm',
    name: 'Control-M',
    config: { ...config(), zone: 'UTC' },
  })
  await pass({ seconds: 1 }, made.body.id)
  const read = await house.api(house.responder, 'GET', `/schedulers/${made.body.id}`)
  expect(read.body).toMatchObject({ state: 'reading', about: 'Control-M 9.21.200' })
  const { body } = await house.api(house.responder, 'GET', `/schedulers/estimates?jobs=${sla}`)
  expect(body.items).toMatchObject([
    {
      jobId: sla,
      scheduler: { name: 'Control-M' },
      service: 'P&L to the desk',
      expectedEnd: '2026-11-24T05:45:00Z',
      due: '2026-11-24T05:30:00Z',
      status: 'Late',
      said: { Slack: '-00:15' },
      old: false,
    },
  ])
})

it('when it is paused or ended, nothing is held against its jobs for the time in which it told nothing', async () => {
  // It came after all, while another run goes on.
  wire.clock(() => new Date(house.clock.ms()).toUTCString())
  const ended = house.clock.now()
  runs('d', { state: 'success', start_date: ended.subtract({ minutes: 5 }).toString(), end_date: ended.toString() })
  await pass({ minutes: 10 })
  expect((await jobOf()).state).toBe('running')
  const paused = await house.api(house.admin, 'POST', `/schedulers/${scheduler}/pause`)
  expect(paused.body).toMatchObject({ state: 'paused', nextAt: null })
  const asked = () => wire.asked.filter(({ url }) => url.startsWith('/api/')).length
  const before = asked()
  await house.jump({ hours: 30 })
  expect(asked()).toBe(before)
  expect((await jobOf()).state).toBe('unknown')
  expect((await house.api(house.admin, 'DELETE', `/schedulers/${scheduler}`)).status).toBe(200)
  await house.settle()
  expect((await jobOf()).dueAt > house.clock.now().toString()).toBe(true)
  expect((await jobOf()).state).not.toMatch(/missing|late/)
})

it('of one team tells no more of a job that goes to another team', async () => {
  const given = {
    kind: 'airflow',
    name: 'Airflow of markets',
    config: config(),
    teamId: house.teamId,
    intervalSeconds: 60,
  }
  const made = await house.api(house.admin, 'POST', '/schedulers', given)
  scheduler = made.body.id
  await pass({ seconds: 1 })
  expect((await connection()).jobs).toBe(2)
  expect((await house.api(house.admin, 'PATCH', `/jobs/${eod}`, { teamId: null })).status).toBe(200)
  await pass({ seconds: 61 })
  expect((await connection()).jobs).toBe(1)
})
