import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { png } from '../harness/files.ts'
import { contentWidth, faults, type Opened, openWindow, phone } from './browser.ts'
import { callerOf } from './caller.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

/** The requester's side of the desk, on a phone, with an analyst at the other end. */

let world: BrowserWorld
let call: ReturnType<typeof callerOf>
const windows: Opened[] = []
beforeAll(async () => {
  world = await openBrowserWorld({ logins: ['priya', 'lena', 'laurent', 'brandt'] })
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

const open = async (path: string, options: Parameters<typeof openWindow>[1]) => {
  const opened = await openWindow(world, options)
  windows.push(opened)
  await opened.goto(path)
  return opened.page
}
const onPhone = (path: string, as: 'laurent' | 'brandt' = 'laurent') => open(path, { as, viewport: phone })
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const picture = { name: '../../blotter.png', mimeType: 'image/png', buffer: png(320, 200) }

describe('a trader asks, on a phone', () => {
  test('reports with a picture, reads the answer as it comes, says "not solved", and that it is solved', async () => {
    const queue = await open('/queue?q=state:open', { as: 'priya' })
    const page = await onPhone('/me/contact-methods')
    // Nothing is asked for that those who ask may not read.
    const refused: string[] = []
    page.on('response', (answer) => void (answer.status() === 403 && refused.push(answer.url())))
    await page.goto('/')
    await heading(page, 'How can we help?')
    expect(await page.getByRole('navigation', { name: /Main/ }).getByText('Queue').count()).toBe(0)
    await button(page, 'Report a problem').click()

    await page.getByLabel('What is wrong?').fill('Blotter shows no prices')
    await page.getByRole('combobox', { name: 'Where?' }).fill('market')
    await page.getByRole('option').first().click()
    // What was chosen by mistake is typed over.
    await page.getByRole('combobox', { name: 'Where?' }).click()
    await page.keyboard.type('order')
    await expect.poll(() => page.getByRole('option').first().textContent()).toBe('Equities order entry')
    await page.keyboard.press('Enter')
    await button(page, 'Not at all').click()
    await button(page, 'My team').click()
    await page.getByLabel('Since when?').fill('06:56')
    await page.locator('input[type=file]').first().setInputFiles(picture)
    await page
      .getByRole('list', { name: 'Files' })
      .getByText(/ kB$| B$/)
      .waitFor()
    expect(await faults(page)).toEqual([])
    // A draft is kept on the phone, with the picture.
    await page.reload()
    await page.getByRole('list', { name: 'Files' }).getByText('blotter.png').waitFor()
    expect(await page.getByLabel('What is wrong?').inputValue()).toBe('Blotter shows no prices')
    await button(page, 'Send to support').click()
    await heading(page, 'Blotter shows no prices')
    const number = (await page.getByText(/^INC-\d+ · /).textContent())?.split(' ')[0] ?? ''
    await page.getByText('Can work: not at all').waitFor()
    await page.getByRole('img', { name: 'blotter.png' }).waitFor()

    // The analyst sees it arrive without reload, with the picture, and answers with one.
    const row = queue.getByRole('row', { name: new RegExp(`${number}\\b`) })
    await row.click()
    await queue.getByRole('img', { name: 'blotter.png' }).waitFor()
    await queue.getByRole('button', { name: /^Reply to M\. Laurent/ }).click()
    await queue.getByRole('textbox', { name: /^Reply to/ }).fill('Please press F5.')
    await queue.locator('input[type=file]').setInputFiles({ ...picture, name: 'how.png' })
    await queue.getByRole('list', { name: 'Files' }).getByText('how.png').waitFor()
    await queue.getByRole('button', { name: /^Send/ }).click()
    await page.getByText('Please press F5.').waitFor()
    await page.getByRole('img', { name: 'how.png' }).waitFor()
    await page.getByText('being worked on').waitFor()
    await page.getByText(/with L2 Markets/i).waitFor()
    const mail = await world.sink.expectMail({ to: world.mailOf('laurent'), text: /Please press F5/ })
    expect(mail.text).toContain(`/tickets/${number}`)
    await call('priya', 'POST', `/tickets/${number}/notes`, { body: 'He has muted the feed.' })

    await page.getByRole('textbox', { name: 'Reply to support' }).fill('It does not help.')
    await button(page, /^Send/).click()
    const reply = page.getByRole('textbox', { name: 'Reply to support' })
    await expect.poll(() => reply.inputValue()).toBe('')
    await reply.and(page.locator(':focus')).waitFor()
    await queue.getByText('It does not help.').waitFor()

    await call('priya', 'POST', `/tickets/${number}/resolution`, { resolution: 'Restarted the gateway.' })
    await page.getByText('Is it solved?').waitFor()
    expect(await faults(page)).toEqual([])
    await button(page, 'Not solved').click()
    await page.getByRole('dialog', { name: 'Not solved' }).getByLabel('What is still wrong?').fill('Still empty.')
    await button(page, /^Open it again/).click()
    await page.getByText('You said that it is not solved: Still empty.').waitFor()
    // The button that asked has gone; who reads on begins at the head of the page.
    await page.locator('h1:focus').waitFor()
    expect(await call('priya', 'GET', `/tickets/${number}`)).toMatchObject({ state: 'in_progress', reopened: 1 })

    await call('priya', 'POST', `/tickets/${number}/resolution`, { resolution: 'Restarted the other one.' })
    await button(page, 'It is solved').click()
    await page.getByText('You said that it is solved.').waitFor()
    expect((await call('priya', 'GET', `/tickets/${number}`)).state).toBe('closed')
    expect(await page.getByText('muted the feed').count()).toBe(0)
    expect(await contentWidth(page)).toBeLessThanOrEqual(phone.width)
    expect(refused).toEqual([])
  })

  test('finds a known outage instead of writing a ticket, and hears of it', async () => {
    const { ticket } = await call('priya', 'POST', '/tickets', {
      title: 'mdgw-02 patched without a change',
      serviceId: world.world.services.marketData,
      impact: 'high',
      urgency: 'high',
      via: 'phone',
    })
    const page = await onPhone('/', 'brandt')
    await page.getByText(/Trouble with .* since/).waitFor()
    expect(await faults(page)).toEqual([])
    await button(page, 'Report a problem').click()
    await page.getByLabel('What is wrong?').fill('No prices')
    await page.getByRole('combobox', { name: 'Where?' }).fill('market')
    await page
      .getByRole('option', { name: /Market data/ })
      .first()
      .click()
    await button(page, /^This is my problem too/).click()
    await heading(page, /^Trouble with Market data/)
    await page.getByText('Nothing yet.').waitFor()
    expect((await call('priya', 'GET', `/tickets/${ticket.number}`)).affected).toBe(1)
    await call('priya', 'POST', `/tickets/${ticket.number}/replies`, { body: 'Voice to New York works.' })
    await page.getByText('Voice to New York works.').waitFor()
    expect(await page.getByText('patched').count()).toBe(0)
    expect(await faults(page)).toEqual([])
    // The analyst's reply box says that they read it.
    const desk = await open(`/tickets/${ticket.number}`, { as: 'priya' })
    await desk.getByRole('button', { name: /^Reply to 1 whom it hurts/ }).waitFor()
  })

  test('withdraws; another’s ticket is not there; the desk removes a picture that should not be there', async () => {
    const { ticket } = await call('laurent', 'POST', '/tickets', { title: 'Wrong window' })
    const other = await onPhone(`/tickets/${ticket.number}`, 'brandt')
    await other.getByText(`There is no ticket ${ticket.number} for you.`).waitFor()
    const page = await onPhone('/')
    await page.getByRole('link', { name: /Wrong window.*received/ }).click()
    await page.getByRole('textbox', { name: 'Reply to support' }).waitFor()
    await page.locator('input[type=file]').setInputFiles({ ...picture, name: 'password.png' })
    await page
      .getByRole('list', { name: 'Files' })
      .getByText(/ kB$| B$/)
      .waitFor()
    await button(page, /^Send/).click()
    await page.getByText('See the attached file.').waitFor()

    const desk = await open(`/tickets/${ticket.number}`, { as: 'priya' })
    await desk.getByRole('button', { name: 'Remove password.png' }).click()
    expect(await faults(desk)).toEqual([])
    await desk.getByRole('button', { name: /^Remove for good/ }).click()
    await desk.getByText('password.png was removed').waitFor()
    await page.getByText('password.png was removed').waitFor()

    // It takes away: not under the thumb.
    await page.getByRole('main').getByRole('button', { name: 'More acts' }).click()
    await button(page, 'Withdraw').click()
    await page.getByLabel('Why is it not needed any more?').fill('It works again.')
    await button(page, /^Withdraw it/).click()
    await page.getByText('You withdrew it: It works again.').waitFor()
    await page.getByText('cancelled', { exact: true }).waitFor()
  })
})
