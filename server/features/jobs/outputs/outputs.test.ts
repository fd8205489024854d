import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type MonitorHouse, monitorHouse } from '../../../../test/harness/monitors.ts'
import { AppError } from '../../../platform/errors.ts'

/** Outputs that are more than a row has room for, with a limit of 300 kB. */
let house: MonitorHouse
beforeAll(async () => {
  house = await monitorHouse({ env: { PING_OUTPUT_MAX_MB: '0.3' } })
})
afterAll(() => house.close())

const make = async (name: string, more: object = {}): Promise<string> => {
  const schedule = { kind: 'cron', expression: '0 22 * * *', zone: 'UTC' }
  const made = await house.api(house.responder, 'POST', '/jobs', { name, serviceId: house.orders, schedule, ...more })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return made.body.id
}
const ping = (path: string, payload: string) => house.http.inject({ method: 'POST', url: `/ping/${path}`, payload })
const runOf = async (id: string) => {
  const [run] = (await house.api(house.responder, 'GET', `/jobs/${id}/runs`)).body.items
  return (await house.api(house.responder, 'GET', `/jobs/${id}/runs/${run.id}`)).body
}
const download = (id: string, run: string, as = house.responder.id) =>
  house.http.inject({ url: `/api/jobs/${id}/runs/${run}/output`, headers: { authorization: `Bearer ${as}` } })
const files = async (): Promise<string[]> => {
  const found: string[] = []
  for await (const id of house.platform.store.all()) found.push(id)
  return found
}
const line = `${'x'.repeat(99)}\n`
/** 250 kB with a secret in the middle. */
const long = `${line.repeat(1_200)}password=hunter2\n${line.repeat(1_300)}the end\n`

it('the row has the end, the data folder all of it, masked, for whoever may read the run', async () => {
  const id = await make('Chatty')
  const answer = await ping(`${id}/0`, long)
  expect([answer.body, answer.headers['ping-body-limit']]).toEqual(['OK', '300000'])
  const run = await runOf(id)
  expect(run).toMatchObject({ hasWhole: true, outputBytes: long.length, note: null })
  expect([run.output.length, run.output.endsWith('the end\n')]).toEqual([100_000, true])
  const got = await download(id, run.id)
  expect(got.body).toBe(long.replace('hunter2', '[masked]'))
  expect(got.headers).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': expect.stringMatching(/^attachment; filename="?chatty-2026-11-23T07/),
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  })
  expect((await download(id, run.id, 'nobody')).statusCode).toBe(401)
  expect((await download(id, crypto.randomUUID())).statusCode).toBe(404)
})

it('beyond the limit its beginning and its end are kept, and how much is missing is said', async () => {
  const id = await make('Endless')
  await ping(`${id}/0`, `${line.repeat(5_000)}the end\n`)
  const { body } = await download(id, (await runOf(id)).id)
  expect(body.slice(0, 300_000)).toBe(line.repeat(3_000))
  expect(body.slice(300_000, 300_060)).toMatch(/^\n\[200008 bytes more were sent; their end follows.\]\n/)
  expect(body.endsWith('the end\n')).toBe(true)
})

it('what does not count leaves nothing on the disk', async () => {
  const id = await make('Careful')
  const given = `${id}/0?id=${crypto.randomUUID()}`
  await ping(given, long)
  const before = await files()
  expect((await ping(given, long)).body).toBe('OK')
  expect((await ping(`${crypto.randomUUID()}/0`, long)).statusCode).toBe(404)
  expect((await ping(`${id}/0?rid=wrong`, long)).statusCode).toBe(400)
  await expect.poll(files).toEqual(before)
})

it('to the letter of healthchecks the beginning counts, up to the limit', async () => {
  const made = await house.api(house.admin, 'PUT', `/teams/${house.teamId}/ping-keys/write`, {})
  const id = await make('As ever', { rules: 'healthchecks', teamId: house.teamId, maxRunSeconds: null })
  await ping(id, `first\n${line.repeat(5_000)}`)
  const { body } = await house.http.inject({
    url: `/api/v3/checks/${id}/pings/1/body`,
    headers: { 'x-api-key': made.body.key },
  })
  expect(body).toBe(`first\n${line.repeat(5_000)}`.slice(0, 300_000))
})

it('without room on the disk the run is kept, and says what is missing', async () => {
  const { store } = house.platform
  const { requireRoom } = store
  store.requireRoom = async () => {
    throw new AppError('no_room', 'full')
  }
  try {
    const id = await make('Unlucky')
    expect((await ping(`${id}/3`, long)).body).toBe('OK')
    expect(await runOf(id)).toMatchObject({
      outcome: 'fail',
      hasWhole: false,
      note: 'Of its output only a part is kept: there was no room on the disk of the server.',
      output: expect.stringMatching(/the end\n$/),
    })
  } finally {
    store.requireRoom = requireRoom
  }
})

it('with its job, or its run, it goes', async () => {
  const before = await files()
  const id = await make('Short-lived')
  await ping(`${id}/0`, long)
  expect(await files()).toHaveLength(before.length + 1)
  expect((await house.api(house.responder, 'DELETE', `/jobs/${id}`)).status).toBe(200)
  await house.jump({ hours: 2 })
  await expect.poll(files).toHaveLength(before.length)
  await sql`update run_outputs set at = at - interval '140 days'`.execute(house.platform.db)
  await house.jump({ hours: 2 })
  await expect.poll(files).toEqual([])
})
