import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { startPushService } from '../harness/push-service.ts'
import { faults, type Opened, openWindow } from './browser.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

// Two cores that are busy with other tests must not make a slow page a wrong one.
vi.setConfig({ testTimeout: 90_000 })

let world: BrowserWorld
let service: Awaited<ReturnType<typeof startPushService>>
const windows: Opened[] = []

beforeAll(async () => {
  world = await openBrowserWorld({ logins: ['priya', 'lena'] })
  service = await startPushService()
})
afterEach(async () => {
  for (const window of windows.splice(0)) {
    expect(window.complaints).toEqual([])
    await window.close()
  }
})
afterAll(async () => {
  await world?.close()
  await service?.stop()
})

const open = async (options: Parameters<typeof openWindow>[1]) => {
  const window = await openWindow(world, options)
  windows.push(window)
  await window.goto('/me/contact-methods')
  return window.page
}

// Browsers reach their makers' push services only, and without a window they allow no notifications: ours stands in.
test('a browser is added, proves itself by the code in a notification, is tested, and is told when it has left', async () => {
  const page = await open({ as: 'priya' })
  await page.evaluate(`
    Object.defineProperty(Notification, 'permission', { get: () => 'default' })
    Notification.requestPermission = async () => 'granted'
    const { endpoint, ...keys } = ${JSON.stringify(service.subscription)}
    PushManager.prototype.subscribe = async () => ({ toJSON: () => ({ endpoint, keys }) })
  `)
  await page.getByText('Work mail').first().waitFor()
  await page.keyboard.press('a')
  await page.getByRole('radio', { name: 'This browser' }).click()
  await page.getByLabel('Your own name for it').fill('Priya’s phone')
  await page.keyboard.press('Control+Enter')
  await page.getByText('A code is on its way to A browser, by 127.0.0.1').waitFor()
  await expect.poll(() => service.got.length, { timeout: 20_000 }).toBe(1)
  const shown = service.read(0)
  expect(shown.title).toBe('Your code for Watchfloor')
  const code = /\b\d{6}\b/.exec(shown.body)?.[0] ?? ''
  await page.getByLabel('Code for Priya’s phone').pressSequentially(code)
  await page.getByRole('button', { name: 'Send a test to Priya’s phone' }).click()
  await expect.poll(() => service.got.length, { timeout: 20_000 }).toBe(2)
  expect(service.read(1)).toMatchObject({ title: expect.stringContaining('est'), stays: false })
  expect(await faults(page)).toEqual([])
})

test('who has blocked notifications is told what to do instead of a form', async () => {
  const page = await open({ as: 'lena' })
  await page.evaluate(`Object.defineProperty(Notification, 'permission', { get: () => 'denied' })`)
  await page.getByText('Work mail').first().waitFor()
  await page.keyboard.press('a')
  await page.getByRole('radio', { name: 'This browser' }).click()
  await page.getByText(/Notifications of this page are blocked/).waitFor()
  expect(await page.getByRole('button', { name: /Add and send a code/ }).isDisabled()).toBe(true)
  expect(await faults(page)).toEqual([])
})
