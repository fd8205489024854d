import pg from 'pg'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { signInPaths } from '../../contract/identity/sign-in.ts'
import { wireTo } from '../harness/wire.ts'
import { contentWidth, faults, forget, go, type Opened, openWindow, phone, visit, wide } from './browser.ts'
import { callerOf } from './caller.ts'
import { forms, pagesToFail } from './not-loaded.ts'
import { type BrowserWorld, openBrowserWorld, password } from './world.ts'

/** What a browser, a network and the names of others may do to a page. */

let world: BrowserWorld
let call: ReturnType<typeof callerOf>
const windows: Opened[] = []

beforeAll(async () => {
  world = await openBrowserWorld({ logins: ['marta', 'priya', 'lena', 'laurent'] })
  call = callerOf(world)
})
afterEach(async () => {
  for (const one of windows.splice(0)) await one.close()
})
afterAll(async () => {
  await world?.close()
})

const open = async (path: string, prepare?: (page: Page) => Promise<unknown>) => {
  const opened = await openWindow(world, { as: 'priya', anew: prepare !== undefined })
  windows.push(opened)
  await prepare?.(opened.page)
  await opened.goto(path)
  return opened.page
}
const ticket = async (title: string): Promise<string> =>
  (
    await call('lena', 'POST', '/tickets', {
      title,
      serviceId: world.world.services.orderEntry,
      impact: 'medium',
      urgency: 'high',
    })
  ).ticket.number

const row = (page: Page, number: string) => page.getByRole('row', { name: new RegExp(`${number}\\b`) })

test('names of 200 signs without a space, from right to left, or of emoji break no page, on a desk or a phone', async () => {
  const titles = ['W'.repeat(200), `${'مرحبا'.repeat(20)} prices ${'שלום'.repeat(10)}`, '🧯'.repeat(80)]
  const numbers: string[] = []
  for (const title of titles) numbers.push(await ticket(title))
  const longName = `${'Settlement'.repeat(11)} 日本`.slice(0, 100)
  const service = await call('lena', 'GET', `/services/${world.world.services.orderEntry}`)
  await call('marta', 'PATCH', `/services/${service.id}`, { name: longName })
  const page = await open('/queue?q=state:open')
  const pages = [
    '/queue?q=state:open',
    ...numbers.map((n) => `/tickets/${n}`),
    '/',
    '/services',
    `/services/${service.id}`,
  ]
  for (const path of pages) {
    await page.setViewportSize(wide)
    await visit(page, path)
    for (const size of [wide, phone]) {
      await page.setViewportSize(size)
      await expect
        .poll(() => contentWidth(page), { message: `${path} at ${size.width}` })
        .toBeLessThanOrEqual(size.width)
    }
  }
  await visit(page, `/tickets/${numbers[1]}`)
  // Its direction stays its own: what stands beside it is not turned round.
  await page.getByRole('heading', { level: 1, name: /مرحبا.*prices.*שלום/ }).waitFor()
  // What does not fit of it in a list is cut at its end, which is on the left: its first letter is to be seen.
  await visit(page, '/queue?q=state:open')
  await page
    .getByText(/^مرحبا/)
    .first()
    .waitFor()
  const sees = await page.evaluate(`{
    const text = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT, (n) =>
      n.data.startsWith('مرحبا') ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP).nextNode()
    const range = document.createRange()
    range.setStart(text, 0)
    range.setEnd(text, 1)
    const [letter, box] = [range.getBoundingClientRect(), text.parentElement.closest('.clip').getBoundingClientRect()]
    letter.left >= box.left && letter.right <= box.right + 1
  }`)
  expect(sees).toBe(true)
  await call('marta', 'PATCH', `/services/${service.id}`, { name: service.name })
})

const day = 24 * 3_600_000
/** A page in a browser whose clock is off by so many milliseconds. */
const openOff = (off: number, path: string) =>
  open(path, (page) =>
    page.addInitScript(`{
      const Real = Date
      globalThis.Date = class extends Real {
        constructor(...given) { given.length === 0 ? super(Real.now() + ${off}) : super(...given) }
        static now() { return Real.now() + ${off} }
      }
    }`),
  )

