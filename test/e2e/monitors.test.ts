import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { violations } from '../../web/testing/axe.ts'
import { faults, focused, type Opened, openWindow, pointAt, visit } from './browser.ts'
import { startTarget, type Target } from './target.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

// Two cores that are busy with other tests must not make a slow page a wrong one.
vi.setConfig({ testTimeout: 90_000 })

let world: BrowserWorld
let target: Target
const windows: Opened[] = []

beforeAll(async () => {
  ;[target, world] = await Promise.all([startTarget(), openBrowserWorld({ logins: ['marta', 'dan'] })])
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

const add = async (page: Page, name: string, more: object = {}): Promise<{ id: string }> => {
  const answer = await page.request.post('/api/monitors', {
    headers: { origin: world.url },
    data: {
      name,
      kind: 'http',
      config: { address: target.address(`/${encodeURIComponent(name)}`), status: '200', timeoutSeconds: 5 },
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

describe('the list', () => {
  test('puts trouble first as it happens, and is worked by keyboard', async () => {
    const page = await open('/monitors')
    const made = [await add(page, 'Amber gateway'), await add(page, 'Zebra gateway')]
    for (const name of ['Amber gateway', 'Zebra gateway'])
      await rowOf(page, name).getByText('up', { exact: true }).waitFor()
    expect(await page.getByRole('grid', { name: 'Monitors' }).getByRole('row').nth(1).textContent()).toContain(
      'Amber gateway',
    )
    target.answer(503)
    await rowOf(page, 'Zebra gateway').getByText('down', { exact: true }).waitFor({ timeout: 30_000 })
    await page.getByRole('link', { name: /Monitors.*2 down/ }).waitFor({ timeout: 30_000 })
    target.answer(200)
    for (const name of ['Amber gateway', 'Zebra gateway'])
      await rowOf(page, name).getByText('up', { exact: true }).waitFor({ timeout: 30_000 })

    await page.keyboard.press('j')
    await page.keyboard.press('j')
    expect(await focused(page)).toContain('Zebra gateway')
    await page.keyboard.press('Space')
    await page.getByRole('dialog').getByText(target.address('/Zebra%20gateway')).waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await soon(() => focused(page)).toContain('Zebra gateway')
    await page.keyboard.press('r')
    await page.getByText(/Zebra gateway: fine, .*HTTP 200 OK/).waitFor()
    await page.keyboard.press('Shift+P')
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
    await visit(page, `/monitors/${id}`)
    const pause = page.getByRole('button', { name: 'Pause' })
    await soon(() => pause.getAttribute('aria-disabled')).toBe('true')
    await pointAt(pause, 'This belongs to another team. Ask one of its people.')
    await remove(admin, id)
  })
})

describe('a monitor', () => {
  test('shows its answers, what changed and its last failing answer, and is silenced, edited and deleted', async () => {
    target.answer(503)
    const page = await open('/monitors')
    const { id } = await add(page, 'Order gateway login')
    await visit(page, `/monitors/${id}`)
    await page.getByText(/down for/).waitFor({ timeout: 30_000 })
    const changes = page.getByRole('grid', { name: 'What changed' })
    await changes.getByText(/INC-\d+/).waitFor({ timeout: 30_000 })
    await page.getByText('no session slots').waitFor()
    target.answer(200)
    await page.getByText(/up for/).waitFor({ timeout: 30_000 })
    await changes.getByText('up', { exact: true }).waitFor()
    await page.getByRole('img', { name: /Response time of Order gateway login, ms/ }).waitFor()
    await page.getByRole('img', { name: /Order gateway login, last 90 days: down 1/ }).waitFor()
    await page.getByRole('region', { name: 'Last 90 days' }).getByRole('button', { name: 'Table' }).click()
    await page
      .getByRole('grid', { name: /last 90 days$/ })
      .getByRole('row', { name: /down \d+ s/ })
      .waitFor()
    expect(await violations(page)).toEqual([])

    await page.keyboard.press('1')
    await page.getByText(/^last hour, (each look|p95 of \d+ s), ms$/).waitFor()
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
    await page.getByLabel('Look every').fill('60')
    const meanwhile = { data: { intervalSeconds: 20 }, headers: { origin: world.url } }
    expect((await page.request.patch(`/api/monitors/${id}`, meanwhile)).status()).toBe(200)
    await page.keyboard.press('Control+Enter')
    await page.getByText(/^Order gateway login was changed since you read it/).waitFor()
    expect(await page.getByLabel('Look every').inputValue()).toContain('60')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('every 20 s').waitFor()

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
        address: target.address(),
        timeoutSeconds: 5,
        headers: [{ name: 'Authorization', value: 'Bearer very-secret' }],
      },
    })
    await visit(page, `/monitors/${id}/edit`)
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

test('all of it can be read in both themes and on a phone', async () => {
  const page = await open('/monitors')
  const { id } = await add(page, 'Equities order entry, login of the gateway in the second data centre')
  for (const [path, sign] of [
    ['/monitors', /data centre/],
    [`/monitors/${id}`, /What changed/],
    ['/monitors/new', /What to look at/],
    [`/monitors/${id}/edit`, /Not tried yet/],
  ] as const) {
    await visit(page, path)
    await page.getByText(sign).first().waitFor()
    expect(await faults(page), path).toEqual([])
  }
  await remove(page, id)
})
