import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { PersonName } from '../../dev/seed/people.ts'
import { faults, type Opened, openWindow, phone } from './browser.ts'
import { callerOf } from './caller.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

// Two cores that are busy with other tests must not make a slow page a wrong one.
vi.setConfig({ testTimeout: 120_000 })

let world: BrowserWorld
let call: ReturnType<typeof callerOf>
const windows: Opened[] = []

beforeAll(async () => {
  world = await openBrowserWorld({ logins: ['viktor', 'mei', 'brandt', 'james'] })
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

const open = async (path: string, as?: PersonName, more: object = {}) => {
  const window = await openWindow(world, { ...(as ? { as } : {}), ...more })
  windows.push(window)
  await window.goto(path)
  return window.page
}

const ask = async (application: string): Promise<string> =>
  (
    await call('brandt', 'POST', '/requests', {
      typeId: 'read-access',
      answers: { application, joiners: 'Ann Bell\nCem Dal', from: '2026-12-01' },
    })
  ).ticket.number

/** The way to the page that a button of the newest mail about this opens. */
const linkTo = async (number: string) => {
  const mail = await world.sink.expectMail({ to: world.mailOf('james'), subject: new RegExp(`To approve: ${number}`) })
  return new URL(/(\S+\/approve\/\S+answer=refuse)/.exec(mail.text)?.[1] ?? '', world.url)
}

const choose = async (page: Page, label: string, option: string) => {
  await page.getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option }).click()
}

test('on a phone: the catalogue is searched, a form is begun, found again as it was, mended and sent', async () => {
  const page = await open('/catalogue', 'brandt', { viewport: phone })
  await page.getByRole('link', { name: /Software install/ }).waitFor()
  // It is for people of trading desks.
  expect(await page.getByText('Market data entitlement').count()).toBe(0)
  expect(await faults(page)).toEqual([])
  // By the keys of every list, where there is a keyboard.
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await page.getByRole('main').getByRole('link').first().and(page.locator(':focus')).waitFor()
  await page.getByRole('searchbox', { name: 'Search the catalogue' }).fill('blotter')
  await expect.poll(() => page.getByRole('link', { name: /Software install/ }).count()).toBe(0)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Read access' }).waitFor()
  await page.getByText('James T. approves it.').waitFor()
  expect(await faults(page)).toEqual([])

  await page.getByLabel('Who needs it').fill('Ann Bell\nCem Dal\nEva Frey')
  await page.reload()
  await page.getByRole('heading', { level: 1, name: 'Read access' }).waitFor()
  await expect.poll(() => page.getByLabel('Who needs it').inputValue()).toBe('Ann Bell\nCem Dal\nEva Frey')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText('Fill in “What to read”.').waitFor()
  await choose(page, 'What to read', 'Repo blotter')
  await page.getByLabel('From').fill('2026-12-01')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('heading', { level: 1, name: 'Read access: Repo blotter' }).waitFor()
  await page.getByText('James T. is asked', { exact: true }).waitFor()
  await page.getByText('waits for an approval', { exact: true }).waitFor()
  expect(await page.getByText('reading group').count()).toBe(0)
  expect(await faults(page)).toEqual([])
  expect(new URL(page.url()).pathname).toBe('/tickets/REQ-1')
})

test('an approver sees what waits, refuses with a reason by one key and approves by another; the next has its turn', async () => {
  const [cash, risk] = [await ask('cash'), await ask('risk')]
  const page = await open('/approvals', 'james')
  await page.getByRole('row', { name: new RegExp(risk) }).waitFor()
  await page.getByText('Named as an approver.').waitFor()
  expect(await faults(page)).toEqual([])
  // Newest first: the one about risk reports stands beside.
  await page.getByRole('button', { name: 'Refuse' }).waitFor()
  await page.keyboard.press('n')
  await page.getByRole('dialog', { name: `Refuse ${risk}` }).waitFor()
  await page.getByText('Say why, in a line.').waitFor()
  await page.keyboard.type('Not for settlements.')
  await page.keyboard.press('Control+Enter')
  await page.getByText(`${risk} is refused, and whoever asked is told why.`).waitFor()
  await expect.poll(() => page.getByRole('row', { name: new RegExp(risk) }).count()).toBe(0)
  await page.getByRole('button', { name: 'Approve' }).waitFor()
  await page.keyboard.press('y')
  await page.getByRole('dialog', { name: `Approve ${cash}` }).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText(`${cash} is approved.`).waitFor()
  await page.keyboard.press('t')
  await page.getByRole('row', { name: /refused it/ }).waitFor()
  expect((await call('brandt', 'GET', `/tickets/${risk}`)).state).toBe('cancelled')
})

