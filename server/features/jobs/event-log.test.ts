import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'

/** Lines of the log of AutoSys, and what they do to jobs and runs. */

let house: MonitorHouse
let key: string
beforeAll(async () => {
  house = await monitorHouse({ start: '2026-11-23T07:30:00Z' })
  key = (await house.api(house.responder, 'PUT', `/teams/${house.teamId}/ping-keys/ping`, {})).body.key
})
afterAll(() => house.close())

const job = async (slug: string): Promise<string> => {
  const schedule = { kind: 'period', seconds: 86_400 }
  const given = { name: slug, slug, teamId: house.teamId, schedule, maxRunSeconds: null }
  const { status, body } = await house.api(house.responder, 'POST', '/jobs', given)
  expect(status, JSON.stringify(body)).toBe(201)
  return body.id
}
const read = async (id: string) => (await house.api(house.responder, 'GET', `/jobs/${id}`)).body
const runs = async (id: string) => (await house.api(house.responder, 'GET', `/jobs/${id}/runs`)).body.items
const ask = async (
  method: 'GET' | 'POST',
  url: string,
  payload?: string,
  headers: Record<string, string> = {},
  remoteAddress = '127.0.0.1',
) => {
  const sent = payload === undefined ? {} : { payload }
  const answer = await house.http.inject({ method, url, headers, remoteAddress, ...sent })
  await house.settle()
  return { status: answer.statusCode, body: answer.body }
}

