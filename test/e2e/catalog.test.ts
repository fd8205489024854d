import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { violations } from '../../web/testing/axe.ts'
import { contentWidth, faults, focused, phone, pointAt, visit, windowsOf } from './browser.ts'
import { callerOf } from './caller.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

// Two cores that are busy with other tests must not make a slow page a wrong one.
vi.setConfig({ testTimeout: 90_000 })

let world: BrowserWorld
const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 30_000 })

beforeAll(async () => {
  world = await openBrowserWorld({ logins: ['marta', 'priya', 'ana', 'laurent'] })
})
afterEach(() => close())
afterAll(async () => {
  await world?.close()
})

const { open, close } = windowsOf(() => world)
const at = (name: keyof BrowserWorld['world']['services']) => `/services/${world.world.services[name]}`

describe('the list', () => {
  test('is filtered by its address, walked by keys, and opens a service', async () => {
    const page = await open('/services', { as: 'priya' })
    const list = page.getByRole('grid', { name: 'Services' })
    await eventually(() => list.getByRole('row').count()).toBe(13)
    await page.keyboard.press('/')
    await page.keyboard.type('team:DBA')
    await page.keyboard.press('Enter')
    await eventually(() => list.getByRole('row').count()).toBe(2)
    expect(decodeURIComponent(page.url())).toContain('filter=team:DBA')
    await page.getByRole('heading', { level: 1 }).focus()
    await page.keyboard.press('j')
    await eventually(() => focused(page)).toContain('Reference data')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Reference data' }).waitFor()
    expect(await page.getByRole('button', { name: 'Edit' }).count()).toBe(0)
  })

  test('shows trouble without a reload, and nothing green that nobody looked at', async () => {
    const page = await open('/services', { as: 'marta' })
    const row = page.getByRole('row', { name: /Commodities pricing/ })
    await row.getByText('not watched').waitFor()
    const asMarta = page.context().request
    const source = (await (
      await asMarta.post('/api/sources', { data: { kind: 'generic', name: 'Probes' }, headers: { origin: world.url } })
    ).json()) as { key: string }
    const send = (status: string) =>
      fetch(`${world.url}/intake/generic`, {
        method: 'POST',
        headers: { authorization: `Bearer ${source.key}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          title: 'Curves are stale',
          status,
          severity: 'critical',
          service: 'commodities-pricing',
          dedup_key: 'curves',
        }),
      })
    expect((await send('firing')).status).toBe(202)
    await row.getByText('down').waitFor()
    await eventually(() => page.getByRole('row').nth(1).textContent()).toContain('Commodities pricing')
    await visit(page, at('commodities'))
    await page.getByText('1 in prod').waitFor()
    await page.getByRole('region', { name: 'Open tickets' }).getByText('Curves are stale').waitFor()
    expect((await send('resolved')).status).toBe(202)
    await page.getByText('up', { exact: true }).first().waitFor()
  })
})

describe('a service', () => {
  test('is added by keyboard and described from there: what it needs, by when, who uses it, who is paged', async () => {
    const page = await open('/services', { as: 'marta' })
    await page.getByRole('row', { name: /Settlement/ }).waitFor()
    await page.keyboard.press('c')
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Repo blotter')
    expect(await page.getByLabel('Short name').inputValue()).toBe('repo-blotter')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { level: 1, name: 'Repo blotter' }).waitFor()
    await page.getByText('Nothing watches it, so we do not know how it is.').waitFor()
    await page.getByText('Nobody: it has no escalation policy.').waitFor()

    await page.keyboard.press('a')
    await page.getByRole('combobox', { name: 'Service' }).fill('Market data')
    await page.getByRole('option', { name: /Market data gateway/ }).click()
    await page.keyboard.press('Control+Enter')
    await page.getByText('Repo blotter depends on Market data gateway.', { exact: true }).waitFor()
    await page
      .getByRole('grid', { name: /What Repo blotter depends on/ })
      .getByText('Market data gateway')
      .waitFor()

    await page.keyboard.press('o')
    await page.getByRole('dialog').getByLabel('Name').fill('Fed window')
    await page.getByLabel('Ready or done by').fill('15:30')
    await page.keyboard.press('Control+Enter')
    await page
      .getByRole('grid', { name: /Cut-offs/ })
      .getByText('15:30 London')
      .waitFor()
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    await page.keyboard.press('u')
    await page.getByRole('combobox', { name: 'Business units that use it' }).fill('Program')
    await page.getByRole('option', { name: 'Program trading' }).click()
    await page.keyboard.press('Control+Enter')
    await page.getByText('It hurts 1 business unit (9 people).').waitFor()
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    await page.keyboard.press('p')
    await page.getByRole('combobox', { name: 'Escalation policy' }).click()
    await page.getByRole('option', { name: 'Markets, critical' }).click()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('region', { name: 'Who is paged' }).getByText('on call for L2 markets').first().waitFor()
    expect(await violations(page)).toEqual([])
  })

  test('a circle of dependencies is refused with the circle in words', async () => {
    const page = await open(at('marketData'), { as: 'ana' })
    await page.getByRole('grid', { name: /What Market data gateway depends on/ }).waitFor()
    await page.keyboard.press('a')
    await page.getByRole('combobox', { name: 'Service' }).fill('Equities')
    await page.getByRole('option', { name: /Equities order entry/ }).click()
    await page.keyboard.press('Control+Enter')
    await page
      .getByText(
        'This would close a circle: Market data gateway → Equities order entry → Market data gateway. Remove one of these dependencies first.',
      )
      .waitFor()
  })

  test('a dependency removed by a key comes back by Undo; others see both without a reload', async () => {
    const watcher = await open(at('riskReporting'), { as: 'priya' })
    const page = await open(at('riskReporting'), { as: 'ana' })
    const needs = (window: typeof page) => window.getByRole('grid', { name: /What Risk reporting depends on/ })
    await needs(page).getByText('File transfer').waitFor()
    await needs(watcher).getByText('File transfer').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('d')
    await page.getByText('Risk reporting no longer depends on File transfer.').first().waitFor()
    await eventually(() => needs(watcher).getByText('File transfer').count()).toBe(0)
    await page.keyboard.press('z')
    await needs(watcher).getByText('File transfer').waitFor()
  })

  test('says why it cannot be archived, is changed by its lead, and not by the lead of another team', async () => {
    const page = await open(at('marketData'), { as: 'ana' })
    await pointAt(page.getByRole('button', { name: 'Archive' }), /cannot be archived while others depend on it/)
    await page.keyboard.press('e')
    await page.getByRole('dialog').getByLabel('What it is').fill('Prices for everybody.')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Prices for everybody.').waitFor()
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    // What somebody else saves while the form is open is not overwritten, and what was typed stays.
    await page.keyboard.press('e')
    const words = page.getByRole('dialog').getByLabel('What it is')
    await words.fill('Prices for the desks.')
    const read = `/api${at('marketData')}`
    const heard = page.waitForResponse((answer) => answer.url().endsWith(read) && answer.request().method() === 'GET')
    await callerOf(world)('marta', 'PATCH', at('marketData'), { description: 'Prices, by Marta.' })
    await heard
    await page.keyboard.press('Control+Enter')
    await page
      .getByRole('dialog')
      .getByText(/was changed since you read it/)
      .waitFor()
    expect(await words.inputValue()).toBe('Prices for the desks.')
    await page.keyboard.press('Escape')
    await page.getByText('Prices, by Marta.').waitFor()
    await visit(page, at('settlement'))
    await page.getByRole('grid', { name: /What Settlement depends on/ }).waitFor()
    expect(await page.getByRole('button', { name: 'Edit' }).count()).toBe(0)
  })

  test('shows a requester what it is, and nothing of its inside', async () => {
    const page = await open(at('settlement'), { as: 'laurent' })
    await page.getByText('Matches trades and instructs the depositories.').waitFor()
    await page.getByText('07:45 London').first().waitFor()
    for (const inside of ['prdbat01', 'Depends on', 'GBP', 'Who is paged', 'What happened'])
      expect(await page.getByText(inside).count()).toBe(0)
  })
})

test('a business unit is added, changed, seen at its service and deleted', async () => {
  const call = callerOf(world)
  const page = await open('/services', { as: 'marta' })
  await page.getByRole('button', { name: 'Business units' }).waitFor()
  await page.keyboard.press('3')
  const list = page.getByRole('grid', { name: 'Business units' })
  await list.getByRole('row', { name: /Program trading/ }).waitFor()
  expect(await faults(page)).toEqual([])

  await page.keyboard.press('c')
  const name = page.getByRole('dialog').getByLabel('Name', { exact: true })
  await name.fill('Repo desk')
  await page.getByLabel('Short name').fill('Repo Desk')
  await page.keyboard.press('Control+Enter')
  await page
    .getByRole('dialog')
    .getByText(/letters/)
    .waitFor()
  await page.getByLabel('Short name').fill('repo-desk')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { level: 1, name: 'Repo desk' }).waitFor()
  const unitId = new URL(page.url()).pathname.split('/').at(-1)
  await call('marta', 'PUT', `${at('fix')}/business-units`, { businessUnitIds: [unitId] })
  await call('marta', 'PUT', `/users/${world.world.people.laurent}/business-units`, { businessUnitIds: [unitId] })
  await page.getByRole('grid', { name: 'What Repo desk uses' }).getByText('FIX connectivity').waitFor()
  await page.getByRole('grid', { name: 'Who works in Repo desk' }).getByText('Laurent').first().waitFor()
  expect(await faults(page)).toEqual([])

  await page.keyboard.press('e')
  await name.fill('Repo and funding')
  await page.getByLabel('People').fill('14')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { level: 1, name: 'Repo and funding' }).waitFor()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page
    .getByRole('grid', { name: /^What .* uses$/ })
    .getByRole('link', { name: 'FIX connectivity' })
    .click()
  const users = page.getByRole('region', { name: 'Used by' })
  await users.getByText('14 people').waitFor()
  await users.getByRole('link', { name: 'Repo and funding' }).click()

  await page.getByRole('button', { name: /^Delete/ }).waitFor()
  await page.keyboard.press('d')
  await page
    .getByRole('dialog')
    .getByText(/^It uses FIX connectivity: it will no longer count/)
    .waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText('Repo and funding is deleted.').first().waitFor()
  await list.getByRole('row', { name: /Program trading/ }).waitFor()
  expect(await list.getByText('Repo and funding').count()).toBe(0)
})

test('all of it can be read in both themes and on a phone', async () => {
  const page = await open('/services', { as: 'marta' })
  await page.getByRole('row', { name: /Settlement/ }).waitFor()
  expect(await faults(page)).toEqual([])
  await visit(page, at('settlement'))
  await page.getByText('prdbat01', { exact: true }).waitFor()
  expect(await faults(page)).toEqual([])
})

test('the map shows what needs what, by keyboard', async () => {
  const page = await open('/services', { as: 'marta' })
  await page.getByRole('button', { name: /^Map/ }).waitFor()
  await page.keyboard.press('m')
  const map = page.getByRole('region', { name: 'What needs what' })
  await map.getByRole('link', { name: 'Market data gateway' }).waitFor()
  expect(await faults(page)).toEqual([])
  await map.getByRole('link', { name: 'Settlement', exact: true }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('around: Settlement').waitFor()
  await map.getByRole('link', { name: 'Prime reporting' }).waitFor()
  await map.getByRole('link', { name: 'FIX connectivity' }).waitFor({ state: 'detached' })
  await page.keyboard.press('t')
  const table = page.getByRole('grid', { name: 'What needs what' })
  await table
    .getByRole('row', { name: /Settlement/ })
    .first()
    .waitFor()
  await page.keyboard.press('o')
  await page.getByRole('heading', { level: 1, name: 'Settlement' }).waitFor()
  await page.getByRole('button', { name: /^Map/ }).waitFor()
  await page.keyboard.press('m')
  await page.getByText('around: Settlement').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('market data')
  await page.getByRole('option', { name: 'Market data gateway' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('around: Market data gateway').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^All \d/ }).waitFor()
})

test('on a phone a service is looked up; what takes away is not under the thumb', async () => {
  const page = await open('/services', { as: 'marta', viewport: phone, hasTouch: true, isMobile: true })
  await page.getByRole('link', { name: /Order entry|Equities order entry/ }).waitFor()
  await page.getByRole('link', { name: /Equities order entry/ }).click()
  await page.getByText('orders-01', { exact: true }).waitFor()
  expect(await contentWidth(page)).toBe(phone.width)
  expect(await violations(page)).toEqual([])
  await page.getByRole('link', { name: 'orders-01' }).click()
  await page.getByRole('heading', { level: 1, name: 'orders-01' }).waitFor()
  await page.getByRole('link', { name: /Equities order entry/ }).waitFor()
  expect(await contentWidth(page)).toBe(phone.width)
  expect(await violations(page)).toEqual([])
  const more = page.getByRole('main').getByRole('button', { name: 'More acts' })
  await more.waitFor()
  expect(await page.getByRole('button', { name: 'Delete' }).count()).toBe(0)
  await more.tap()
  const sheet = page.getByRole('dialog', { name: 'More acts' })
  await sheet.waitFor()
  expect(await violations(page)).toEqual([])
  await sheet.getByRole('button', { name: 'Delete' }).tap()
  await page.getByRole('dialog', { name: 'Delete orders-01' }).getByRole('button', { name: 'Cancel' }).tap()
  await sheet.waitFor({ state: 'detached' })
})
