import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { faults, type Opened, openWindow, phone, visit } from './browser.ts'
import { callerOf } from './caller.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

/** The phone log, and tickets that come together, by keyboard alone. */

let world: BrowserWorld
let call: ReturnType<typeof callerOf>
const windows: Opened[] = []

beforeAll(async () => {
  world = await openBrowserWorld({ logins: ['priya', 'laurent'] })
  call = callerOf(world)
})
afterEach(async () => {
  for (const one of windows.splice(0)) {
    expect(one.complaints).toEqual([])
    await one.close()
  }
})
afterAll(async () => {
  await world?.close()
})

const open = async (path: string, options: Parameters<typeof openWindow>[1] = { as: 'priya' }) => {
  const opened = await openWindow(world, options)
  windows.push(opened)
  await opened.goto(path)
  return opened.page
}
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
const line = (page: Page) => page.getByRole('textbox', { name: 'What is said' })
const chosen = (page: Page, name: RegExp) => page.getByRole('radio', { name, checked: true })
const said = (page: Page, words: RegExp) => page.getByRole('main').getByText(words)
const ticket = async (title: string, more: object = {}): Promise<string> =>
  (await call('priya', 'POST', '/tickets', { title, ...more })).ticket.number

test('the phone rings: one line a call, read while it is typed, onto the ticket that is open already', async () => {
  const page = await open('/')
  await page
    .getByRole('link', { name: /^Queue/ })
    .first()
    .waitFor()
  await press(page, 'p')
  await page.getByRole('heading', { level: 1, name: 'Phone log' }).waitFor()
  await expect.poll(() => page.evaluate('document.activeElement?.tagName')).toBe('INPUT')
  await page.keyboard.type('laurent: order entry rejects all orders since 5 min ago P2')
  await expect
    .poll(() => page.getByRole('textbox', { name: 'Title' }).inputValue())
    .toBe('Order entry rejects all orders')
  await expect.poll(() => page.getByRole('combobox', { name: 'Who calls?' }).inputValue()).toBe('M. Laurent')
  await page
    .getByText(/said on the phone to Priya N\.|= P2/)
    .first()
    .waitFor()
  expect(await faults(page)).toEqual([])
  await press(page, 'Enter')
  await said(page, /^INC-\d+ is open\./).waitFor()
  const { items } = await call('priya', 'GET', '/tickets?view=recent')
  const first = items[0].number
  expect(items[0]).toMatchObject({ title: 'Order entry rejects all orders', priority: 2, openedVia: 'phone' })

  // The next one calls about the same: the arrow takes the ticket that is offered.
  await page.keyboard.type('equity derivatives: orders rejected')
  const offered = page.getByRole('radio', { name: new RegExp(first) })
  await offered.waitFor()
  await press(page, 'ArrowDown')
  await chosen(page, new RegExp(first)).waitFor()
  await page.getByRole('button', { name: `Add to ${first}` }).waitFor()
  await press(page, 'Enter')
  await said(page, new RegExp(`^2 people have called about ${first} now`)).waitFor()
  expect((await call('priya', 'GET', `/tickets/${first}`)).marks).toEqual({ callers: { count: 2 } })
  await press(page, 'Escape', 'z')
  await expect.poll(async () => (await call('priya', 'GET', `/tickets/${first}`)).marks).toEqual({})

  // A call that comes while a ticket is open is about that one, unless one says otherwise.
  await visit(page, `/tickets/${first}`)
  await page.getByRole('heading', { name: /Belongs together/ }).waitFor()
  await press(page, 'p')
  await chosen(page, new RegExp(first)).waitFor()
  await page.keyboard.type('brandt sees it too')
  await expect.poll(() => page.getByRole('combobox', { name: 'Who calls?' }).inputValue()).toBe('L. Brandt')
  await press(page, 'Control+Enter')
  await said(page, /The caller reads INC-\d+/).waitFor()
})

test('a child says in the queue whose it is; a name typed before its options have come is marked when they come', async () => {
  const parent = await ticket('Blotters stand still')
  const child = await ticket('My blotter stands still')
  await call('priya', 'POST', `/tickets/${parent}/children`, { tickets: [child] })
  const page = await open('/queue?q=still')
  await page.getByRole('row', { name: new RegExp(`${parent}.*1 under it`) }).waitFor()
  await page.getByRole('link', { name: `under ${parent}` }).click()
  await page.getByRole('heading', { level: 1, name: /Blotters stand still/ }).waitFor()
  let answer = () => {}
  const later = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.route(/\/api\/users\?/, async (route) => {
    await later
    await route.continue()
  })
  await visit(page, '/queue/new')
  const field = page.getByRole('combobox', { name: 'Who asks?' })
  await field.click()
  await page.keyboard.type('laur')
  answer()
  await page.locator('[data-combobox-selected]', { hasText: 'Laurent' }).waitFor()
  await press(page, 'Enter')
  await expect.poll(() => field.inputValue()).toBe('M. Laurent')
})

