import ICAL from 'ical.js'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestHouse, testHouse } from '../../../test/harness/house.ts'
import { browser, person } from '../../../test/harness/identity.ts'
import { plan } from '../../app.ts'

/** Deadlines for calendar programs and spreadsheets. Monday, 07:00 in London. */

let house: TestHouse
let priya: Awaited<ReturnType<typeof person>>
beforeAll(async () => {
  house = await testHouse(plan)
  priya = await person(house, { role: 'admin', email: 'priya@example.com' })
  const job = await priya.browser.request('POST', '/api/jobs', {
    name: '=PNL',
    schedule: { kind: 'cron', expression: '0 22 * * 1-5', zone: 'Europe/London' },
  })
  await priya.browser.request('POST', '/api/deadlines', {
    name: 'EOD P&L, "final"',
    jobId: (job.json() as { id: string }).id,
    due: { kind: 'by', time: '07:45', days: 1, zone: 'Europe/London' },
    consequence: 'Derivatives opens\nwithout P&L; limits stay',
  })
})
afterAll(() => house.close())

const eventsOf = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))

it('are a calendar at a secret address, until it is made anew or its owner is gone', async () => {
  const made = (await priya.browser.request('POST', '/api/deadlines/feed', {})).json() as { url: string }
  const path = new URL(made.url).pathname
  const read = (url: string) => browser(house).request('GET', url)
  const answer = await read(path)
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8'])
  const events = eventsOf(answer.body)
  expect(events).toHaveLength(10)
  expect(events[0]?.summary).toBe('EOD P&L, "final"')
  expect(events[0]?.endDate.toJSDate().toISOString()).toBe('2026-11-24T07:45:00.000Z')
  expect(events[0]?.description).toContain('If it slips: Derivatives opens\nwithout P&L; limits stay')
  for (const line of answer.body.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThan(76)
  expect((await read(path.replace(/.\.ics$/, '~.ics'))).statusCode).toBe(404)

  const anew = (await priya.browser.request('POST', '/api/deadlines/feed', {})).json() as { url: string }
  expect((await read(path)).statusCode).toBe(404)
  expect((await read(new URL(anew.url).pathname)).statusCode).toBe(200)
  const stored = await house.platform.db.selectFrom('chain_feeds').select('hash').execute()
  expect(JSON.stringify(stored)).not.toContain(new URL(anew.url).pathname.split('/').at(-1)?.replace('.ics', ''))
  await house.platform.db.updateTable('users').set({ role: 'requester' }).where('id', '=', priya.id).execute()
  expect((await read(new URL(anew.url).pathname)).statusCode).toBe(404)
  await house.platform.db.updateTable('users').set({ role: 'admin' }).where('id', '=', priya.id).execute()
  expect((await priya.browser.request('DELETE', '/api/deadlines/feed')).json()).toEqual({ since: null })
})

it('are a list for spreadsheets, in which nothing is a formula', async () => {
  expect((await browser(house).request('GET', '/api/deadlines.csv')).statusCode).toBe(401)
  const { body } = await priya.browser.request('GET', '/api/deadlines.csv')
  const [head, first] = body.split('\r\n')
  expect(head).toBe('deadline,business_date,due,state,odds,expected_end,job,consequence,audience')
  expect(first).toContain('"EOD P&L, ""final""",2026-11-23,2026-11-24T07:45:00Z,planned,,,\'=PNL,')
})