test('a button in a mail opens a page that asks once more; used again it says what was decided', async () => {
  const number = await ask('settlement')
  const link = await linkTo(number)
  const page = await open(`${link.pathname}${link.search}`, undefined, { viewport: phone })
  await page.getByRole('heading', { level: 1, name: 'Approval for James T.' }).waitFor()
  await page.getByText('Settlement queue').first().waitFor()
  expect((await call('james', 'GET', '/approvals')).items[0].ticket.number).toBe(number)
  expect(await faults(page)).toEqual([])
  expect(await page.getByRole('button', { name: 'Refuse it' }).isDisabled()).toBe(true)
  await page.getByLabel('Why is it refused?').fill('Ask the head of operations.')
  await page.getByRole('button', { name: 'Refuse it' }).click()
  await page.getByRole('heading', { name: 'You refused it' }).waitFor()
  await page.goto(`${link.pathname}?answer=approve`)
  await page.getByRole('heading', { name: 'You refused it' }).waitFor()
  await page.getByText('Ask the head of operations.').waitFor()
  expect(await page.getByRole('button', { name: 'Approve it' }).count()).toBe(0)
  expect(await faults(page)).toEqual([])
  await page.goto(link.pathname.slice(0, -3))
  await page.getByText('This link cannot be used').waitFor()
})

test('an analyst ticks the checklist by digits; only then it can be resolved', async () => {
  const number = await ask('repo')
  const { items } = await call('james', 'GET', '/approvals')
  const mine = items.find((one: { ticket: { number: string } }) => one.ticket.number === number)
  const page = await open(`/tickets/${number}`, 'mei')
  await page.getByText(`${number} is not approved, so nothing is done for it yet.`).waitFor()
  expect(await page.getByRole('button', { name: 'Resolve' }).count()).toBe(0)
  await call('james', 'POST', `/approvals/${mine.id}/decision`, { decision: 'approve' })
  await page.getByText('James T. approved it', { exact: true }).waitFor()
  await page.getByText('2 required left').waitFor()
  expect(await faults(page)).toEqual([])
  await page
    .getByRole('checkbox', { name: /conduct rules/ })
    .and(page.locator(':enabled'))
    .waitFor()
  await page.keyboard.press('1')
  await page.getByText(/^Mei L\.,/).waitFor()
  await page.getByText('1 required left').waitFor()
  await page.keyboard.press('2')
  await page.getByText('nothing that is required is left', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Resolve' }).waitFor()
  // The answers stand once, in the place of the description.
  expect(await page.getByText('Ann Bell').count()).toBe(1)
})

test('a lead makes a request type beside its form, and it can be asked for; a new version leaves the old one alone', async () => {
  const page = await open('/settings/request-types', 'viktor')
  await page.getByRole('row', { name: /Read access.*Access.*Systems & network/ }).waitFor()
  expect(await faults(page)).toEqual([])
  await page.getByRole('button', { name: 'New request type' }).waitFor()
  await page.keyboard.press('c')
  await page.getByRole('heading', { level: 1, name: 'New request type' }).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText('Something is missing: each field says what.').waitFor()
  await page.getByLabel('Name', { exact: true }).fill('Firewall rule')
  await page.getByRole('combobox', { name: 'Category' }).fill('Network')
  await choose(page, 'Fulfilled by', 'Systems & network')
  await page.getByLabel('What is asked').fill('Between which machines')
  await page.getByRole('button', { name: 'Add a field' }).click()
  await page.getByLabel('What is asked').nth(1).fill('Protocol')
  await page.getByRole('combobox', { name: 'Answered with' }).nth(1).click()
  await page.getByRole('option', { name: 'one of some choices' }).click()
  await page.getByLabel('Choices').fill('tcp = TCP\nudp = UDP')
  await page.getByRole('button', { name: 'Add a stage' }).click()
  await page.getByRole('combobox', { name: 'Approved by' }).click()
  await page.getByRole('option', { name: 'the leads of a team' }).click()
  await choose(page, 'Of which team', 'Systems & network')
  await page.getByRole('button', { name: 'Add a step' }).click()
  await page.getByLabel('What is to be done').fill('Add the rule in both data centres')
  const preview = page.getByRole('region', { name: 'As those who ask see it' })
  await preview.getByRole('combobox', { name: 'Protocol' }).click()
  await page.getByRole('option', { name: 'UDP' }).waitFor()
  await page.keyboard.press('Escape')
  expect(await faults(page)).toEqual([])
  await page.getByRole('button', { name: 'Add it' }).click()
  await page.getByText('Firewall rule can be asked for now.').waitFor()

  const answers = { betweenWhichMachines: 'a and b', protocol: 'udp' }
  const { ticket } = await call('brandt', 'POST', '/requests', { typeId: 'firewall-rule', answers })
  await page.getByRole('link', { name: 'Firewall rule' }).click()
  await page.getByRole('heading', { level: 1, name: 'Firewall rule' }).waitFor()
  await page.getByText('version 1').waitFor()
  await page.getByRole('button', { name: 'Take field 1 out' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText(/keep the form that they were filled with/).waitFor()
  const { request } = await call('viktor', 'GET', `/tickets/${ticket.number}/request`)
  expect(request.answers.map((a: { text: string }) => a.text)).toEqual(['a and b', 'UDP'])
  const type = await call('viktor', 'GET', '/request-types/firewall-rule')
  expect([type.formVersion, Object.keys(type.form.properties)]).toEqual([2, ['protocol']])
})
