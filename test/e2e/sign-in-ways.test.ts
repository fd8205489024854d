import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { violations } from '../../web/testing/axe.ts'
import { freePort } from '../harness/process.ts'
import { faults, type Opened, openWindow, phone, visit } from './browser.ts'
import { type BrowserWorld, openBrowserWorld, password } from './world.ts'

// Two cores that are busy with other tests must not make a slow page a wrong one.
vi.setConfig({ testTimeout: 90_000 })

let world: BrowserWorld
const windows: Opened[] = []

beforeAll(async () => {
  const opened = await openBrowserWorld({ port: await freePort(), logins: ['marta', 'priya', 'ana', 'lena'] })
  // A passkey is bound to the name that the house knows as its own, which is no number.
  world = { ...opened, url: opened.url.replace('127.0.0.1', 'localhost') }
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
const signIn = async (page: Page, name: 'priya' | 'ana' | 'lena', word = password) => {
  await page.getByLabel('Mail address').fill(world.mailOf(name))
  await page.getByRole('textbox', { name: 'Password' }).fill(word)
  await page.keyboard.press('Enter')
}
const panel = (page: Page) => page.getByRole('list', { name: 'Ways to sign in' })
const codeOf = (secret: string, ahead = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ahead })
/** That of a phone whose clock is half a minute ahead: the one of now was used already. */
const nextCode = (secret: string) => codeOf(secret, 30_000)

test('an app is set up by keyboard, asked for at the next sign-in, and replaced by a recovery code', async () => {
  const page = await open('/me/contact-methods', { as: 'priya' })
  await panel(page).getByText('whoever learns it can sign in').waitFor()
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Your password' }).waitFor()
  await page.keyboard.type('wrong password')
  await page.keyboard.press('Enter')
  await dialog.getByText('Is not your present password.').waitFor()
  await page.getByRole('textbox', { name: 'Your password' }).fill(password)
  await page.keyboard.press('Enter')
  await dialog.getByRole('img', { name: 'QR code for the app' }).locator('path').waitFor()
  expect(await violations(page)).toEqual([])
  const secret = ((await dialog.locator('p.mono').textContent()) ?? '').replaceAll(' ', '')
  await dialog.getByRole('textbox', { name: 'Code' }).fill(codeOf(secret))
  await page.keyboard.press('Enter')
  const shown = (await dialog.locator('pre').textContent()) ?? ''
  const [recovery = ''] = shown.trim().split('\n')
  expect(shown.trim().split('\n')).toHaveLength(10)
  expect(await violations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'I have copied it' }).click()
  await panel(page)
    .getByText(/10 recovery codes left/)
    .waitFor()

  const other = await open('/sign-in')
  await signIn(other, 'priya')
  await other.getByRole('heading', { name: 'One more step' }).waitFor()
  expect(await violations(other)).toEqual([])
  await other.keyboard.type('000000')
  await other.keyboard.press('Enter')
  await other
    .getByRole('alert')
    .getByText(/The code is not right/)
    .waitFor()
  await other.getByLabel('Code').fill(nextCode(secret))
  await other.keyboard.press('Enter')
  await other.getByRole('button', { name: /my settings/ }).waitFor()

  const third = await open('/sign-in?then=/queue', { viewport: phone })
  await signIn(third, 'priya')
  await third.getByLabel('Code').fill(recovery)
  await third.keyboard.press('Enter')
  await third.waitForURL('**/queue')
  await panel(page)
    .getByText(/9 recovery codes left/)
    .waitFor()
})

test('an administrator removes the app of who lost the device', async () => {
  const page = await open(`/people/${world.world.people.priya}`, { as: 'marta' })
  await page.getByRole('button', { name: 'Remove the app' }).click()
  await page.getByText(/is asked for no code any more/).waitFor()
  const other = await open('/sign-in')
  await signIn(other, 'priya')
  await other.getByRole('button', { name: /my settings/ }).waitFor()
})

test('a passkey is added, signs in without a password, and no more once it is removed', async () => {
  const page = await open('/me/contact-methods', { as: 'ana' })
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Your password' }).fill(password)
  await dialog.getByLabel('Name of the passkey').fill('Ana’s laptop')
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await panel(page).getByText('Passkey: Ana’s laptop').waitFor()
  expect(await faults(page)).toEqual([])

  // The next person at the same machine signs out first.
  await page.context().clearCookies()
  await page.goto('/sign-in?then=/queue')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.waitForURL('**/queue')
  await page.getByRole('button', { name: 'Ana P.: my settings' }).waitFor()

  await visit(page, '/me/contact-methods')
  await panel(page).getByText(/used/).waitFor()
  await page.getByRole('button', { name: 'Remove the passkey Ana’s laptop' }).click()
  await panel(page).getByText('Passkey: Ana’s laptop').waitFor({ state: 'detached' })
  await page.context().clearCookies()
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page
    .getByRole('alert')
    .getByText(/This passkey is not known here, or was removed/)
    .waitFor()

  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByRole('alert').getByText('No passkey was shown: it was left, or took too long.').waitFor()
})

test('a forgotten password is set anew by the link in a mail', async () => {
  const page = await open('/sign-in')
  await page.getByLabel('Mail address').fill(world.mailOf('lena'))
  await page.getByRole('button', { name: 'Forgotten your password?' }).click()
  await page.getByRole('heading', { name: 'Set a new password' }).waitFor()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page
    .getByRole('status')
    .getByText(/a mail is on its way/)
    .waitFor()
  const mail = await world.sink.expectMail({ to: world.mailOf('lena') }, 20_000)
  expect(mail.text).toContain('If that was not you, do nothing')
  await page.goto(/http\S+\/welcome\/\S+/.exec(mail.text)?.[0] ?? 'no link')
  await page.getByRole('textbox', { name: 'New password' }).fill('a quite new password')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Lena S.: my settings' }).waitFor()
})

test('what the company’s sign-in did not allow is said at our page', async () => {
  const page = await open('/sign-in?problem=unknown_person')
  await page.getByRole('alert').getByText('Nobody has invited you to Watchfloor yet. Ask an administrator.').waitFor()
  expect(await faults(page)).toEqual([])
})
