import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { prepareFirstSignIn } from '../../server/features/identity/index.ts'
import { violations } from '../../web/testing/axe.ts'
import { contentWidth, type Opened, openWindow, phone, visit } from './browser.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

// Two cores that are busy with other tests must not make a slow page a wrong one.
vi.setConfig({ testTimeout: 90_000 })

let world: BrowserWorld
const windows: Opened[] = []

beforeAll(async () => {
  world = await openBrowserWorld({ empty: true, logins: [] })
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

const open = async (path: string, options: Parameters<typeof openWindow>[1] = {}) => {
  const window = await openWindow(world, options)
  windows.push(window)
  await window.goto(path)
  return window.page
}

/** The path of the link that the terminal shows when nobody can sign in yet. */
const printedLink = async () => {
  const lines = await prepareFirstSignIn(world.house.platform)
  const link = lines.map((line) => line.trim()).find((line) => line.startsWith('http')) ?? ''
  return new URL(link).pathname
}

test('on a fresh installation the printed link makes the first administrator, who finds designed empty pages', async () => {
  const path = await printedLink()
  const onPhone = await open(path, { viewport: phone, hasTouch: true, isMobile: true })
  await onPhone.getByText('Nobody is here yet: you become the first administrator').waitFor()
  expect(await violations(onPhone)).toEqual([])
  expect(await contentWidth(onPhone)).toBe(phone.width)

  const page = await open(path, { colorScheme: 'dark' })
  await page.getByLabel('Your name').and(page.locator(':focus')).waitFor()
  await page.keyboard.type('Olga M.')
  await page.keyboard.press('Enter')
  await page.getByText('Your mail address is needed, such as ana@example.com.').waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByLabel('Mail address').fill('olga@harbour-bank.example')
  await page.getByRole('textbox', { name: 'Password' }).fill('olga@harbour-bank.example')
  await page.keyboard.press('Enter')
  await page.getByText('The password must not be the mail address.').waitFor()
  await page.getByRole('textbox', { name: 'Password' }).fill('a quiet harbour at night')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Olga M.: my settings' }).waitFor()

  await visit(page, '/services')
  await page.getByText('No services yet.').waitFor()
  expect(await violations(page, 'color-contrast')).toEqual([])
  await visit(page, '/people')
  await page.getByText('No teams yet.').waitFor()
  await page.getByText('No keys yet.').waitFor()
  expect(await violations(page, 'color-contrast')).toEqual([])
  await visit(page, '/me/contact-methods')
  await page.getByText('No contact methods yet.').waitFor()

  const late = await open(path)
  await late.getByRole('heading', { name: 'This link was used' }).waitFor()
})
