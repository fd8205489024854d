import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { PersonName } from '../../dev/seed/people.ts'
import { faults, type Opened, openWindow, visit } from './browser.ts'
import { callerOf } from './caller.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

/** Escalation, macros, canned replies, leaving for later and presence, worked by keyboard. */

let world: BrowserWorld
let call: ReturnType<typeof callerOf>
const windows: Opened[] = []

beforeAll(async () => {
  world = await openBrowserWorld({ logins: ['priya', 'jonas', 'laurent', 'marta', 'ana'] })
  call = callerOf(world)
})
afterEach(async () => {
  for (const one of windows.splice(0)) await one.close()
})
afterAll(async () => {
  await world?.close()
})

const open = async (path: string, as: PersonName) => {
  const opened = await openWindow(world, { as })
  windows.push(opened)
  await opened.goto(path)
  return opened.page
}
const ticket = async (title: string, more: object = {}): Promise<string> =>
  (
    await call('priya', 'POST', '/tickets', {
      title,
      serviceId: world.world.services.orderEntry,
      impact: 'low',
      urgency: 'medium',
      requesterId: world.world.people.laurent,
      ...more,
    })
  ).ticket.number
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
/** Keys of a ticket are bound when its buttons are there. */
const ticketPage = async (number: string, as: PersonName) => {
  const page = await open(`/tickets/${number}`, as)
  await page.getByRole('list', { name: `What happened to ${number}` }).waitFor()
  return page
}

describe('escalating', () => {
  test('with a packet by keyboard: back with a reason, amended, accepted; the trader learns who looks at it', async () => {
    const number = await ticket('Blotter is empty', { description: '08:51:02 ORA-01555: snapshot too old' })
    const page = await ticketPage(number, 'priya')
    await page.getByRole('button', { name: 'Escalate', exact: true }).waitFor()
    await press(page, 'Shift+E')
    const dialog = page.getByRole('dialog', { name: `Escalate ${number}` })
    await dialog.getByRole('textbox', { name: 'What is seen' }).waitFor()
    expect(await dialog.getByRole('textbox', { name: 'What is seen' }).inputValue()).toContain('Blotter is empty')
    expect(await dialog.getByRole('textbox', { name: 'Evidence' }).inputValue()).toContain('ORA-01555')
    await dialog.getByText('Choose the team.').waitFor()
    await dialog.getByRole('combobox', { name: 'To the team' }).fill('DBA')
    await page.getByRole('option', { name: 'DBA' }).click()
    await dialog.getByText('What was tried: not written yet.').waitFor()
    expect(await faults(page)).toEqual([])
    await dialog.getByRole('textbox', { name: 'What was tried' }).fill('Restarted the blotter, no effect.')
    await press(page, 'Control+Enter')
    await page.getByText(`${number} waits to be accepted by DBA.`).waitFor()
    await page.getByText(/Escalated to DBA, not yet accepted/).waitFor()

    const dba = await open(`/queue?q=${encodeURIComponent('state:open escalated:us')}`, 'jonas')
    await dba
      .getByRole('row', { name: new RegExp(`${number}\\b`) })
      .getByText('to accept')
      .waitFor()
    await visit(dba, `/tickets/${number}`)
    await dba.getByText('Escalated to you, not yet accepted.').waitFor()
    const packet = dba.getByRole('region', { name: 'Escalated to DBA' })
    await packet.getByText('Restarted the blotter, no effect.').waitFor()
    expect(await faults(dba)).toEqual([])
    await dba.getByRole('button', { name: 'Send back' }).waitFor()
    await press(dba, 'v')
    const why = dba.getByRole('dialog', { name: `Send ${number} back` })
    await why.getByRole('textbox', { name: 'Why?' }).fill('Which instance is it?')
    await press(dba, 'Control+Enter')
    await dba.getByText(`${number} is with its sender again, who is told why.`).waitFor()

    await page.getByText(/Jonas W\. sent it back for DBA: Which instance is it\?/).waitFor()
    await page.getByRole('button', { name: 'Escalate', exact: true }).waitFor()
    await press(page, 'Shift+E')
    await dialog.getByText('Sent back: Which instance is it?').waitFor()
    expect(await dialog.getByRole('textbox', { name: 'What was tried' }).inputValue()).toContain(
      'Restarted the blotter',
    )
    const evidence = dialog.getByRole('textbox', { name: 'Evidence' })
    await evidence.fill('PRD7: ORA-01555')
    // Left by a slip, it is found again as it was written.
    await press(page, 'Escape')
    await dialog.waitFor({ state: 'detached' })
    await press(page, 'Shift+E')
    await expect.poll(() => evidence.inputValue()).toBe('PRD7: ORA-01555')
    await press(page, 'Control+Enter')
    await dialog.waitFor({ state: 'detached' })

    await dba.getByRole('button', { name: 'Accept' }).waitFor()
    await press(dba, 'y')
    await dba.getByText(`${number} is yours: you accepted it.`).waitFor()
    await packet.getByText(/Jonas W\. accepted it/).waitFor()
    expect(await call('priya', 'GET', `/tickets/${number}`)).toMatchObject({ team: { name: 'DBA' } })
    const asker = await open(`/tickets/${number}`, 'laurent')
    await asker.getByText('It is looked at by DBA now.').waitFor()
    expect(await asker.getByText(/Which instance|Restarted the blotter|packet/).count()).toBe(0)
  })

  test('the leads are told by hand, with a reason', async () => {
    const number = await ticket('The head of the desk calls')
    const page = await ticketPage(number, 'priya')
    await page.getByRole('button', { name: 'Escalate to lead' }).waitFor()
    await press(page, 'Shift+L')
    await page.getByRole('dialog').getByRole('textbox', { name: 'Why?' }).fill('He calls every minute.')
    await press(page, 'Control+Enter')
    await page.getByText(/Priya N\. escalated it to Ana P\. \(leads of L2 Markets support\): He calls/).waitFor()
  })
})

