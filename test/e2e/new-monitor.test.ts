import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { violations } from '../../web/testing/axe.ts'
import { type Opened, openWindow } from './browser.ts'
import { startTarget, type Target } from './target.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

// Two cores that are busy with other tests must not make a slow page a wrong one.
vi.setConfig({ testTimeout: 90_000 })

let world: BrowserWorld
let target: Target
const windows: Opened[] = []

beforeAll(async () => {
  ;[target, world] = await Promise.all([startTarget(), openBrowserWorld({ logins: ['marta'] })])
})
afterEach(async () => {
  target.answer(200)
  for (const window of windows.splice(0)) {
    expect(window.complaints).toEqual([])
    await window.close()
  }
})
afterAll(async () => {
  await world?.close()
  target?.close()
})

const open = async (path: string, options: Parameters<typeof openWindow>[1] = {}) => {
  const window = await openWindow(world, { as: 'marta', ...options })
  windows.push(window)
  await window.goto(path)
  return window.page
}
type Page = Awaited<ReturnType<typeof open>>

const soon = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 30_000 })

const saveButton = (page: Page) => page.getByRole('button', { name: /^Save/ })

describe('a new monitor', () => {
  test('is written, tried and saved by keyboard alone, and nothing is saved before it was seen to answer', async () => {
    const page = await open('/monitors')
    await page.getByText('Nothing is looked at yet.').waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('c')
    await page.getByRole('heading', { level: 1, name: 'New monitor' }).waitFor()
    await soon(() => saveButton(page).getAttribute('aria-disabled')).toBe('true')
    await page.keyboard.press('Enter')
    await page.getByText('Fill in “Address”.').waitFor()
    await page.keyboard.type(target.address())
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /It answers.*fine, \d/ }).waitFor()
    await page.getByText('200 OK', { exact: true }).waitFor()
    await page.getByText('"sessions": 188').waitFor()
    expect((await (await page.request.get('/api/monitors')).json()).items).toEqual([])
    // What was seen is no longer true of another address.
    await page.keyboard.type('?deep=1')
    await page.getByText('Try it again.', { exact: false }).waitFor()
    await page.keyboard.press('Control+Enter')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /It answers.*fine/ }).waitFor()
    await page.getByText('Found down within 3 min 10 s.').waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Control+Enter')
    await page.getByText('127.0.0.1/health is watched. Found down within 3 min 10 s.').waitFor()
    await page.getByRole('heading', { level: 1, name: '127.0.0.1/health' }).waitFor()
    await page.keyboard.press('z')
    await page.getByText('Nothing is looked at yet.').waitFor()
  })

  test('that fails now is saved only by saying so, and tells what follows', async () => {
    target.answer(503)
    const page = await open('/monitors/new')
    await page.getByLabel('Address').fill(target.address())
    await page.getByRole('button', { name: 'Try' }).click()
    await page.getByRole('heading', { name: /It does not answer as it should/ }).waitFor()
    await page.getByText('Saved like this, the monitor will be down. Found down within 3 min 10 s.').waitFor()
    await page.getByRole('button', { name: 'Save anyway' }).waitFor()
  })

  test('says whose it is and who is paged, and what is wrong at its field', async () => {
    const page = await open('/monitors/new')
    const service = page.getByRole('combobox', { name: 'Belongs to' })
    await page.getByText('Without a service nobody is paged').waitFor()
    await service.click()
    await page.getByRole('option', { name: /Equities order entry/ }).click()
    await page.getByText(/Tier 1, L2 Markets support, opens a P\d, pages by “Markets, critical”/).waitFor()
    await page.getByLabel('Address').fill(target.address())
    await page.getByLabel('Fine when the status is').fill('2xx')
    await page.getByRole('button', { name: 'Try' }).click()
    const field = page.getByLabel('Fine when the status is')
    await soon(() => field.getAttribute('aria-invalid')).toBe('true')
    await page.getByLabel('Look every').fill('5')
    await page.getByLabel('Down after').fill('2')
    await page.getByText('Found down within 20 s.').waitFor()
    await page.getByRole('radio', { name: /TCP/ }).click()
    await page.getByLabel('Host').waitFor()
    await page.getByRole('radio', { name: /HTTP/ }).click()
    expect(await page.getByLabel('Address').inputValue()).toBe(target.address())
  })
})
