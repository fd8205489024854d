import type { ServerResponse } from 'node:http'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type CallTarget, startCallTarget } from '../../../test/harness/call-target.ts'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
import { type Person, person, team } from '../../../test/harness/people.ts'
import { system } from '../../platform/access.ts'
import { changeAction, createAction } from './define-action.ts'
import { forgetOutputs } from './tidy.ts'

/** Acts on jobs over HTTP, with a real program and a real server as their schedulers. Monday, 07:00 UTC. */

let house: MonitorHouse
let target: CallTarget
const fine: Answer = (response) => void response.end('started')
let base = ''
const secret = 'Bearer s3cr3t-of-the-scheduler'
beforeAll(async () => {
  target = await startCallTarget()
  base = target.base
  house = await monitorHouse({ env: { SCHEDULER_PROGRAMS: '/usr/bin/printf,/bin/false,/bin/sleep' } })
})
afterAll(async () => {
  await house.close()
  target.stop()
})

type Who = MonitorHouse['responder']
const api = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: object, who?: Who) =>
  house.api(who ?? house.responder, method, url, body)
const admin = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: object) =>
  house.api(house.admin, method, url, body)
let count = 0
const fresh = (word: string) => `${word} ${++count}`
const job = async (name = fresh('EOD'), more: object = {}) =>
  (
    await api('POST', '/jobs', {
      name,
      serviceId: house.orders,
      schedule: { kind: 'cron', expression: '0 22 * * *', zone: 'UTC' },
      ...more,
    })
  ).body.id as string
const action = async (kind: 'http' | 'command', config: object, more: object = {}) => {
  const made = await admin('POST', '/scheduler-actions', {
    name: fresh('Action'),
    act: 'rerun',
    kind,
    config,
    teamId: house.teamId,
    ...more,
  })
  expect([made.status, made.body.detail]).toEqual([201, undefined])
  return made.body.id as string
}
const call = (more: object = {}) =>
  action('http', {
    url: `${base}/jobs/{job}/run`,
    body: '{"date": "{businessDate}"}',
    headers: [{ name: 'Authorization', value: secret }],
    timeoutSeconds: 1,
    ...more,
  })
const act = (id: string, actionId: string, who?: Who, more: object = {}) =>
  api('POST', `/jobs/${id}/acts`, { actionId, reason: 'It hangs', ...more }, who)
/** Asks, lets it be carried out, and answers what became of it. */
const done = async (id: string, actionId: string) => {
  const asked = await act(id, actionId)
  expect([asked.status, asked.body.detail]).toEqual([201, ''])
  await house.settle()
  return (await api('GET', `/jobs/${id}/acts`)).body.items[0]
}