describe('the log of AutoSys', () => {
  const at = (time: string) => `2026-11-23T${time}Z`
  const line = (time: string, status: string, name: string) =>
    `[11/23/2026 ${time}]      CAUAJM_I_40245 EVENT: CHANGE_STATUS    STATUS: ${status}         JOB: ${name} MACHINE: m1 EXITCODE:  0\n`
  const feed = (query: string, ...lines: string[]) =>
    ask('POST', `/autosys?${query}`, lines.join(''), { authorization: `Bearer ${key}`, 'content-type': 'text/plain' })
  const imported = async (names: string[], host: string) => {
    const text = names.map((name) => `insert_job: ${name}\n`).join('')
    const body = { kind: 'jil', files: [{ name: 'a.jil', text }], zone: 'UTC', host, teamId: house.teamId }
    const { body: said } = await house.api(house.responder, 'POST', '/jobs/imports', body)
    return new Map<string, string>(said.jobs.map((j: { id: string; externalId: string }) => [j.externalId, j.id]))
  }

  it('finds what was imported of that instance, whatever its slug, and each line counts once', async () => {
    const long = `EOD_${'x'.repeat(56)}_`
    const ids = await imported([`${long}1`, `${long}2`], 'PRD')
    const other = await imported([`${long}2`], 'DR')
    const lines = [line('08:10:00', 'RUNNING', `${long}2`), line('08:12:30', 'SUCCESS', `${long}2`)]
    for (let n = 0; n < 2; n++)
      expect(await feed('instance=PRD&zone=Europe/Berlin', ...lines)).toMatchObject({ status: 200, body: 'kept 2\n' })
    expect(await runs(ids.get(`PRD/${long}2`) ?? '')).toMatchObject([
      { startedAt: at('07:10:00'), endedAt: at('07:12:30'), outcome: 'success', host: 'm1' },
    ])
    expect(await runs(ids.get(`PRD/${long}1`) ?? '')).toEqual([])
    expect(await runs(other.get(`DR/${long}2`) ?? '')).toEqual([])
  })

  it('is no guess, however many of its jobs are not here', async () => {
    await job('beside-it')
    const lines = Array.from({ length: 400 }, (_, n) => line('07:00:00', 'RUNNING', `ELSEWHERE_${n}`)).join('')
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'text/plain' }
    expect((await ask('POST', '/autosys', lines, headers, '192.0.2.9')).status).toBe(200)
    // Two at once: one of them would be the look-up that is left to who guesses.
    const wrong = () => ask('GET', `/p/guess/beside-it`, undefined, {}, '192.0.2.9')
    expect((await Promise.all([wrong(), wrong(), wrong()])).map(({ status }) => status)).not.toContain(429)
  })

  it('says what variables are, of those for which a job of the team waits, and what is older changes nothing', async () => {
    const text = 'insert_job: BY_VARIABLE\ncondition: v(MKT_OPEN) = "Y" & v(CUT^PRD) = "late one"\n'
    const body = { kind: 'jil', files: [{ name: 'a.jil', text }], zone: 'UTC', host: 'PRD', teamId: house.teamId }
    await house.api(house.responder, 'POST', '/jobs/imports', body)
    const say = (time: string, said: string) =>
      feed(
        'instance=PRD&zone=Europe/Berlin',
        `[11/23/2026 ${time}]      CAUAJM_I_40245 EVENT: SET_GLOBAL       GLOBAL: ${said}\n`,
      )
    const known = async () => {
      const { items } = (await house.api(house.admin, 'GET', '/chains/globals')).body
      return Object.fromEntries(items.map((g: { name: string; value: string | null }) => [g.name, g.value]))
    }
    expect(await say('08:10:00', 'MKT_OPEN = Y')).toMatchObject({ status: 200, body: 'kept 1\n' })
    await say('08:11:00', 'CUT = late one')
    expect(await known()).toEqual({ MKT_OPEN: 'Y', 'CUT^PRD': 'late one' })
    await say('08:05:00', 'MKT_OPEN = N')
    expect((await known()).MKT_OPEN).toBe('Y')
    await say('08:12:00', 'MKT_OPEN = DELETE')
    expect((await known()).MKT_OPEN).toBeNull()
    expect(await say('08:12:00', 'JIRA-7 = x')).toMatchObject({ status: 200, body: 'kept 0\n' })
    expect(Object.keys(await known())).toHaveLength(2)
  })

  it('is taken where the log was cut and begins with zeros, and a value that is too long is cut between its letters', async () => {
    const text = 'insert_job: BY_LETTERS\ncondition: v(LETTERS) = "Y"\n'
    const body = { kind: 'jil', files: [{ name: 'a.jil', text }], zone: 'UTC', host: 'PRD', teamId: house.teamId }
    await house.api(house.responder, 'POST', '/jobs/imports', body)
    const said = `${'x'.repeat(999)}\u{1f600}`
    const line = `[11/23/2026 08:24:00]  CAUAJM_I_40245 EVENT: SET_GLOBAL  GLOBAL: LETTERS = ${said}\n`
    expect(await feed('instance=PRD&zone=Europe/Berlin', '\0\0\0\0', line)).toMatchObject({ body: 'kept 1\n' })
    const { items } = (await house.api(house.admin, 'GET', '/chains/globals')).body
    const found = items.find((g: { name: string }) => g.name === 'LETTERS')
    expect(found.value).toBe(`${'x'.repeat(999)}\ufffd`)
  })

  it('says many at once, and of two that come at once the newer one counts', async () => {
    const names = Array.from({ length: 40 }, (_, n) => `AT_ONCE_${String(n).padStart(2, '0')}`)
    const text = `insert_job: BY_MANY\ncondition: ${names.map((name) => `v(${name}) = "Y"`).join(' & ')}\n`
    const body = { kind: 'jil', files: [{ name: 'a.jil', text }], zone: 'UTC', host: 'PRD', teamId: house.teamId }
    await house.api(house.responder, 'POST', '/jobs/imports', body)
    const said = (time: string, value: string, of: readonly string[]) =>
      feed(
        'instance=PRD&zone=Europe/Berlin',
        ...of.map((name) => `[11/23/2026 ${time}]  CAUAJM_I_40245 EVENT: SET_GLOBAL  GLOBAL: ${name} = ${value}\n`),
      )
    const both = await Promise.all([said('08:21:00', 'new', names), said('08:20:00', 'old', names.toReversed())])
    expect(both.map((answer) => answer.body)).toEqual(['kept 40\n', 'kept 40\n'])
    const { items } = (await house.api(house.admin, 'GET', '/chains/globals')).body
    const values = items.filter((g: { name: string }) => names.includes(g.name)).map((g: { value: string }) => g.value)
    expect([values.length, [...new Set(values)]]).toEqual([40, ['new']])
  })

  it('names what is not there, keeps the rest, and says what it cannot read', async () => {
    await job('eod-there')
    expect(
      await feed('', line('07:00:00', 'RUNNING', 'EOD-THERE'), line('07:00:00', 'RUNNING', 'NOWHERE')),
    ).toMatchObject({
      status: 200,
      body: expect.stringMatching(/^kept 1; no job of .* has the slug nowhere/),
    })
    expect(await feed('', line('07:00:00', 'ACTIVATED', 'NOWHERE'), 'EVENT: ALARM\n')).toMatchObject({
      body: 'kept 0\n',
    })
    expect(await feed('zone=Mars')).toMatchObject({
      status: 400,
      body: expect.stringContaining('Mars is no time zone'),
    })
    expect(await feed('dates=ymd')).toMatchObject({ status: 400, body: 'dates must be mdy or dmy\n' })
  })

  it('says what is on hold and on ice, so that it is not missed, until it is taken off or started by force', async () => {
    const id = (await imported(['EOD_HELD'], 'PRD')).get('PRD/EOD_HELD') ?? ''
    const schedule = { kind: 'cron', expression: '35 7 * * *', zone: 'UTC' }
    await house.api(house.responder, 'PATCH', `/jobs/${id}`, { schedule, graceSeconds: 60 })
    const event = (what: string, time = '08:31:00') =>
      `[11/23/2026 ${time}]      CAUAJM_I_40245 EVENT: ${what}   JOB: EOD_HELD\n`
    const hold = async (...lines: string[]) => {
      expect(await feed('instance=PRD&zone=Europe/Berlin', ...lines)).toMatchObject({ status: 200 })
      return (await read(id)).waits.hold
    }
    expect(await hold(event('JOB_ON_HOLD'))).toBe('held')
    await house.advance({ minutes: 10 })
    expect(await read(id)).toMatchObject({ state: 'new', alerts: [] })
    expect(await hold(event('JOB_OFF_HOLD'), event('JOB_ON_ICE'))).toBe('iced')
    expect(await hold(line('08:32:00', 'RUNNING', 'EOD_HELD'))).toBe('none')
    expect(await hold(event('JOB_ON_NOEXEC', '08:32:30'), line('08:33:00', 'RUNNING', 'EOD_HELD'))).toBe('bypassed')
    expect(await hold(event('JOB_OFF_NOEXEC', '08:34:00'))).toBe('none')
    expect(await hold(event('JOB_ON_HOLD', '08:35:00'))).toBe('held')
    const said = await house.sentences(`job:${id}`)
    expect(said.filter((s) => s.startsWith('AutoSys'))).toHaveLength(7)
    expect(said.at(-1)).toBe('AutoSys has put on hold the job EOD_HELD, so that it is not expected.')
    // Imported as it is now, it is as it was; without the report of the present state it is taken back.
    const again = (await imported(['EOD_HELD'], 'PRD')).get('PRD/EOD_HELD')
    expect([again, (await read(id)).waits.hold]).toEqual([id, 'none'])
  })

  it('goes by what was said last of a hold, whatever is sent again or comes late', async () => {
    const id = (await imported(['EOD_TWICE'], 'PRD')).get('PRD/EOD_TWICE') ?? ''
    const event = (time: string, what: string) =>
      `[11/23/2026 ${time}]      CAUAJM_I_40245 EVENT: ${what}   JOB: EOD_TWICE\n`
    const hold = async (...lines: string[]) => {
      expect(await feed('instance=PRD&zone=Europe/Berlin', ...lines)).toMatchObject({ status: 200 })
      return (await read(id)).waits?.hold ?? 'none'
    }
    const on = event('06:00:00', 'JOB_ON_HOLD')
    expect(await hold(on)).toBe('held')
    expect(await hold(line('05:50:00', 'RUNNING', 'EOD_TWICE'))).toBe('held')
    expect(await hold(event('06:20:00', 'JOB_OFF_HOLD'))).toBe('none')
    expect(await hold(on)).toBe('none')
    expect(await hold(event('07:10:00', 'JOB_OFF_ICE'))).toBe('none')
    expect(await hold(event('07:00:00', 'JOB_ON_ICE'))).toBe('none')
    expect(await hold(event('07:20:00', 'JOB_ON_ICE'))).toBe('iced')
  })

  it('reads dates with the day first where it must or is told', async () => {
    const id = await job('eod-dmy')
    const told = line('06:00:00', 'SUCCESS', 'EOD-DMY')
    await feed('zone=UTC', told.replace('11/23/2026', '23/11/2026'))
    expect((await runs(id))[0]).toMatchObject({ endedAt: at('06:00:00') })
  })
})
