import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { faults, type Opened, openWindow } from './browser.ts'
import { callerOf } from './caller.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

// Two cores that are busy with other tests must not make a slow page a wrong one.
vi.setConfig({ testTimeout: 90_000 })

let world: BrowserWorld
let call: ReturnType<typeof callerOf>
const windows: Opened[] = []

beforeAll(async () => {
  world = await openBrowserWorld({ logins: ['marta', 'priya'] })
  call = callerOf(world)
})
afterEach(async () => {
  for (const window of windows.splice(0)) {
    expect(window.complaints).toEqual([])
    await window.close()
  }
})
afterAll(async () => {
  await world?.close()
})

const open = async (path: string, as: 'marta' | 'priya' = 'marta') => {
  const window = await openWindow(world, { as })
  windows.push(window)
  await window.goto(path)
  return window.page
}
const at = (page: Page, path: string | RegExp) => page.waitForURL(path)

test('an administrator adds an SLA policy and sees when a ticket would be due by it', async () => {
  const page = await open('/')
  await page.keyboard.press('g')
  await page.keyboard.press('e')
  await at(page, '**/settings')
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
  expect(await faults(page)).toEqual([])
  await page.getByRole('link', { name: 'SLA policies' }).click()
  await page.getByRole('row', { name: /Standard/ }).waitFor()
  expect(await faults(page)).toEqual([])

  await page.getByRole('button', { name: 'New policy' }).waitFor()
  await page.keyboard.press('c')
  await page.getByRole('heading', { level: 1, name: 'New SLA policy' }).waitFor()
  await page.keyboard.type('Trading floor')
  await page.getByLabel('P2: resolution within').fill('90')
  await page.getByText('Opened now, it would be due').waitFor()
  await page
    .getByText(/^, warned/)
    .first()
    .waitFor()
  await page.getByLabel('P1: first response within').fill('soon')
  await page.getByText('A length of time, such as 30 min or 4 h; empty for no target.').waitFor()
  await page.getByText('It is shown again when the fields beside it can be read.').waitFor()
  await page.getByLabel('P1: first response within').fill('5')
  await page.getByRole('button', { name: 'Add a cut-off' }).click()
  await page.getByLabel('Fixed before').fill('New York close')
  await page.getByRole('term').filter({ hasText: 'New York close' }).first().waitFor()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await page.getByText('Trading floor is added').waitFor()
  await page.getByRole('row', { name: /1 Trading floor/ }).waitFor()

  const { items } = await call('marta', 'GET', '/sla-policies')
  expect(items[0]).toMatchObject({
    name: 'Trading floor',
    targets: { P1: { firstResponse: 5 }, P2: { resolution: 90 } },
    cutOffs: [{ name: 'New York close', atTime: '17:00' }],
  })
})

test('a ticket shows its clocks, with how each came about', async () => {
  const { ticket } = await call('priya', 'POST', '/tickets', {
    title: 'No prices on the blotter',
    kind: 'incident',
    serviceId: world.world.services.orderEntry,
    impact: 'high',
    urgency: 'high',
  })
  const page = await open(`/tickets/${ticket.number}`, 'priya')
  const account = page.getByRole('group').filter({ hasText: 'Resolution' })
  await page.getByText('left').first().waitFor()
  await account.locator('summary').click()
  await account
    .getByText(/P1: resolution within 4 h, counted around the clock, from .*, when it was opened\./)
    .waitFor()
  await page.getByText(/By the policy Trading floor, the first that fits: it is for all tickets\./).waitFor()
  expect(await faults(page)).toEqual([])
  await page.getByRole('button', { name: /^Wait/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: /wait/i }).last().click()
  await page.getByText('stands still').first().waitFor()
})

test('the matrix is changed, and one that would hide what hurts most is refused at its cell', async () => {
  const page = await open('/settings/priority-matrix')
  await page.getByLabel('Impact low, urgency high').selectOption('P1')
  await page.getByRole('button', { name: 'Save' }).waitFor()
  await page.keyboard.press('Control+Enter')
  await page
    .getByText('Must not be more pressing than with less impact.')
    .or(page.getByText(/Must not be more pressing/))
    .first()
    .waitFor()
  await page.getByLabel('Impact low, urgency high').selectOption('P2')
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await page.getByText('The matrix is saved. New tickets follow it.').waitFor()
  const made = await call('priya', 'POST', '/tickets', {
    title: 'Printer',
    kind: 'incident',
    impact: 'low',
    urgency: 'high',
  })
  expect(made.ticket.priority).toBe(2)
  const reading = await open('/settings/priority-matrix', 'priya')
  await reading.getByText('an administrator may change it').waitFor()
  expect(await reading.getByLabel('Impact low, urgency high').isDisabled()).toBe(true)
})