describe('an action', () => {
  it('is defined, changed and deleted by a lead or an administrator, for jobs that it is for', async () => {
    const body = { name: 'Force start', act: 'rerun', kind: 'http', config: { url: `${base}/{job}` } }
    expect((await api('POST', '/scheduler-actions', { ...body, teamId: house.teamId })).status).toBe(403)
    const made = await admin('POST', '/scheduler-actions', { ...body, tags: ['eod'], environments: ['prod'] })
    expect(made.body).toMatchObject({ words: `POST ${base}/{job}`, team: null, version: 1 })
    const again = await admin('POST', '/scheduler-actions', { ...body, name: 'FORCE START' })
    expect([again.status, again.body.detail]).toEqual([422, expect.stringContaining('is taken by another action')])
    const [plain, tagged] = [await job(), await job(fresh('EOD'), { tags: ['eod'] })]
    const names = async (id: string) =>
      (await api('GET', `/jobs/${id}/actions`)).body.items.map((o: { name: string }) => o.name)
    expect([await names(plain), await names(tagged)]).toEqual([[], ['Force start']])
    const url = `/scheduler-actions/${made.body.id}`
    expect((await admin('PATCH', url, { name: 'Force', tags: [] })).body).toMatchObject({ name: 'Force', version: 2 })
    expect(await names(plain)).toEqual(['Force'])
    expect((await api('DELETE', url)).status).toBe(403)
    expect((await admin('DELETE', url)).body).toEqual({ ok: true })
    expect(await names(tagged)).toEqual([])
  })

  it.each([
    ['command', { program: '/bin/sh', arguments: ['-c', '{job}'] }, 'config.program'],
    ['command', { program: 'printf' }, 'config.program'],
    ['command', { program: '/bin/sleep', arguments: ['{nope}'] }, 'config.arguments.0'],
    ['command', { program: '/bin/sleep', arguments: ['--password', 'hunter2'] }, 'config.arguments'],
    ['http', { url: 'https://{job}.example.com/run' }, 'config.url'],
    ['http', { url: 'https://s.example.com/run?token=abcdef123456' }, 'config.url'],
    ['http', { url: 'https://s.example.com/run', body: '{"a": ' }, 'config.body'],
  ])('by %s with %j is refused', async (kind, config, field) => {
    const refused = await admin('POST', '/scheduler-actions', { name: fresh('Bad'), act: 'kill', kind, config })
    expect(refused.status).toBe(422)
    expect(refused.body.detail).toContain(field)
  })

  it('never tells its secrets, and does not send them elsewhere', async () => {
    const id = await call()
    const read = await admin('GET', `/scheduler-actions/${id}`)
    expect(read.body.config.headers[0]).toEqual({ name: 'Authorization', value: '••••••••' })
    const moved = { ...read.body.config, url: 'https://elsewhere.example.com/{job}' }
    const refused = await admin('PATCH', `/scheduler-actions/${id}`, { config: moved })
    expect([refused.status, refused.body.detail]).toEqual([422, expect.stringContaining('enter it again')])
    const { rows } = await sql<{ all: string }>`
      select string_agg(e::text, ' ') || (select string_agg(a::text, ' ') from scheduler_actions a) as all
      from events e`.execute(house.platform.db)
    expect(rows[0]?.all).toContain('Authorization')
    expect(rows[0]?.all).not.toContain('s3cr3t')
  })
})

describe('a lead', () => {
  let lead: Person
  let teamId: string
  beforeAll(async () => {
    lead = await person(house, 'Lena Lead')
    teamId = await team(house, 'Rates', [[lead, 'lead']])
  })
  const body = { act: 'rerun' as const, teamId: '', kind: 'http', config: { url: 'https://s.example.com/{job}' } }
  const create = (more: object) => house.execute(createAction, lead, { ...body, teamId, name: fresh('Lead'), ...more })

  it('defines calls for the jobs of his team, and no program of the machine', async () => {
    expect(await create({})).toMatchObject({ team: { name: 'Rates' } })
    await expect(create({ teamId: house.teamId })).rejects.toThrow(/own teams/)
    await expect(create({ kind: 'command', config: { program: '/bin/sleep' } })).rejects.toThrow(
      'kind: only an administrator may have programs run on the machine of Watchfloor.',
    )
  })

  it('does not send elsewhere what another has entered', async () => {
    const config = { url: `${base}/jobs/{job}/run`, headers: [{ name: 'Authorization', value: secret }] }
    const made = (await admin('POST', '/scheduler-actions', { ...body, name: fresh('Action'), teamId, config })).body
    const change = (more: object) => house.execute(changeAction, lead, { id: made.id, ...more })
    const kept = { ...made.config, timeoutSeconds: 5 }
    expect(await change({ config: kept })).toMatchObject({ version: 2 })
    const moved = { ...kept, url: `${base}/admin/users`, method: 'DELETE' }
    await expect(change({ config: moved })).rejects.toThrow(/config.headers.0.value: enter it again/)
    const own = { ...moved, headers: [{ name: 'Authorization', value: 'mine' }] }
    expect(await change({ config: own })).toMatchObject({ version: 3 })
  })
})