describe('what is done again and again', () => {
  test('a canned reply and a macro are written on a page, and used by keyboard', async () => {
    const settings = await open('/settings/desk', 'marta')
    await settings.getByText('There is no macro yet.').waitFor()
    expect(await faults(settings)).toEqual([])
    await settings.getByRole('button', { name: 'New canned reply' }).waitFor()
    await press(settings, 'i')
    const form = settings.getByRole('dialog', { name: 'New canned reply' })
    await form.getByRole('combobox', { name: 'For' }).click()
    await settings.getByRole('option', { name: 'all teams' }).click()
    await form.getByRole('textbox', { name: 'Name' }).fill('Greeting')
    await form.getByRole('textbox', { name: 'Text' }).fill('Hello {{requester.frist}}')
    await press(settings, 'Control+Enter')
    await form.getByText(/\{\{requester\.frist\}\}, which does not exist/).waitFor()
    await form.getByRole('textbox', { name: 'Text' }).fill('Hello {{requester.firstName}}, {{ticket.number}} is seen.')
    await press(settings, 'Control+Enter')
    await settings.getByText('The canned reply Greeting is saved.').waitFor()

    await press(settings, 'c')
    const macro = settings.getByRole('dialog', { name: 'New macro' })
    await macro.getByRole('combobox', { name: 'For' }).click()
    await settings.getByRole('option', { name: 'all teams' }).click()
    await macro.getByRole('textbox', { name: 'Name' }).fill('Ask the vendor')
    const add = async (act: string) => {
      await macro.getByRole('combobox', { name: /^What it does/ }).click()
      await settings.getByRole('option', { name: act }).click()
    }
    await add('Take it')
    await add('Let it wait')
    await macro.getByRole('combobox', { name: 'It waits for' }).click()
    await settings.getByRole('option', { name: 'the vendor' }).click()
    expect(await faults(settings)).toEqual([])
    await press(settings, 'Control+Enter')
    await settings.getByText('take it, then let it wait for the vendor').waitFor()

    const number = await ticket('Again and again')
    const page = await ticketPage(number, 'priya')
    await page.getByRole('button', { name: 'Canned reply' }).waitFor()
    await press(page, 'r', '/')
    await page.getByRole('combobox', { name: 'Put in a canned reply' }).waitFor()
    await page.getByRole('option', { name: /Greeting/ }).waitFor()
    await press(page, 'Enter')
    const field = page.getByRole('textbox', { name: /^Reply to/ })
    await expect.poll(() => field.inputValue()).toBe(`Hello M. Laurent, ${number} is seen.`)
    await expect.poll(() => field.evaluate((e) => e === e.ownerDocument.activeElement)).toBe(true)
    await press(page, 'Control+Enter')
    await page.getByRole('listitem').filter({ hasText: 'public reply' }).getByText(`${number} is seen.`).waitFor()

    await press(page, 'Escape', 'Shift+M')
    await page.getByRole('combobox', { name: `Run a macro on ${number}` }).waitFor()
    await press(page, 'Enter')
    await page.getByText(`Ask the vendor: done on ${number}.`).waitFor()
    expect(await call('priya', 'GET', `/tickets/${number}`)).toMatchObject({
      state: 'pending',
      pendingReason: 'vendor',
    })
    await press(page, 'z')
    await page.getByText('Undone.').waitFor()
    expect((await call('priya', 'GET', `/tickets/${number}`)).state).not.toBe('pending')
    await press(page, 'Control+k')
    await page.keyboard.type('macro: ask')
    await page.getByRole('option', { name: /Macro: Ask the vendor/ }).waitFor()
  })

  test('who is told when is a setting of leads for their team', async () => {
    const page = await open('/settings/desk', 'ana')
    await page.getByRole('button', { name: 'Edit the rules of L2 Markets support' }).click()
    const form = page.getByRole('dialog', { name: 'Who is told when: L2 Markets support' })
    await form.getByRole('group', { name: 'Rule 1' }).getByRole('textbox', { name: 'Minutes' }).fill('7')
    expect(await faults(page)).toEqual([])
    await press(page, 'Control+Enter')
    await page.getByText('P1: nobody has taken it for 7 min, the leads are told').waitFor()
    expect(await page.getByRole('button', { name: 'Edit the rules of DBA' }).count()).toBe(0)
  })
})

