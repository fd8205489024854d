import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { contentWidth, focused, launchBrowser, type Opened, openWindow, phone, violations } from './browser.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

// Two cores that are busy with other tests must not make a slow page a wrong one.
vi.setConfig({ testTimeout: 90_000 })

let world: BrowserWorld
let browser: Browser
let target: Server
let status = 200
const windows: Opened[] = []

beforeAll(async () => {
  target = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', server: 'gw-edge/4.2' })
    response.end(JSON.stringify(status === 200 ? { status: 'ready', sessions: 188 } : { error: 'no session slots' }))
  })
  await new Promise<void>((ready) => void target.listen(0, '127.0.0.1', ready))
  ;[world, browser] = await Promise.all([openBrowserWorld({ logins: ['marta', 'priya', 'dan'] }), launchBrowser()])
})
afterEach(async () => {
  status = 200
  for (const window of windows.splice(0)) {
    expect(window.complaints).toEqual([])
    await window.close()
  }
})
afterAll(async () => {
  await browser?.close()
  await world?.close()
  target?.closeAllConnections()
  target?.close()
})

const address = (path = '/health') => `http://127.0.0.1:${(target.address() as AddressInfo).port}${path}`

const open = async (path: string, options: Parameters<typeof openWindow>[2] = {}) => {
  const window = await openWindow(browser, world, { as: 'marta', ...options })
  windows.push(window)
  await window.goto(path)
  return window.page
}
type Page = Awaited<ReturnType<typeof open>>

const soon = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 15_000 })

const add = async (page: Page, name: string, more: object = {}): Promise<{ id: string }> => {
  const answer = await page.request.post('/api/monitors', {
    headers: { origin: world.url },
    data: {
      name,
      kind: 'http',
      config: { address: address(`/${encodeURIComponent(name)}`), status: '200', timeoutSeconds: 5 },
      serviceId: world.world.services.orderEntry,
      intervalSeconds: 5,
      downAfter: 1,
      ...more,
    },
  })
  expect(answer.status()).toBe(201)
  return answer.json()
}
const remove = (page: Page, id: string) =>
  page.request.delete(`/api/monitors/${id}`, { headers: { origin: world.url } })
const rowOf = (page: Page, name: string) =>
  page.getByRole('grid', { name: 'Monitors' }).getByRole('row').filter({ hasText: name })
const saveButton = (page: Page) => page.getByRole('button', { name: /^Save/ })

describe('a new monitor', () => {
  test('is written, tried and saved by keyboard alone, and nothing is saved before it was seen to answer', async () => {
    const page = await open('/monitors')
    await page.getByText('Nothing is looked at yet.').waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('n')
    await page.getByRole('heading', { level: 1, name: 'New monitor' }).waitFor()
    await soon(() => saveButton(page).getAttribute('aria-disabled')).toBe('true')
    await page.keyboard.press('Enter')
    await page.getByText('Address is needed.').waitFor()
    await page.keyboard.type(address())
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /It answers.*fine, \d/ }).waitFor()
    await page.getByText('200 OK').waitFor()
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
    status = 503
    const page = await open('/monitors/new')
    await page.getByLabel('Address').fill(address())
    await page.getByRole('button', { name: 'Try' }).click()
    await page.getByRole('heading', { name: /It does not answer as it should/ }).waitFor()
    await page.getByText('Saved like this it is called down. Found down within 3 min 10 s.').waitFor()
    await page.getByRole('button', { name: 'Save anyway' }).waitFor()
  })

  test('says whose it is and who is paged, and what is wrong at its field', async () => {
    const page = await open('/monitors/new')
    const service = page.getByRole('combobox', { name: 'Belongs to' })
    await page.getByText('Without a service nobody is paged').waitFor()
    await service.click()
    await page.getByRole('option', { name: /Equities order entry/ }).click()
    await page.getByText(/Tier 1, L2 Markets support, opens a P\d, pages by “Markets, critical”/).waitFor()
    await page.getByLabel('Address').fill(address())
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
    expect(await page.getByLabel('Address').inputValue()).toBe(address())
  })
})

describe('the list', () => {
  test('puts trouble first as it happens, and is worked by keyboard', async () => {
    const page = await open('/monitors')
    const made = [await add(page, 'Amber gateway'), await add(page, 'Zebra gateway')]
    await rowOf(page, 'Zebra gateway').getByText('up', { exact: true }).waitFor()
    expect(await page.getByRole('grid', { name: 'Monitors' }).getByRole('row').nth(1).textContent()).toContain(
      'Amber gateway',
    )
    status = 503
    await rowOf(page, 'Zebra gateway').getByText('down', { exact: true }).waitFor({ timeout: 30_000 })
    await page.getByRole('link', { name: /Monitors.*2 down/ }).waitFor({ timeout: 30_000 })
    status = 200
    await rowOf(page, 'Zebra gateway').getByText('up', { exact: true }).waitFor({ timeout: 30_000 })

    await page.keyboard.press('j')
    await page.keyboard.press('j')
    expect(await focused(page)).toContain('Zebra gateway')
    await page.keyboard.press('Space')
    await page.getByRole('dialog').getByText(address('/Zebra%20gateway')).waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('r')
    await page.getByText(/Zebra gateway: fine, .*HTTP 200 OK/).waitFor()
    await page.keyboard.press('p')
    await rowOf(page, 'Zebra gateway').getByText('paused', { exact: true }).waitFor()
    await page.getByText('Zebra gateway is paused: nobody looks, and nobody is told.').waitFor()
    await page.keyboard.press('z')
    await soon(() => rowOf(page, 'Zebra gateway').getByText('paused', { exact: true }).count()).toBe(0)

    await page.keyboard.press('/')
    await page.keyboard.type('kind:http amber')
    await page.keyboard.press('Enter')
    await soon(() => page.getByRole('grid', { name: 'Monitors' }).getByRole('row').count()).toBe(2)
    expect(page.url()).toContain('kind:http')
    await page.keyboard.type('state:broken')
    await page.keyboard.press('Enter')
    await page.getByText('state:broken is not known; it is down, degraded, unknown, up or paused.').waitFor()
    await page.keyboard.press('Backspace')
    await rowOf(page, 'Amber gateway').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Amber gateway' }).waitFor()
    for (const { id } of made) await remove(page, id)
  })

  test('lets others look at what is not theirs, and says why they cannot change it', async () => {
    const page = await open('/monitors', { as: 'dan' })
    const admin = await open('/monitors')
    const { id } = await add(admin, 'Markets only')
    await page.goto(`/monitors/${id}`)
    const pause = page.getByRole('button', { name: 'Pause' })
    await soon(() => pause.getAttribute('aria-disabled')).toBe('true')
    await pause.hover()
    await page.getByText('This belongs to another team. Ask one of its people.').waitFor()
    await remove(admin, id)
  })
})