describe('an act', () => {
  it('is carried out as it was confirmed, and its answer is kept without secrets', async () => {
    const [id, actionId] = [await job('../../admin'), await call()]
    // It repeats the header, as a badly written server would.
    target.answer = (response, { headers }) => response.end(JSON.stringify({ started: true, headers }))
    const refused = await act(id, actionId)
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('lead elsewhere')])
    const plain = await job(`EOD "P&L"; x`)
    const { body: offers } = await api('GET', `/jobs/${plain}/actions`)
    const offer = offers.items.find((o: { id: string }) => o.id === actionId)
    expect(offer).toMatchObject({
      words: `POST ${base}/jobs/EOD%20%22P%26L%22%3B%20x/run {"date":"2026-11-22"}`,
      where: base.slice('http://'.length),
      not: null,
    })
    const before = target.heard.length
    const answered = await done(plain, actionId)
    expect(answered).toMatchObject({ state: 'done', httpStatus: 200, words: offer.words, by: 'Priya Nair' })
    expect(answered.output).toContain('"started":true')
    expect(answered.output).not.toContain('s3cr3t')
    expect(target.heard.slice(before)).toMatchObject([
      { method: 'POST', headers: { authorization: secret }, body: '{"date":"2026-11-22"}' },
    ])
    expect((await house.sentences(`job:${plain}`)).slice(-2)).toEqual([
      expect.stringMatching(/^Priya Nair re-runs EOD "P&L"; x of 2026-11-22: It hangs\. By Action \d+: POST http/),
      expect.stringMatching(
        /^The re-run of EOD "P&L"; x of 2026-11-22 by Action \d+ was taken: 127.* answered 200 OK\./,
      ),
    ])
  })

  it('by a program gets each value as one argument', async () => {
    const id = await job(`$(reboot); 'x' "y"`)
    const actionId = await action('command', { program: '/usr/bin/printf', arguments: ['[%s]', '{job}', 'b c'] })
    expect(await done(id, actionId)).toMatchObject({
      state: 'done',
      exitStatus: 0,
      output: `[$(reboot); 'x' "y"][b c]`,
      detail: 'It ended with exit status 0.',
    })
    const failing = await action('command', { program: '/bin/false' })
    expect(await done(id, failing)).toMatchObject({ state: 'failed', exitStatus: 1 })
    const slow = await action('command', { program: '/bin/sleep', arguments: ['60'], timeoutSeconds: 1 })
    expect(await done(id, slow)).toMatchObject({
      state: 'unknown',
      detail: 'It was ended after 1 s, its time limit; it may have been done: look before you repeat.',
    })
  })

  it.each<[string, Answer, object]>([
    [
      'redirects',
      (r) => r.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
      { state: 'failed', httpStatus: 302, detail: expect.stringContaining('which is not followed') },
    ],
    ['refuses', (r) => r.writeHead(409).end('running'), { state: 'failed', httpStatus: 409, output: 'running' }],
    ['is away behind its gateway', (r) => r.writeHead(504).end(), { state: 'unknown', httpStatus: 504 }],
    ['breaks off', (r) => r.socket?.destroy(), { state: 'unknown', httpStatus: null }],
    ['does not answer in time', () => undefined, { state: 'unknown', detail: expect.stringContaining('look before') }],
    [
      'answers without end',
      (r) => {
        const block = Buffer.alloc(64 * 1024, 'x')
        const pour = () => {
          while (!r.destroyed && r.write(block));
        }
        r.on('drain', pour)
        pour()
      },
      { httpStatus: 200, outputBytes: 65_536 },
    ],
  ])('whose scheduler %s is told as what it is', async (_, given, expected) => {
    const [id, actionId] = [await job(), await call()]
    target.answer = given
    expect(await done(id, actionId)).toMatchObject(expected)
    target.answer = fine
  })

  it('is one of its kind at a time, whoever asks', async () => {
    target.answer = fine
    const [id, actionId, other] = [await job(), await call(), await call()]
    const both = await Promise.all([act(id, actionId), act(id, other, house.admin)])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
    const refused = both.find(({ status }) => status === 409)?.body.detail
    expect(refused).toMatch(/^(Priya Nair|Ada Admin) re-runs it since 07:0\d \(UTC\)\.$/)
    const { body } = await api('GET', `/jobs/${id}/actions`)
    expect(body.items.find((o: { id: string }) => o.id === actionId).not).toBe(refused)
    await house.settle()
    expect((await act(id, other)).status).toBe(201)
    await house.settle()
  })

  it('sent twice with the same key is carried out once', async () => {
    const [id, actionId] = [await job(), await call()]
    const before = target.heard.length
    const send = () =>
      house.api(
        house.responder,
        'POST',
        `/jobs/${id}/acts`,
        { actionId, reason: 'It hangs' },
        { 'idempotency-key': id },
      )
    const first = await send()
    await house.settle()
    expect((await send()).body).toEqual(first.body)
    await house.settle()
    expect(target.heard.length - before).toBe(1)
  })

  it('is for people of the team, with a reason, and for what was confirmed', async () => {
    const [id, actionId] = [await job(), await call()]
    const refused = await act(id, actionId, house.stranger)
    expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining('belongs to L2 markets')])
    expect((await api('POST', `/jobs/${id}/acts`, { actionId, reason: ' ' })).status).toBe(422)
    expect((await act(id, actionId, undefined, { actionVersion: 2 })).status).toBe(412)
    const elsewhere = await action('http', { url: `${base}/x` }, { environments: ['uat'] })
    expect((await act(id, elsewhere)).status).toBe(422)
  })

  it('is not done when it would be something else than was shown', async () => {
    const [id, actionId] = [await job(), await call({ body: '{"run": "{runId}"}' })]
    const ping = () => house.http.inject({ url: `/ping/${id}/start` })
    await ping()
    await house.settle()
    const shown = async () => {
      const { items } = (await api('GET', `/jobs/${id}/actions`)).body
      return items.find((o: { id: string }) => o.id === actionId)
    }
    const { words } = await shown()
    await ping()
    await house.settle()
    const refused = await act(id, actionId, undefined, { words })
    expect([refused.status, refused.body.detail]).toEqual([412, expect.stringContaining('Look, and confirm it again.')])
    expect((await act(id, actionId, undefined, { words: (await shown()).words })).status).toBe(201)
    await house.settle()
  })

  it('names an imported job as its scheduler does, whatever people call it here', async () => {
    const text = 'insert_job: EOD_LOAD  job_type: CMD\ncommand: /opt/x\nmachine: m1\n'
    const made = await admin('POST', '/jobs/imports', {
      files: [{ name: 'a.jil', text }],
      kind: 'jil',
      zone: 'UTC',
      teamId: house.teamId,
    })
    const [{ id }] = made.body.jobs
    await api('PATCH', `/jobs/${id}`, { name: 'PAYMENTS_OF_OTHERS' })
    const actionId = await call({ body: '{"job": "{job}"}' })
    expect(await done(id, actionId)).toMatchObject({ words: `POST ${base}/jobs/EOD_LOAD/run {"job":"EOD_LOAD"}` })
  })

  it('waits while eight others are under way, and leaves room for what reaches a person', async () => {
    const actionId = await call({ timeoutSeconds: 2 })
    const jobs = await Promise.all(Array.from({ length: 11 }, () => job()))
    const held: ServerResponse[] = []
    let most = 0
    target.answer = (response) => {
      held.push(response)
      most = Math.max(most, held.length)
      setTimeout(() => held.splice(held.indexOf(response), 1)[0]?.end('started'), 60)
    }
    for (const id of jobs) expect((await act(id, actionId)).status).toBe(201)
    await house.settle()
    for (let i = 0; i < 5; i++) await house.advance({ seconds: 1 })
    target.answer = fine
    const states = await house.platform.db
      .selectFrom('job_acts')
      .select('state')
      .where('action_id', '=', actionId)
      .execute()
    expect(states.map(({ state }) => state)).toEqual(jobs.map(() => 'done'))
    expect(most).toBeLessThanOrEqual(8)
  })

  it('leaves the log of its answer after 400 days, and stays', async () => {
    const [id, actionId] = [await job(), await call()]
    expect(await done(id, actionId)).toMatchObject({ output: 'started' })
    const at = Temporal.Instant.from('2025-10-01T00:00:00Z')
    await house.platform.db.updateTable('job_acts').set({ asked_at: at }).where('job_id', '=', id).execute()
    await house.execute(forgetOutputs.verb, system, {})
    expect((await api('GET', `/jobs/${id}/acts`)).body.items[0]).toMatchObject({
      state: 'done',
      output: '',
      by: 'Priya Nair',
    })
  })

  it('whose process died is not done again, and says that it may have been done', async () => {
    const [id, actionId] = [await job(), await call()]
    const before = target.heard.length
    const { body } = await act(id, actionId)
    // As the process left it that died between asking the scheduler and its answer.
    await house.platform.db.updateTable('job_acts').set({ state: 'doing' }).where('id', '=', body.id).execute()
    await house.settle()
    const [shown] = (await api('GET', `/jobs/${id}/acts`)).body.items
    expect(shown).toMatchObject({ state: 'unknown', detail: expect.stringContaining('look before you repeat') })
    expect((await house.sentences(`job:${id}`)).at(-1)).toContain('may have been taken')
    expect(target.heard.length).toBe(before)
  })

  it('whose action was changed or deleted before it began is not done', async () => {
    const [id, changed, gone] = [await job(), await call(), await call()]
    const before = target.heard.length
    await act(id, changed)
    await admin('PATCH', `/scheduler-actions/${changed}`, { name: fresh('Other') })
    await house.settle()
    await act(id, gone)
    await admin('DELETE', `/scheduler-actions/${gone}`)
    await house.settle()
    const { items } = (await api('GET', `/jobs/${id}/acts`)).body
    expect(items.map((a: { state: string; detail: string }) => [a.state, a.detail.split('.')[0]])).toEqual([
      ['failed', expect.stringMatching(/^Nothing was sent: Action \d+ was deleted after it was asked$/)],
      ['failed', expect.stringMatching(/^Nothing was sent: Action \d+ was changed after it was asked$/)],
    ])
    expect(target.heard.length).toBe(before)
  })
})

