import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportPreview } from '../../../contract/imports/index.ts'
import { autorep, autosysCalendars, autosysJil } from '../../../test/harness/autosys.ts'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'

/** Imports over HTTP on a real database. Monday, 07:00 in London. */

let house: MonitorHouse
beforeAll(async () => {
  house = await monitorHouse()
})
afterAll(() => house.close())

type Who = MonitorHouse['responder']
const table = `# End-of-day prices
0 22 * * 1-5 /opt/batch/eod.sh
*/5 7-19 * * 1-5 /opt/feeds/poll.sh
@reboot /opt/batch/agent
0 0 31 2 * /opt/batch/never.sh
61 * * * * /opt/batch/odd.sh
`
const body = (text: string, more: object = {}) => ({
  files: [{ name: 'crontab', text }],
  zone: 'Europe/London',
  host: 'prdbat01',
  serviceId: house.orders,
  ...more,
})
const preview = async (text: string, more: object = {}, who: Who = house.responder) => {
  const answer = await house.api(who, 'POST', '/jobs/imports/preview', body(text, more))
  return { status: answer.status, body: answer.body as ImportPreview & { detail: string } }
}
const apply = (text: string, more: object = {}, who: Who = house.responder) =>
  house.api(who, 'POST', '/jobs/imports', body(text, more))
const results = (p: ImportPreview) => p.items.map((i) => [i.line, i.result])
const jobs = async (more = '') => (await house.api(house.responder, 'GET', `/jobs?limit=200${more}`)).body.items
const named = async (name: string) => (await jobs(`&q=${name}`)).find((j: { name: string }) => j.name === name)
const read = async (id: string) => (await house.api(house.responder, 'GET', `/jobs/${id}`)).body

describe('an import', () => {
  it('says first what it would do, line by line, and writes nothing', async () => {
    const { status, body: said } = await preview(table)
    expect(status).toBe(200)
    expect(said).toMatchObject({ kind: 'crontab', counts: { created: 2, changed: 0, skipped: 1, refused: 2 } })
    expect(results(said)).toEqual([
      [2, 'created'],
      [3, 'created'],
      [4, 'skipped'],
      [5, 'refused'],
      [6, 'refused'],
    ])
    expect(said.items[0]).toMatchObject({ name: 'eod', host: 'prdbat01', nextAt: '2026-11-23T22:00:00Z', jobId: null })
    expect(said.items.slice(2).map((i) => i.reason)).toEqual([
      expect.stringContaining('@reboot'),
      'No time fits its schedule any more.',
      expect.stringContaining('61'),
    ])
    expect(await jobs()).toEqual([])
  })

  it('creates the chosen ones with an event each, expected from now on', async () => {
    const { body: said } = await preview(table)
    const eod = said.items.find((i) => i.name === 'eod')?.externalId
    const { status, body: done } = await apply(table, { chosen: [eod] })
    expect(status).toBe(200)
    expect(done).toMatchObject({ counts: { created: 1, changed: 0 }, jobs: [{ externalId: eod, result: 'created' }] })
    const [job, ...others] = await jobs()
    expect(others).toEqual([])
    expect(job).toMatchObject({
      slug: 'eod',
      schedule: { kind: 'cron', expression: '0 22 * * 1-5', zone: 'Europe/London' },
      team: { id: house.teamId },
      service: { id: house.orders },
      dueAt: '2026-11-23T22:00:00Z',
      state: 'new',
    })
    expect(await read(job.id)).toMatchObject({ description: 'End-of-day prices' })
    expect(await house.sentences(`job:${job.id}`)).toEqual([expect.stringMatching(/added the job eod\.$/)])
  })

  it('twice changes nothing', async () => {
    await apply(table)
    const before = await jobs()
    expect((await preview(table)).body.counts).toEqual({ created: 0, changed: 0, unchanged: 2, skipped: 1, refused: 2 })
    const again = await apply(table)
    expect(again.body).toMatchObject({ counts: { created: 0, changed: 0, unchanged: 2 }, jobs: [] })
    expect(await jobs()).toEqual(before)
  })

  it('changes what its file changes, and leaves what people have changed here', async () => {
    const { id } = await named('poll')
    await house.api(house.responder, 'PATCH', `/jobs/${id}`, { name: 'Feeds', graceSeconds: 120 })
    expect((await preview(table)).body.counts).toMatchObject({ changed: 0, unchanged: 2 })
    const later = table.replace('*/5 7-19', '*/10 6-20')
    const { body: said } = await preview(later)
    expect(said.items[1]).toMatchObject({ result: 'changed', jobId: id })
    expect(said.items[1]?.fields.map((f) => f.field)).toEqual(['schedule', 'attributes'])
    await apply(later)
    expect(await read(id)).toMatchObject({
      name: 'Feeds',
      graceSeconds: 120,
      schedule: { expression: '*/10 6-20 * * 1-5' },
    })
    expect((await preview(later)).body.counts).toMatchObject({ changed: 0, unchanged: 2 })
    const told = await house.sentences(`job:${id}`)
    expect(told.at(-1)).toMatch(/changed the job Feeds: what its scheduler says\.$/)
    expect(told.at(-2)).toMatch(/changed the job Feeds: schedule\.$/)
  })

  it('keeps what a scheduler says beside, and no password of it in the log', async () => {
    const secret = 'PGPASSWORD=topsecret\n0 3 * * * /opt/batch/dump.sh --password hunter2 --all\n'
    await apply(secret)
    await apply(secret.replace('topsecret', 'othersecret'))
    const rows = await house.platform.db
      .selectFrom('job_origins as o')
      .innerJoin('jobs as j', 'j.id', 'o.job_id')
      .select(['o.attributes', 'o.host', 'o.kind'])
      .where('o.command', 'like', '%hunter2%')
      .execute()
    expect(rows).toMatchObject([
      { kind: 'crontab', host: 'prdbat01', attributes: { settings: { PGPASSWORD: 'othersecret' } } },
    ])
    const events = JSON.stringify(await house.platform.db.selectFrom('events').select('data').execute())
    expect(events).not.toMatch(/topsecret|othersecret/)
  })

  it('skips what is archived here, and creates anew what was deleted', async () => {
    const { id } = await named('eod')
    await house.api(house.responder, 'POST', `/jobs/${id}/archive`)
    expect((await preview(table)).body.items[0]).toMatchObject({
      result: 'skipped',
      reason: 'eod is archived here. Restore it first.',
    })
    await house.api(house.responder, 'DELETE', `/jobs/${id}`)
    expect((await preview(table)).body.items[0]).toMatchObject({ result: 'created', jobId: null })
  })

  it('gives no two jobs one short name', async () => {
    await apply('0 1 * * * /opt/a/same.sh\n0 2 * * * /opt/b/same.sh\n0 3 * * * /opt/eod\n')
    const slugs = (await jobs()).map((j: { slug: string }) => j.slug)
    expect(new Set(slugs).size).toBe(slugs.length)
    expect(slugs.filter((s: string) => s.startsWith('same'))).toHaveLength(2)
  })
})