test('a browser whose clock is a day ahead shows ages and deadlines by the time of the server', async () => {
  const number = await ticket('Seen by a wrong clock')
  const ahead = await openOff(day, `/queue?q=${encodeURIComponent('state:open "wrong clock"')}`)
  await row(ahead, number).waitFor()
  expect(await ahead.evaluate('Date.now()')).toBeGreaterThan(Date.now() + day / 2)
  const words = await row(ahead, number).textContent()
  // Its first answer is due within minutes, and nothing is a day old or a day late.
  expect(words).not.toMatch(/\b(1 d|23 h|24 h|1,4\d\d min|late|over)\b/)
})

test('with a clock that is nine days behind, the on-call page still asks about the days that come', async () => {
  const page = await openOff(-9 * day, '/on-call')
  await page
    .getByRole('region', { name: 'Needs a decision' })
    .getByText(/L2 post-trade: nobody outside its hours/)
    .waitFor()
})

test('rows are selected on by Shift and arrow, by Shift and a click, all by * a; what is done to many reaches all', async () => {
  const many = 110
  const numbers: string[] = []
  for (let n = 0; n < many; n += 10)
    numbers.push(...(await Promise.all(Array.from({ length: 10 }, (_, i) => ticket(`Storm of the morning ${n + i}`)))))
  const page = await open(`/queue?q=${encodeURIComponent('state:open "storm of the morning"')}`)
  await page
    .getByRole('row', { name: /Storm of the morning/ })
    .first()
    .click()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await page.getByText('3 selected').waitFor()
  await page
    .getByRole('checkbox', { name: 'Select this row' })
    .nth(6)
    .click({ modifiers: ['Shift'] })
  await page.getByText('7 selected').waitFor()
  // To the end of what is listed, which brings the next part each time, until there is no more.
  await expect
    .poll(
      async () => {
        await page.keyboard.press('End')
        await page.keyboard.type('*a')
        return page.getByText(`${many} selected`).count()
      },
      { interval: 300 },
    )
    .toBe(1)
  await page.keyboard.press('e')
  await page.getByRole('dialog', { name: /^Resolve/ }).waitFor()
  await page.keyboard.type('The feed is back.')
  await page.keyboard.press('Control+Enter')
  await page.getByText(/are resolved\./).waitFor()
  for (const number of [numbers[0], numbers[many - 1]])
    expect(await call('lena', 'GET', `/tickets/${number}`)).toMatchObject({ state: 'resolved' })
  await expect.poll(() => page.getByRole('row', { name: /Storm of the morning/ }).count()).toBe(0)
})

/** As many as nobody is sent one by one who comes back. */
const anHourOfEvents = async () => {
  const database = new pg.Client({ connectionString: world.databaseUrl })
  await database.connect()
  await database.query(`
    insert into events (id, at, type, actor_kind, actor_id, actor_name, subject, about, team_id, audience, data)
    select gen_random_uuid(), at, type, actor_kind, actor_id, actor_name, subject, about, team_id, audience, data
    from (select * from events where type = 'ticket.resolved' order by xid desc, seq desc limit 1) e, generate_series(1, 5100)`)
  await database.end()
}

test('a connection that was away for an hour of events tells so, keeps what is shown, and has what is so now when it is back', async () => {
  const line = await wireTo(world.url)
  const number = await ticket('Before the tunnel')
  const opened = await openWindow({ ...world, url: new URL(line.url).origin }, { as: 'priya' })
  windows.push(opened)
  await opened.goto(`/queue?q=${encodeURIComponent('state:open tunnel')}`)
  const { page } = opened
  await row(page, number).waitFor()
  await line.cut()
  await page.getByText('No connection').waitFor()
  await page.getByText(/^No connection since.*\d\d:\d\d.*What you see is from then/).waitFor()
  await row(page, number).waitFor()
  const meanwhile: string[] = []
  for (let n = 0; n < 12; n++) meanwhile.push(await ticket(`Happened while in the tunnel, ${n}`))
  await call('lena', 'POST', `/tickets/${number}/resolution`, { resolution: 'The light at its end.' })
  await anHourOfEvents()
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await line.restore()
  for (const one of meanwhile) await row(page, one).waitFor()
  // What is no longer so is gone as well.
  await row(page, number).waitFor({ state: 'detached' })
  await page.getByText('No connection').waitFor({ state: 'detached' })
  // What is shown is read anew, a few times at most while the line comes back; none of what happened is asked for by itself.
  const tickets = new Set(asked.flatMap((path) => /INC-\d+/.exec(path) ?? []))
  expect(tickets.size, 'those beside the list, of thirteen').toBeLessThanOrEqual(4)
  expect(asked.length).toBeLessThan(100)
  await opened.close()
  windows.pop()
  await line.stop()
})