describe('among people', () => {
  it('a note stands on the job, its run and its open incident', async () => {
    const id = await job()
    await house.http.inject({ url: `/ping/${id}/1` })
    await house.settle()
    const { body } = await api('GET', `/jobs/${id}`)
    const [run] = (await api('GET', `/jobs/${id}/runs`)).body.items
    expect((await api('POST', `/jobs/${id}/notes`, { text: 'Called\nthe vendor', runId: run.id })).status).toBe(201)
    const words = `Priya Nair noted on a run of ${body.name}: Called\nthe vendor`
    for (const about of [`job:${id}`, `run:${run.id}`, `ticket:${body.alerts[0].ticket.id}`])
      expect((await house.sentences(about)).at(-1)).toBe(words)
    expect((await api('POST', `/jobs/${id}/notes`, { text: 'x', runId: id })).status).toBe(422)
  })

  it('a mark for the next shift is there until it is taken away', async () => {
    const id = await job()
    const marks = async () => (await api('GET', '/job-hand-overs')).body.items.map((m: { note: string }) => m.note)
    await api('PUT', `/jobs/${id}/hand-over`, { note: 'Look at 02:00' })
    await api('PUT', `/jobs/${id}/hand-over`, { note: 'Look at 03:00' }, house.stranger)
    expect((await api('GET', `/jobs/${id}/hand-over`)).body.mark).toMatchObject({
      note: 'Look at 03:00',
      by: 'Tom Marsh',
    })
    expect(await marks()).toEqual(['Look at 03:00'])
    expect((await api('DELETE', `/jobs/${id}/hand-over`)).body).toEqual({ mark: null })
    expect(await marks()).toEqual([])
  })
})