describe('who may', () => {
  it('those of the team alone, and for their own team', async () => {
    const stranger = await preview(table, {}, house.stranger)
    expect(stranger).toMatchObject({ status: 403, body: { detail: expect.stringContaining('your own teams') } })
    expect((await apply(table, {}, house.stranger)).status).toBe(403)
    expect((await preview(table, { teamId: null })).status).toBe(403)
    expect((await preview(table, { teamId: null, serviceId: null }, house.admin)).status).toBe(200)
  })

  it('what belongs to another team is refused line by line', async () => {
    const mine = '0 4 * * * /opt/theirs.sh\n'
    await apply(mine, { teamId: null }, house.admin)
    const { body: said } = await preview(mine)
    expect(said.items[0]).toMatchObject({
      result: 'refused',
      reason: expect.stringMatching(/import it with its host\.$/),
    })
    expect((await apply(mine)).body.jobs).toEqual([])
  })

  it('a large body is taken of whoever may, and of nobody else', async () => {
    const send = (authorization: string) =>
      house.http.inject({
        method: 'POST',
        url: '/api/jobs/imports/preview',
        headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
        payload: JSON.stringify(body(`${table}# ${'x'.repeat(2_000_000)}\n`)),
      })
    expect((await send('')).statusCode).toBe(401)
    expect((await send(`Bearer ${house.responder.id}`)).statusCode).toBe(200)
  })
})

describe('bad input', () => {
  it.each([
    [{ kind: 'jil2' }, 'choose one of airflow'],
    [{ files: [{ name: 'x', text: 'hello' }] }, 'it cannot be told what this is'],
    [{ files: [{ name: 'x.yaml', text: 'kind: job\nslug: eod\n' }] }, 'watchfloor apply'],
    [{ kind: 'csv', files: [{ name: 'x.csv', text: 'a,b\n1,2\n' }] }, 'must name the columns'],
    [{ zone: 'Mars/Phobos' }, 'zone'],
    [{ files: [] }, 'at least one file'],
  ])('%j is told what to mend', async (more, words) => {
    const { status, body: said } = await preview(table, more)
    expect([status, said.detail]).toEqual([422, expect.stringContaining(words)])
  })

  it('in any encoding harms nothing', async () => {
    const odd = `# caf\ufffd \0\r\n0 22 * * 1-5 /opt/\0batch/caf\udce9.sh\r\n`
    expect((await apply(odd)).body).toMatchObject({ counts: { created: 1 } })
    expect((await preview(odd)).body.counts).toMatchObject({ unchanged: 1 })
  })
})