test('a session that ends while somebody writes is signed in to again in place: nothing is lost, nobody else reads it', async () => {
  const number = await ticket('Written while the session ended')
  const page = await open(`/tickets/${number}`, async () => undefined)
  const end = () => page.request.post(signInPaths.signOut, { headers: { origin: world.url } })
  const again = page.getByRole('dialog', { name: 'Sign in again' })
  const signIn = async () => {
    expect(await again.getByLabel('Mail address').inputValue()).toBe(world.mailOf('priya'))
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
    await again.waitFor({ state: 'detached' })
    // And one is in the field again in which one wrote.
    await expect.poll(() => page.evaluate<string>('document.activeElement.tagName')).toBe('TEXTAREA')
  }
  const note = page.getByRole('textbox', { name: /^Internal note/ })
  await page.getByRole('list', { name: `What happened to ${number}` }).waitFor()
  await page.keyboard.press('n')
  await note.waitFor()
  await page.keyboard.type('Half a sentence')
  await end()
  await page.keyboard.press('Control+Enter')
  await again.waitFor()
  await signIn()
  await page.getByText('Your session has ended. Sign in, and do it again.').waitFor()
  await page.keyboard.type(' and the rest.')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('listitem').getByText('Half a sentence and the rest.').waitFor()

  await page.keyboard.press('Escape')
  await page.keyboard.press('e')
  await page.getByRole('dialog', { name: `Resolve ${number}` }).waitFor()
  await page.keyboard.type('Restarted the gateway.')
  await end()
  await page.keyboard.press('Control+Enter')
  await again.waitFor()
  await page.keyboard.press('Escape')
  await signIn()
  await page.keyboard.press('Control+Enter')
  await page.getByText(`${number} is resolved.`).waitFor()

  await page.keyboard.press('n')
  await page.keyboard.type('For nobody else')
  await end()
  await page.keyboard.press('Control+Enter')
  await again.waitFor()
  expect(await faults(page)).toEqual([])
  await again.getByLabel('Mail address').fill(world.mailOf('lena'))
  await again.getByRole('textbox', { name: 'Password' }).fill(password)
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
  await page.getByRole('button', { name: /^Lena.*: my settings/ }).waitFor()
  await page.getByRole('list', { name: `What happened to ${number}` }).waitFor()
  await page.keyboard.press('n')
  await expect.poll(() => note.inputValue()).toBe('')

  await go(page, '/queue/new')
  const title = page.getByRole('textbox', { name: /^Title/ })
  await title.fill('Of Lena alone')
  await end()
  await page.keyboard.press('Control+Enter')
  await again.waitFor()
  await again.getByLabel('Mail address').fill(world.mailOf('priya'))
  await again.getByRole('textbox', { name: 'Password' }).fill(password)
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
  await page.getByRole('button', { name: /^Priya.*: my settings/ }).waitFor()
  expect(await title.inputValue()).toBe('')
})

test('two tabs at one ticket write one draft; what both send, or is sent again because no answer came, is there once', async () => {
  const number = await ticket('Written at in two tabs')
  const one = await open(`/tickets/${number}`)
  const two = await one.context().newPage()
  await two.goto(`/tickets/${number}`)
  const field = (page: Page) => page.getByRole('textbox', { name: /^Internal note/ })
  const holds = (page: Page, text: string) => expect.poll(() => field(page).inputValue()).toBe(text)
  const written = async () =>
    (await call('priya', 'GET', `/tickets/${number}`)).messages.map(({ body }: { body: string }) => body)
  for (const page of [one, two]) await page.getByRole('button', { name: /^Internal note/ }).click()
  await field(one).fill('Undo is at 91 %')
  await holds(two, 'Undo is at 91 %')
  await field(two).fill('Undo is at 91 %, and grows')
  await holds(one, 'Undo is at 91 %, and grows')
  await one.reload()
  await holds(one, 'Undo is at 91 %, and grows')

  // The first sends, and before that has gone out the second does.
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
  await one.route('**/notes', (route) => held.then(() => route.continue()))
  await field(one).press('Control+Enter')
  await field(two).press('Control+Enter')
  await holds(two, '')
  await holds(one, '')
  letGo()
  await one.unrouteAll({ behavior: 'wait' })
  await expect.poll(written).toEqual(['Undo is at 91 %, and grows'])

  // The answer is lost on its way: one does not know, and sends again.
  await two.route('**/notes', (route) => route.fetch().then(() => route.abort()))
  await field(two).fill('Raised to 8 h')
  await field(two).press('Control+Enter')
  await two.getByText(/^The server does not answer/).waitFor()
  await holds(two, 'Raised to 8 h')
  await two.unrouteAll({ behavior: 'wait' })
  await field(two).press('Control+Enter')
  await holds(two, '')
  expect(await written()).toEqual(['Undo is at 91 %, and grows', 'Raised to 8 h'])
  await two.close()
})