describe('a monitor', () => {
  test('shows its answers, what changed and its last failing answer, and is silenced, edited and deleted', async () => {
    status = 503
    const page = await open('/monitors')
    const { id } = await add(page, 'Order gateway login')
    await page.goto(`/monitors/${id}`)
    await page.getByText(/down for/).waitFor({ timeout: 30_000 })
    const changes = page.getByRole('grid', { name: 'What changed' })
    await changes.getByText(/INC-\d+/).waitFor({ timeout: 30_000 })
    await page.getByText('no session slots').waitFor()
    status = 200
    await page.getByText(/up for/).waitFor({ timeout: 30_000 })
    await changes.getByText('up', { exact: true }).waitFor()
    await page.getByRole('img', { name: /Response time of Order gateway login, ms/ }).waitFor()
    await page.getByRole('img', { name: /Order gateway login, last 90 days: down 1/ }).waitFor()
    expect(await violations(page)).toEqual([])

    await page.keyboard.press('1')
    await page.getByText('last hour, p95 of 15 s, ms').waitFor()
    await page.keyboard.press('t')
    await page.getByRole('table', { name: /Response time/ }).waitFor()
    await page.keyboard.press('t')

    await page.keyboard.press('s')
    const dialog = page.getByRole('dialog', { name: 'Silence Order gateway login' })
    await dialog.getByLabel('Why').fill('Known, being mended')
    await page.keyboard.press('Control+Enter')
    await page.getByText(/^Silenced until/).waitFor()
    await dialog.waitFor({ state: 'detached' })

    await page.keyboard.press('e')
    await page.getByRole('heading', { level: 1, name: 'Edit Order gateway login' }).waitFor()
    await page.getByLabel('Look every').fill('30')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Order gateway login is saved. Found down within 35 s.').waitFor()
    await page.getByText('every 30 s').waitFor()
    await page.keyboard.press('z')
    await page.getByText('every 5 s').waitFor()

    await page.keyboard.press('e')
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByText('This cannot be taken back', { exact: false }).waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('Order gateway login is deleted.').waitFor()
    await page.getByText('Nothing is looked at yet.').waitFor()
  })

  test('keeps a stored secret that nobody types anew, and never shows it', async () => {
    const page = await open('/monitors')
    const { id } = await add(page, 'With a token', {
      config: {
        address: address(),
        timeoutSeconds: 5,
        headers: [{ name: 'Authorization', value: 'Bearer very-secret' }],
      },
    })
    await page.goto(`/monitors/${id}/edit`)
    await page.getByText('More: headers', { exact: false }).click()
    const secret = page.getByPlaceholder('kept as it is; type to replace it')
    await secret.waitFor()
    expect(await secret.inputValue()).toBe('')
    await page.getByLabel('Fine when the status is').fill('200')
    await page.getByRole('button', { name: 'Try' }).click()
    await page.getByRole('heading', { name: /It answers/ }).waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('With a token is saved.', { exact: false }).waitFor()
    expect(await page.content()).not.toContain('very-secret')
    await remove(page, id)
  })

  test('that does not exist says so', async () => {
    const page = await open('/monitors/00000000-0000-4000-8000-000000000000')
    await page.getByText('There is no such monitor.').waitFor()
    await page.getByRole('link', { name: 'All monitors' }).click()
    await page.getByRole('heading', { level: 1, name: 'Monitors' }).waitFor()
  })
})

test.each(['light', 'dark'] as const)('pass axe in %s and fit a phone', async (colorScheme) => {
  const page = await open('/monitors', { colorScheme, viewport: phone })
  const { id } = await add(page, 'Equities order entry, login of the gateway in the second data centre')
  for (const [path, sign] of [
    ['/monitors', /data centre/],
    [`/monitors/${id}`, /What changed/],
    ['/monitors/new', /What to look at/],
    [`/monitors/${id}/edit`, /Not tried yet/],
  ] as const) {
    await page.goto(path)
    await page.getByText(sign).first().waitFor()
    expect(await violations(page), path).toEqual([])
    expect(await contentWidth(page), path).toBeLessThanOrEqual(phone.width)
  }
  await remove(page, id)
})