describe('AutoSys', () => {
  const files = [
    { name: 'all.jil', text: autosysJil(300) },
    { name: 'calendars.txt', text: autosysCalendars },
  ]
  const autosys = { files, host: 'PRD' }

  it('comes in whole, with what its jobs wait for, and twice changes nothing', async () => {
    const { body: said } = await preview('', autosys)
    expect(said).toMatchObject({ kind: 'jil', title: 'AutoSys', counts: { changed: 0, skipped: 0, refused: 0 } })
    expect(said.counts.created).toBeGreaterThanOrEqual(300)
    expect((await apply('', autosys)).body).toMatchObject({ counts: { created: said.counts.created } })
    const { id } = await named('LDN_FX_0_PNL')
    expect(await read(id)).toMatchObject({
      schedule: { kind: 'waits', zone: 'Europe/London' },
      dueAt: null,
      waits: { box: 'PRD/LDN_FX_0_EOD_BOX', conditionText: expect.stringContaining('v(MKT_OPEN) = "N"') },
    })
    // A box takes as long as its members; other jobs are held to what they say, or to the usual hour.
    const limits = await Promise.all(
      ['EOD_BOX', 'PRICES', 'REPORT'].map(async (name) => read((await named(`LDN_FX_0_${name}`)).id)),
    )
    expect(limits.map((j) => [j.maxRunSeconds, j.minRunSeconds])).toEqual([
      [null, null],
      [2_700, 60],
      [3_600, null],
    ])
    expect((await preview('', autosys)).body.counts).toMatchObject({ created: 0, changed: 0, skipped: 0, refused: 0 })
  })

  it('changes what a report says of holds, and of how long runs take', async () => {
    const text = autorep([
      { job: 'LDN_FX_0_PRICES', start: '11/20/2026 18:00:00', end: '11/20/2026 18:40:00', status: 'SU' },
      { job: 'LDN_FX_0_PURGE', status: 'OH' },
    ])
    const { body: said } = await preview('', { ...autosys, files: [...files, { name: 'now.txt', text }] })
    expect(said.counts).toMatchObject({ created: 0, changed: 2 })
    const changed = said.items.filter((i) => i.result === 'changed').map((i) => [i.name, i.fields.map((f) => f.field)])
    expect(changed).toEqual([
      ['LDN_FX_0_PRICES', ['waits']],
      ['LDN_FX_0_PURGE', ['waits']],
    ])
  })
})

it('reads JIL as an old file has it: tabs, CRLF, a missing quote and letters beyond ASCII', async () => {
  const text = [
    '/* Abschluss für Zürich */',
    'insert_job: ZRH_CLOSE\tjob_type: CMD',
    '\tcommand:\t/apps/zrh/schluß.sh --größe=1',
    'description: "Tagesendverarbeitung Zürich – Börse',
    'date_conditions: 1',
    'days_of_week:\tmo,tu\t',
    'start_times: "21:30"',
    'insert_job: ZRH_REPORT',
    'condition: s(ZRH_CLOSE)',
  ].join('\r\n')
  const given = { kind: 'jil', host: 'ZRH', files: [{ name: 'old.jil', text }] }
  const { body: said } = await preview('', given)
  expect(said.items).toMatchObject([
    { line: 2, name: 'ZRH_CLOSE', command: '/apps/zrh/schluß.sh --größe=1', schedule: { expression: '30 21 * * 1,2' } },
    { line: 8, name: 'ZRH_REPORT', result: 'created' },
  ])
  expect(said.findings).toContainEqual(
    expect.objectContaining({ line: 4, message: expect.stringMatching(/quotation mark/) }),
  )
  const { body: done } = await apply('', given)
  expect(await read(done.jobs[0].id)).toMatchObject({ description: 'Tagesendverarbeitung Zürich – Börse' })
})