test('one reply and one resolution reach the children, and each requester reads his own ticket', async () => {
  const parent = await ticket('Nobody can settle', { requesterId: world.world.people.brandt })
  const { ticket: own } = await call('laurent', 'POST', '/tickets', { title: 'My trade does not settle' })
  await call('priya', 'POST', `/tickets/${parent}/children`, { tickets: [own.number] })
  const page = await open(`/tickets/${parent}`)
  await page
    .getByRole('region', { name: `Children of ${parent}` })
    .getByText('My trade does not settle')
    .waitFor()
  await page.getByRole('button', { name: /To all 1 child/ }).waitFor()
  await press(page, 'Shift+A', 'r')
  await page.getByRole('button', { name: /Reply to L\. Brandt and 1 more person on 1 ticket/ }).waitFor()
  expect(await faults(page)).toEqual([])
  await page.keyboard.type('The feed is being restarted.')
  await press(page, 'Control+Enter')
  await page.getByText('The reply stands on 1 more ticket as well').waitFor()
  await press(page, 'Escape', 'e')
  await page.getByRole('checkbox', { name: 'Resolve its open child as well' }).waitFor()
  await page.keyboard.type('The feed runs again.')
  await press(page, 'Control+Enter')
  await page.getByText(`${parent} is resolved, with 1 child.`).waitFor()
  const his = await open(`/tickets/${own.number}`, { as: 'laurent' })
  await his.getByText('The feed is being restarted.').waitFor()
  await his.getByText('The feed runs again.').first().waitFor()
  expect(await his.getByText(parent).count()).toBe(0)
})

test('several of the queue are merged by keys into one of them, and nothing stays selected', async () => {
  const more = { serviceId: world.world.services.settlement }
  const numbers: string[] = []
  for (const desk of ['rates', 'equities', 'credit']) numbers.push(await ticket(`Novations stuck for ${desk}`, more))
  const page = await open('/queue?q=state:open%20novations')
  await page.getByRole('row', { name: /Novations stuck for credit/ }).waitFor()
  await page.getByRole('button', { name: /^Phone log/ }).waitFor()
  await page
    .getByRole('row', { name: /Novations/ })
    .first()
    .focus()
  await press(page, 'x', 'j', 'x', 'j', 'x')
  await page.getByText('3 selected').waitFor()
  await press(page, 'Shift+D')
  await page.getByRole('option', { name: `${numbers[0]} Novations stuck for rates` }).waitFor()
  await page.keyboard.type(numbers[0] ?? '')
  await page.getByRole('option', { name: new RegExp(numbers[0] ?? ''), selected: true }).waitFor()
  await press(page, 'Enter')
  await page.getByText(/are merged into/).waitFor()
  await page.getByRole('row', { name: /Novations stuck for credit/ }).waitFor({ state: 'detached' })
  await page.getByText(/\d selected/).waitFor({ state: 'detached' })
})

test('tickets are merged, linked and put under another by keys, taken back by one, and somebody is asked to help', async () => {
  const more = { serviceId: world.world.services.settlement }
  const [first, second] = [await ticket('Confirmations are late', more), await ticket('Confirmations late again', more)]
  const page = await open(`/tickets/${second}`)
  await page.getByRole('button', { name: /^Merge/ }).waitFor()
  await press(page, 'Shift+D')
  const box = page.getByRole('combobox', { name: `Merge ${second} into` })
  await box.waitFor()
  await page.getByRole('option', { name: new RegExp(first) }).waitFor()
  await page.keyboard.type(first)
  await page.getByRole('option', { name: new RegExp(first), selected: true }).waitFor()
  await press(page, 'Enter')
  await page.getByText(/^It was merged into INC/).waitFor()
  await press(page, 'z')
  await page.getByText(/^It was merged into INC/).waitFor({ state: 'detached' })

  await page.getByRole('button', { name: /^Link/ }).waitFor()
  await press(page, 'Shift+C')
  const which = (expanded: boolean) => page.getByRole('combobox', { name: 'Which ticket?', expanded })
  await which(true).waitFor()
  // Escape leaves the list, then the question.
  await press(page, 'Escape')
  await which(false).waitFor()
  await press(page, 'Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await press(page, 'Shift+C')
  await which(true).waitFor()
  await page.keyboard.type(first)
  await page.getByRole('option', { name: new RegExp(first) }).waitFor()
  await press(page, 'Enter')
  expect(await faults(page)).toEqual([])
  // Back to how it is linked: what is typed takes the place of what was chosen.
  await press(page, 'Shift+Tab')
  await page.keyboard.type('rel')
  await page.getByRole('option', { name: /^relat/ }).waitFor()
  await press(page, 'Enter')
  await press(page, 'Control+Enter')
  await page.getByRole('button', { name: new RegExp(`^Take away: relat.* ${first}`) }).waitFor()

  await press(page, 'Shift+U')
  await page.getByRole('option', { name: new RegExp(first) }).waitFor()
  await page.keyboard.type(first)
  await press(page, 'Enter')
  await page.getByRole('button', { name: `Take ${second} away from ${first}` }).waitFor()

  await press(page, 'Shift+T')
  await page.getByRole('combobox', { name: `Help with ${second}` }).waitFor()
  await page.keyboard.type('Sam')
  await page.getByRole('option', { name: /Sam O\./ }).waitFor()
  await press(page, 'Enter')
  await page.getByText('Sam O. (asked)').waitFor()
})

test('a call is logged on a phone as well', async () => {
  const page = await open('/phone-log', { as: 'priya', viewport: phone })
  await line(page).fill('commodities pricing shows nothing since noon')
  await expect.poll(() => page.getByRole('combobox', { name: 'Service' }).inputValue()).toBe('Commodities pricing')
  await page.getByRole('button', { name: 'Open ticket' }).click()
  await said(page, /^INC-\d+ is open\./).waitFor()
})