describe('the queue', () => {
  test('a ticket is left for later by b, and is back when somebody replies', async () => {
    const stays = await ticket('Later perhaps, too')
    const number = await ticket('Later perhaps')
    const page = await open(`/queue?q=${encodeURIComponent('state:open "later perhaps"')}`, 'priya')
    const row = page.getByRole('row', { name: new RegExp(`${number}\\b`) })
    await row.click()
    await page.getByRole('list', { name: `What happened to ${number}` }).waitFor()
    await press(page, 'b')
    await page.getByRole('option', { name: /In 1 h/ }).waitFor()
    await press(page, 'Enter')
    await row.waitFor({ state: 'detached' })
    // It was the last one: the one before has the focus.
    await page.locator('tr:focus', { hasText: stays }).waitFor()
    await visit(page, `/queue?q=${encodeURIComponent('state:open later:me')}`)
    await row.click()
    await press(page, 'b')
    await page.getByRole('option', { name: /^Now/ }).click()
    await row.waitFor({ state: 'detached' })
    const until = Temporal.Now.instant().add({ hours: 1 }).toString()
    await call('priya', 'PUT', `/tickets/${number}/snooze`, { until })
    await row.waitFor()
    await call('laurent', 'POST', `/tickets/${number}/replies`, { body: 'It is back.' })
    await row.waitFor({ state: 'detached' })
  })
})

describe('two at once', () => {
  test('see each other, and whoever is second reads the first reply before he sends', async () => {
    const number = await ticket('Two at once')
    const priya = await ticketPage(number, 'priya')
    const jonas = await ticketPage(number, 'jonas')
    // Told by the feed: by itself a page asks every ten seconds.
    await priya.getByText('Jonas W. is here').waitFor({ timeout: 6_000 })
    await jonas.getByText('Priya N. is here').waitFor()
    const write = async (page: Page, words: string) => {
      await page.getByRole('button', { name: /^Reply to M\. Laurent/ }).click()
      await page.getByRole('textbox', { name: /^Reply to/ }).fill(words)
    }
    await write(priya, 'I look at it.')
    await write(jonas, 'So do I.')
    await priya.getByText('Jonas W. writes a reply too.').waitFor()
    await press(jonas, 'Control+Enter')
    await jonas.getByRole('listitem').filter({ hasText: 'public reply' }).getByText('So do I.').waitFor()
    await priya.getByText(/Jonas W\. replied .*read it first/).waitFor()
    await press(priya, 'Control+Enter')
    await priya.getByText(/Read it first; then send again if it still fits/).waitFor()
    expect(await priya.getByRole('textbox', { name: /^Reply to/ }).inputValue()).toBe('I look at it.')
    await press(priya, 'Control+Enter')
    await priya.getByRole('listitem').filter({ hasText: 'public reply' }).getByText('I look at it.').waitFor()
    const { messages } = await call('priya', 'GET', `/tickets/${number}`)
    expect(messages.map((m: { body: string }) => m.body)).toEqual(['So do I.', 'I look at it.'])
    const asker = await open(`/tickets/${number}`, 'laurent')
    await asker.getByText('I look at it.').waitFor()
    expect(await asker.getByText(/is here|writes a reply/).count()).toBe(0)
  })
})