test('a holiday is added to a calendar, which says what it means now', async () => {
  const page = await open('/settings/calendars')
  const { items } = await call('marta', 'GET', '/calendars?kind=support')
  await page.getByRole('row', { name: new RegExp(items[0].name) }).click()
  await page.getByText('open hours this week').waitFor()
  await page.getByRole('button', { name: 'Add a day' }).click()
  const days = page.getByRole('list', { name: 'Holidays and half days' })
  await days.getByLabel('Date').first().fill('2031-05-09')
  await days.getByText('Fri 9 May 2031').waitFor()
  await days.getByLabel('Name of 2031-05-09').fill('Royal wedding')
  await page.getByLabel('Monday').fill('late')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Enter hours such as 08:00–18:00, or 8-12, 13-18. Left empty, the day is closed.').waitFor()
  await page.getByLabel('Monday').fill('7-12, 13-19')
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await page.getByText('is saved; the clocks of open tickets are computed anew').waitFor()
  const stored = await call('marta', 'GET', `/calendars/${items[0].id}`)
  expect(stored.exceptions).toContainEqual({ date: '2031-05-09', open: [], name: 'Royal wedding' })
  expect(stored.weekly.filter((w: { day: number }) => w.day === 1)).toEqual([
    { day: 1, from: '07:00', to: '12:00' },
    { day: 1, from: '13:00', to: '19:00' },
  ])
  expect(await faults(page)).toEqual([])

  await page.getByRole('button', { name: 'New calendar' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Zürich desk')
  expect(await page.getByLabel('Short name').inputValue()).toBe('zurich-desk')
  await page.getByLabel('Short name').fill('zurich-desk')
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await page.getByText('Zürich desk is added.').waitFor()
})

test('holidays of a file are proposed beside what the calendar has, and those that are ticked are added by keyboard', async () => {
  const { items } = await call('marta', 'GET', '/calendars?kind=support')
  const [{ id, name }] = items
  const { exceptions } = await call('marta', 'GET', `/calendars/${id}`)
  const [had] = exceptions
  const page = await open(`/settings/calendars/${id}`)
  await page.getByRole('button', { name: 'From a file' }).waitFor()
  await page.keyboard.press('i')
  await page.getByText('Nothing is read yet.').waitFor()

  // What cannot be read says what to do.
  const file = page.locator('input[type=file]')
  const give = (text: string, called = 'holidays.ics') =>
    file.setInputFiles({ name: called, mimeType: 'text/calendar', buffer: Buffer.from(text) })
  await give('x'.repeat(600_000))
  await page
    .getByText('holidays.ics has 600 kB, and at most 500 kB are read here. Export the holidays alone.')
    .waitFor()
  await give('<html>')
  await page.getByText(/^It is a web page, not a file of dates\./).waitFor()
  expect(await faults(page)).toEqual([])

  // What is shown is of the text that stands there: not of what was there before, and not of nothing.
  const day = (of: RegExp) => page.getByRole('checkbox', { name: of })
  const pasted = page.getByLabel('Or paste it')
  const held = Promise.withResolvers<void>()
  const asked = page.waitForRequest('**/holiday-proposals')
  await page.route('**/holiday-proposals', (route) => held.promise.then(() => route.continue()), { times: 1 })
  await pasted.fill('2031-03-03,Before')
  await asked
  await pasted.fill('2031-04-04,After\n2031-04-07,And after')
  await page.getByText('2 read, 2 new, 2 ticked').waitFor()
  const late = page.waitForResponse('**/holiday-proposals')
  held.resolve()
  await (await late).finished()
  await page.waitForTimeout(100)
  await page.getByText('2 read, 2 new, 2 ticked').waitFor({ timeout: 1_000 })
  await pasted.fill('')
  await page.getByText('Nothing is read yet.').waitFor()
  await pasted.fill('2031-03-03,Typed')
  await give('2031-05-05,Chosen', 'chosen.csv')
  await day(/Chosen/).waitFor()
  await page.waitForTimeout(500)
  expect(await page.getByLabel('Where they come from').inputValue()).toMatch(/chosen\.csv$/)
  await page.getByText('1 read, 1 new, 1 ticked').waitFor({ timeout: 1_000 })

  const event = (start: string, summary: string, more = '') =>
    `BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:${start}\r\nSUMMARY:${summary}\r\n${more}END:VEVENT\r\n`
  const events = [
    event('20010102', 'Long ago'),
    event(had.date.replaceAll('-', ''), 'As it has'),
    event('20320503', 'Only observed', 'DESCRIPTION:Observance\r\n'),
    event('20320505', 'Founders’ day', 'DTEND;VALUE=DATE:20320507\r\n'),
    event('soon', 'Broken'),
  ]
  await give(`BEGIN:VCALENDAR\r\nX-WR-CALNAME:London holidays\r\n${events.join('')}END:VCALENDAR\r\n`)
  await page.getByText('5 read, 4 new, 2 ticked').waitFor()
  expect(
    await day(/Founders’ day/).evaluateAll((all) => all.map((one) => (one as { checked?: boolean }).checked)),
  ).toEqual([true, true])
  expect(await day(/Long ago past/).isChecked()).toBe(false)
  expect(await day(/As it has there already/).isDisabled()).toBe(true)
  await page.getByText('1 entry is not proposed').click()
  await page.getByText(/^Line \d+: It has no start such as 20261225\./).waitFor()
  // Its days were known without an end, and are.
  expect(await page.getByLabel('Known through').inputValue()).toBe('')
  expect(await page.getByLabel('Where they come from').inputValue()).toMatch(/London holidays$/)
  expect(await faults(page)).toEqual([])
  await day(/Only observed/).focus()
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Add 3 days' }).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText(`3 days added to ${name}; the clocks of open tickets are computed anew.`).waitFor()
  await page.getByLabel('Name of 2032-05-06').waitFor()
  const stored = await call('marta', 'GET', `/calendars/${id}`)
  expect(stored.exceptions.length).toBe(exceptions.length + 3)
  expect(stored.validThrough).toBe(null)

  await page.getByRole('heading', { level: 1, name }).focus()
  await page.keyboard.press('z')
  await expect.poll(async () => (await call('marta', 'GET', `/calendars/${id}`)).exceptions).toEqual(exceptions)
})

test('a feed of holidays is followed, says that it cannot be read, and its days are decided about by keyboard', async () => {
  const { items } = await call('marta', 'GET', '/calendars?kind=support')
  const [{ id }] = items
  const page = await open(`/settings/calendars/${id}`)
  await page.getByRole('button', { name: 'Feed' }).waitFor()
  await page.keyboard.press('f')
  await page.getByRole('textbox', { name: 'Address' }).fill('http://127.0.0.1/uk.ics')
  await page.keyboard.press('Enter')
  await page.getByText('Must be an address that begins with https://.').waitFor()
  await page.getByRole('textbox', { name: 'Address' }).fill('https://127.0.0.1:1/uk.ics')
  await page.keyboard.press('Enter')
  await page.getByText(/^127\.0\.0\.1:1 cannot be read since/).waitFor()
  expect(await faults(page)).toEqual([])

  // As the next reading would leave it.
  await world.house.platform.db
    .updateTable('holiday_feeds')
    .set({
      copy: '2033-05-02,May Day\n2033-08-29,Summer\n2033-08-30,Too much',
      read_at: world.house.platform.clock.now(),
      failing_since: null,
      decided: ['2033-08-30'],
    })
    .where('calendar_id', '=', id)
    .execute()
  await page.reload()
  await page.getByText('3 read, 3 new, 2 ticked').waitFor()
  expect(await faults(page)).toEqual([])
  await page.getByRole('checkbox', { name: /Summer/ }).focus()
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Add 1 day' }).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText('Decided about 2 days of the feed').waitFor()
  await page.getByLabel('Name of 2033-05-02').waitFor()
  await call('marta', 'DELETE', `/calendars/${id}/holiday-feed`)
  const { exceptions } = await call('marta', 'GET', `/calendars/${id}`)
  await call('marta', 'PATCH', `/calendars/${id}`, {
    exceptions: exceptions.filter((one: { date: string }) => one.date !== '2033-05-02'),
  })
})

test('an administrator reads who did what, filters it, and verifies the log', async () => {
  await call('priya', 'POST', '/tickets', { title: 'Written for the log' })
  const page = await open('/settings')
  await page.getByRole('link', { name: 'Audit log' }).click()
  await page
    .getByRole('row', { name: /Priya N\. .*Written for the log/ })
    .first()
    .waitFor()
  expect(await faults(page)).toEqual([])
  await page
    .getByRole('searchbox', { name: 'Filter the log' })
    .or(page.getByRole('combobox', { name: 'Filter the log' }))
    .or(page.getByRole('textbox', { name: 'Filter the log' }))
    .fill('who:marta')
  await page.keyboard.press('Enter')
  await page.getByText('Written for the log').first().waitFor({ state: 'detached' })
  await page
    .getByRole('row', { name: /^\d+ \w+ \d{4} \d\d:\d\d:\d\d (GMT|BST) Marta G\./ })
    .first()
    .waitFor()
  await page.getByRole('heading', { level: 1 }).focus()
  await page.keyboard.press('r')
  await page.getByText(/are as they were written|Nothing is sealed yet/).waitFor()
  const saved = page.waitForEvent('download')
  await page.keyboard.press('e')
  expect((await saved).suggestedFilename()).toBe('watchfloor-log.csv')
  expect(await faults(page)).toEqual([])
})

test('an administrator sees how Watchfloor itself is', async () => {
  const page = await open('/settings')
  await page.getByRole('link', { name: 'Watchfloor itself' }).click()
  await page.getByRole('row', { name: /in order Database/ }).waitFor()
  await page.getByRole('grid', { name: 'Tables of the database' }).getByText('All that has happened').waitFor()
  await page.getByRole('grid', { name: 'Periodic tasks' }).getByText('Seals the log in a hash chain').waitFor()
  expect(await faults(page)).toEqual([])
  const other = await open('/settings/watchfloor', 'priya')
  await other.getByRole('row', { name: /in order Database/ }).waitFor()
  await other.getByText('The rest is for administrators.').waitFor()
  expect(await other.getByText(/could not be loaded/).count()).toBe(0)
})

test('a webhook is made by keyboard, its secret is shown once, what it does not take is said, and it is deleted', async () => {
  const page = await open('/settings/webhooks')
  await page.getByText('No webhook yet.').waitFor()
  await page.getByRole('button', { name: 'New webhook' }).waitFor()
  await page.keyboard.press('c')
  const form = page.getByRole('dialog', { name: 'New webhook' })
  await form.getByLabel('Name').fill('Ops bus')
  await page.keyboard.press('Control+Enter')
  await form.getByText('An address is needed, such as https://example.com/hook.').waitFor()
  await form.getByLabel('Address').fill('ftp://bus.example')
  await page.keyboard.press('Control+Enter')
  await form.getByText('Must be an address such as https://example.com/hook.').waitFor()
  await form.getByLabel('Address').fill(`${world.url}/no-such-hook`)
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await form.getByText(/^whsec_/).waitFor()
  expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('I have copied it')
  await page.keyboard.press('Enter')
  await form.waitFor({ state: 'hidden' })
  const row = page.getByRole('row', { name: /Ops bus/ })
  await row.getByText('nothing yet').waitFor()

  await call('marta', 'POST', '/jobs', {
    name: 'Told elsewhere',
    schedule: { kind: 'period', seconds: 3_600 },
    serviceId: world.world.services.settlement,
  })
  await page.reload()
  await row.getByText(/^for \d+ s$/).waitFor()
  await row.click()
  const sheet = page.getByRole('dialog', { name: 'Ops bus' })
  await sheet.getByText(/did not take it: 404/).waitFor()
  await sheet.getByRole('button', { name: 'Skip this event…' }).click()
  await page.getByText(/is never told of the event/).waitFor()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await page.getByText(/^Ops bus is not told: Marta.* added the job Told elsewhere\.$/).waitFor()
  await sheet.getByRole('button', { name: 'Delete' }).click()
  await page.keyboard.press('Control+Enter')
  await page.getByText('Ops bus hears of nothing more.').waitFor()
  await page.getByText('No webhook yet.').waitFor()
})

test('what predictions go by is set by keyboard: an amount, a variable, when dates begin; others may look', async () => {
  const page = await open('/settings/chains')
  for (const words of [/^No job needs a res/, /^No job waits for a variable/, /^Business dates begin at 17:00/])
    await page.getByText(words).waitFor()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('n')
  const amount = page.getByRole('dialog', { name: 'Amount of a resource' })
  await amount.getByLabel('Name').fill('DB_SEATS')
  await amount.getByLabel('Amount of the resource').fill('4')
  await page.keyboard.press('Enter')
  await page.getByRole('row', { name: /DB_SEATS 4/ }).waitFor()
  await page.keyboard.press('c')
  const value = page.getByRole('dialog', { name: 'Value of a variable' })
  await value.getByLabel('Name').fill('MARKET_OPEN')
  await value.getByLabel('Value').fill('Y')
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await page.getByRole('row', { name: /MARKET_OPEN Y/ }).click()
  await page.getByRole('dialog', { name: 'MARKET_OPEN' }).getByLabel('Value').fill('')
  await page.keyboard.press('Control+Enter')
  await page.getByText('No job waits for a variable.').waitFor()
  await page.keyboard.press('a')
  const zone = page.getByRole('dialog', { name: 'Business dates of a zone' })
  await zone.getByLabel('A business date begins at').fill('18:30')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('row', { name: /18:30/ }).waitFor()
  expect(await faults(page)).toEqual([])
  const other = await open('/settings/chains', 'priya')
  await other.getByRole('row', { name: /DB_SEATS 4/ }).waitFor()
  await other.getByText('An administrator sets it, for the whole installation.').waitFor()
  expect(await other.getByRole('button', { name: 'Add a resource' }).isDisabled()).toBe(true)
})