it('takes in how much there is of resources, from an administrator, and leaves what people have set', async () => {
  const text = (amount: number, more = '') =>
    `insert_resource: DB_SEATS\nres_type: R\namount: ${amount}\n${more}
insert_resource: TAPES\nres_type: D\namount: 3\ninsert_machine: prdbat09\nmax_load: 40
insert_job: SEAT_JOB\nmachine: prdbat09\njob_load: 30\nresources: (DB_SEATS, QUANTITY=2, FREE=Y)\n`
  const given = (jil: string) => ({ kind: 'jil', host: 'PRD', files: [{ name: 'a.jil', text: jil }] })
  const notes = ({ findings }: ImportPreview) =>
    findings.filter(({ rule }) => rule === 'amount').map(({ line, message }) => `${line} ${message}`)
  const amounts = async () => {
    const { items } = (await house.api(house.admin, 'GET', '/chains/resources')).body
    const mine = items.filter((one: { name: string }) => /SEATS|prdbat09|TAPES/.test(one.name))
    return Object.fromEntries(mine.map((one: { name: string; units: number | null }) => [one.name, one.units]))
  }
  expect(notes((await preview('', given(text(4)))).body)[0]).toMatch(/^1 DB_SEATS: .* an administrator says/)
  await apply('', given(text(4)))
  expect(await amounts()).toEqual({ DB_SEATS: null, 'load of prdbat09': null })
  const { body: dry } = await preview('', given(text(4)), house.admin)
  expect(dry.amounts).toBe(2)
  expect(notes(dry)[0]).toMatch(/^1 DB_SEATS: there are 4 units of it/)
  expect(dry.findings.map(({ message }) => message)).toContainEqual(expect.stringMatching(/^TAPES is used up/))
  expect((await apply('', given(text(4)), house.admin)).body).toMatchObject({ amounts: 2 })
  expect(await amounts()).toEqual({ DB_SEATS: 4, 'load of prdbat09': 40 })
  expect((await apply('', given(text(4)), house.admin)).body).toMatchObject({ amounts: 0 })
  const more = 'update_resource: DB_SEATS\namount: +2\n'
  expect((await apply('', given(text(4, more)), house.admin)).body).toMatchObject({ amounts: 1 })
  expect((await amounts()).DB_SEATS).toBe(6)
  await house.api(house.admin, 'PUT', '/chains/resources', { name: 'DB_SEATS', units: 5 })
  expect(notes((await preview('', given(text(7)), house.admin)).body)).toEqual([
    '1 DB_SEATS: 7 units in the file, 5 as they were set here, which stays.',
  ])
  await apply('', given(text(7)), house.admin)
  expect((await amounts()).DB_SEATS).toBe(5)
})

it('puts past runs of a report on record: once, without an alarm, and none of those that it has heard of itself', async () => {
  const past = (day: number, status = 'SU', exit = 0) => ({
    job: 'PAST_EOD',
    start: `11/${day}/2026 22:00:00`,
    end: `11/${day}/2026 22:${day}:00`,
    status,
    exit,
  })
  const old = { job: 'PAST_EOD', start: '03/02/2026 22:00:00', end: '03/02/2026 22:30:00', status: 'SU' }
  const files = (...rows: Parameters<typeof autorep>[0]) => [
    { name: 'a.jil', text: 'insert_job: PAST_EOD\ndate_conditions: 1\ndays_of_week: all\nstart_times: "22:00"\n' },
    { name: 'past.txt', text: autorep(rows) },
  ]
  const given = (...rows: Parameters<typeof autorep>[0]) => ({ kind: 'jil', host: 'PRD', files: files(...rows) })
  const first = given(old, past(16), past(17, 'FA', 3), past(18))
  expect((await preview('', first)).body.items).toMatchObject([{ name: 'PAST_EOD', pastRuns: 3 }])
  const { body: said } = await apply('', first)
  expect(said).toMatchObject({ counts: { created: 1 }, pastRuns: 3 })
  const [{ id }] = said.jobs
  const runs = async () => (await house.api(house.responder, 'GET', `/jobs/${id}/runs`)).body.items
  const note = 'Imported from a report of its scheduler.'
  expect(await runs()).toMatchObject([
    { outcome: 'success', startedAt: '2026-11-18T22:00:00Z', endedAt: '2026-11-18T22:18:00Z', note },
    { outcome: 'fail', exitStatus: 3, note },
    { outcome: 'success', note },
  ])
  expect(await read(id)).toMatchObject({ state: 'new', alerts: [] })
  expect((await named('PAST_EOD')).bars).toHaveLength(3)
  // Again: nothing is new but what is. From its first own run on, reports say nothing more.
  expect((await apply('', first)).body).toMatchObject({ counts: { created: 0, changed: 0 }, pastRuns: 0 })
  expect((await apply('', given(past(16), past(19)))).body).toMatchObject({ pastRuns: 1 })
  expect((await house.http.inject({ url: `/ping/${id}?at=2026-11-20T22:20:00Z` })).statusCode).toBe(200)
  expect((await apply('', given(past(20), past(21)))).body).toMatchObject({ pastRuns: 0 })
})

it('takes thousands of lines, and what is there already stays as it is', async () => {
  const lines = Array.from({ length: 3_000 }, (_, n) => `${n % 60} ${n % 24} * * * /opt/many/job${n}.sh --all`)
  const text = lines.join('\n')
  expect((await preview(text)).body.counts).toMatchObject({ created: 3_000 })
  expect((await apply(lines.slice(0, 500).join('\n'))).body.counts).toMatchObject({ created: 500 })
  expect((await preview(text)).body.counts).toMatchObject({ created: 2_500, unchanged: 500 })
})