test('two tabs with a new ticket write one; sent in one, it is begun in neither', async () => {
  const one = await open('/queue/new')
  const two = await one.context().newPage()
  await two.goto('/queue/new')
  const title = (page: Page) => page.getByRole('textbox', { name: /^Title/ })
  const words = (page: Page) => page.getByRole('textbox', { name: /^Description/ })
  await title(one).fill('Begun in two tabs')
  await expect.poll(() => title(two).inputValue()).toBe('Begun in two tabs')
  await words(two).fill('and gone on with in the second')
  await expect.poll(() => words(one).inputValue()).toBe('and gone on with in the second')
  await one.keyboard.press('Control+Enter')
  await one.waitForURL(/\/tickets\/INC-/)
  await expect.poll(() => title(two).inputValue()).toBe('')
  await two.reload()
  await title(two).waitFor()
  expect(await words(two).inputValue()).toBe('')
  await two.close()
})

test('each page says what could not be loaded, and has it after “Try again”', async () => {
  const number = await ticket('Not to be read')
  const pages = pagesToFail(world.world, number)
  // Who one is, the frame knows.
  const isKnown = /\/api\/me(\?|$)/
  const wrong: string[] = []
  const look = async (page: Page, path: string) => {
    // Trouble of the server may pass: the page tries by itself three times. The first shows that; of the others none waits.
    const status = path === '/' ? 500 : 429
    await page.route('**/api/**', (route) =>
      isKnown.test(route.request().url()) || route.request().method() !== 'GET'
        ? route.fallback()
        : route.fulfill({
            status,
            contentType: 'application/problem+json',
            body: JSON.stringify({ title: 'Something broke', detail: 'The server made a mistake. It is in its log.' }),
          }),
    )
    // The first with the whole application; the others in it, where nothing is known of them yet.
    if (path === '/') await page.goto(path)
    else await go(page, path)
    const again = page.getByRole('alert').getByRole('button', { name: 'Try again' })
    await again.first().waitFor({ timeout: path === '/' ? 20_000 : 8_000 })
    // Once: where the list would be, and not at the head of the page as well.
    if (['/people', '/alerts', '/on-call', '/settings/calendars'].includes(path))
      expect(await page.getByText(/What you have written stays/).count()).toBe(0)
    const field = page.locator('main form, main').getByRole('textbox').first()
    if (forms.includes(path)) {
      await page
        .getByRole('alert')
        .getByText(/^The .*(services|formats).* could not be loaded\.$/)
        .waitFor()
      if (path === '/jobs/new') expect(await faults(page)).toEqual([])
      await field.fill('Written meanwhile')
    }
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    // Each part of a page has its own; a click that comes too late has found it mended.
    const press = async () => {
      await again
        .first()
        .click({ timeout: 500 })
        .catch(() => undefined)
      return again.count()
    }
    await expect.poll(press, { timeout: 20_000 }).toBe(0)
    if (forms.includes(path)) expect(await field.inputValue()).toBe('Written meanwhile')
    await go(page, '/nowhere')
    await page.evaluate(forget)
  }
  const opened = await openWindow(world, { as: 'marta' })
  windows.push(opened)
  for (const path of pages)
    await look(opened.page, path).catch(async () => {
      const words = await opened.page.locator('main').textContent()
      wrong.push(`${path}: ${words?.slice(0, 200)}`)
    })
  // Whoever asks, in the portal.
  const asker = await openWindow(world, { as: 'laurent' })
  windows.push(asker)
  await asker.goto('/')
  await look(asker.page, '/queue/new')
  expect(wrong).toEqual([])
})
