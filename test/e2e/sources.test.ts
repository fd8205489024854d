import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { violations } from '../../web/testing/axe.ts'
import { faults, type Opened, openWindow, pointAt, visit } from './browser.ts'
import { callerOf } from './caller.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

// Two cores that are busy with other tests must not make a slow page a wrong one.
vi.setConfig({ testTimeout: 90_000 })

let world: BrowserWorld
let call: ReturnType<typeof callerOf>
const windows: Opened[] = []

beforeAll(async () => {
  world = await openBrowserWorld({ logins: ['marta', 'priya'] })
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

const open = async (path: string, options: Parameters<typeof openWindow>[1] = { as: 'marta' }) => {
  const window = await openWindow(world, options)
  windows.push(window)
  await window.goto(path)
  return window.page
}

type Made = { id: string; key: string }
const make = (name: string): Promise<Made> =>
  call('marta', 'POST', '/sources', { kind: 'generic', name, teamId: world.world.teams.postTrade })

const send = (key: string, body: string) =>
  fetch(`${world.url}/intake/generic`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body,
  })

test('a tool is connected by keyboard; the command that is shown works, and what arrives is seen at once', async () => {
  const page = await open('/sources')
  await page.getByText('No tool is connected yet.').waitFor()
  await page.getByRole('button', { name: 'Connect a tool' }).waitFor()
  await page.keyboard.press('c')
  await page.getByRole('heading', { level: 1, name: 'Connect a tool' }).waitFor()
  // The heading stands there while the kinds are still read.
  await page.getByLabel('Name').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText(/^Give it a name/).waitFor()
  await page.getByLabel('Name').fill('Control-M')
  await page.getByRole('combobox', { name: 'Service' }).fill('Sett')
  await page.getByRole('option', { name: 'Settlement' }).click()
  await page.getByText('They go to L2 Post-trade support, who own Settlement.').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText('Waiting for the first event…').waitFor()
  expect(await violations(page)).toEqual([])

  const setup = (await page.locator('pre', { hasText: 'curl' }).textContent()) ?? ''
  const command = setup.slice(setup.indexOf('curl'), setup.indexOf('# It is right again'))
  // A server of a test has a port of its own, which the address that people are told does not know.
  const here = command.replace(/'http[^']*\/intake/, `'${world.url}/intake`)
  const { stdout } = await promisify(execFile)('sh', ['-c', here])
  expect(JSON.parse(stdout)).toEqual({ accepted: 1, dedup_keys: ['eod-batch/fx'] })
  await page.getByText('Received', { exact: true }).waitFor()
  await page.getByRole('row', { name: /FX end-of-day batch is late/ }).waitFor()

  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { level: 1, name: 'Control-M' }).waitFor()
  await page.getByText('YOUR-KEY').first().waitFor()
  expect(await page.getByText(/in_[\w-]{20}/).count()).toBe(0)
})

test('what cannot be read is kept and shown with the reason', async () => {
  const { id, key } = await make('Old scheduler')
  expect((await send(key, '{"title": "half')).status).toBe(422)
  const page = await open('/sources')
  await page.getByRole('row', { name: /problems Old scheduler .*The body is not JSON/ }).waitFor()
  await visit(page, `/sources/${id}`)
  const sample = page.locator('details', { hasText: 'unreadable' })
  await sample.locator('summary').focus()
  await page.keyboard.press('Enter')
  await sample.getByText('{"title": "half', { exact: true }).waitFor()
  await sample.getByRole('button', { name: 'Read it again' }).click()
  await page
    .getByRole('status')
    .getByText(/It still cannot be read/)
    .waitFor()
  expect(await sample.getByText(key.slice(3)).count()).toBe(0)
  // A good one is read, and is there without a reload.
  expect((await send(key, '{"title": "whole"}')).status).toBe(202)
  await page.locator('details', { hasText: '"whole"' }).waitFor()
})

test('a test says what would become of an example, and disturbs nobody', async () => {
  const { id } = await make('Splunk')
  const page = await open(`/sources/${id}`)
  await page.getByRole('heading', { level: 1, name: 'Splunk' }).waitFor()
  await page.keyboard.press('t')
  const dialog = page.getByRole('dialog', { name: 'Test Splunk' })
  await dialog.getByRole('combobox', { name: 'What to read' }).waitFor()
  await page.keyboard.press('Control+Enter')
  await dialog.getByText('FX end-of-day batch is late').waitFor()
  await dialog.getByText('Team L2 Post-trade support: what the source Splunk is set to.').waitFor()
  await dialog.getByLabel(/Really take it in/).check()
  await page.keyboard.press('Control+Enter')
  await dialog.getByText(/It was taken in/).waitFor()
  expect(await violations(page)).toEqual([])
  const counts = await call('priya', 'GET', `/alerts?sourceId=${id}`)
  expect(counts.items).toEqual([])
  await dialog.getByRole('combobox', { name: 'What to read' }).click()
  await page.getByRole('option', { name: 'Something of your own' }).click()
  await dialog.getByLabel('What the tool sends').fill('nonsense')
  await page.keyboard.press('Control+Enter')
  await dialog.getByText(/^The body is not JSON/).waitFor()
})

test('keys are replaced without a gap: two are valid, never three', async () => {
  const { id, key } = await make('Nagios')
  const page = await open(`/sources/${id}`)
  await page.getByRole('button', { name: 'Add' }).waitFor()
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog', { name: 'The new key' })
  const added = await dialog.getByText(/^in_/).textContent()
  await page.keyboard.press('Escape')
  await page.getByText(/two are valid/).waitFor()
  expect((await send(key, '{"title": "a"}')).status).toBe(202)
  expect((await send(added ?? '', '{"title": "a"}')).status).toBe(202)
  await pointAt(page.getByRole('button', { name: 'Add' }), /Nagios has 2 valid keys/)
  await page.getByRole('button', { name: `Revoke the key that ends in ${key.slice(-4)}` }).click()
  await page.getByRole('dialog', { name: 'Revoke this key' }).getByRole('button', { name: 'Revoke it' }).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText(`The key that ends in ${key.slice(-4)} is revoked.`).waitFor()
  await expect.poll(async () => (await send(key, '{"title": "a"}')).status, { timeout: 8_000 }).toBe(401)
  expect((await send(added ?? '', '{"title": "a"}')).status).toBe(202)
})

test('a source is disabled with an Undo; whoever may not change it is told why', async () => {
  const { id } = await make('Site24')
  const page = await open(`/sources/${id}`)
  await page.getByRole('heading', { level: 1, name: 'Site24' }).waitFor()
  await page.keyboard.press('d')
  await page.getByText('It is disabled.').waitFor()
  await page.keyboard.press('z')
  await page.getByText('It is disabled.').waitFor({ state: 'hidden' })
  const reader = await open(`/sources/${id}`, { as: 'priya' })
  const edit = reader.getByRole('button', { name: 'Edit' })
  expect(await edit.getAttribute('aria-disabled')).toBe('true')
  await pointAt(edit, 'You may only read this. A lead of its team may change it.')
})

test('the noise is a table that is darker where there is more, and its rows lead to their sources', async () => {
  const { id, key } = await make('Zabbix')
  const begins = async (n: number) =>
    expect((await send(key, `{"title": "Noise ${n}", "dedup_key": "n${n}"}`)).status).toBe(202)
  for (const n of [1, 2]) await begins(n)
  const page = await open('/sources')
  await page.getByRole('button', { name: 'Noise' }).click()
  const row = page.getByRole('row', { name: /^Zabbix/ })
  await row.waitFor()
  await begins(3)
  await row.getByRole('cell', { name: '3', exact: true }).first().waitFor()
  expect(await row.locator('td[data-level="0"]').count()).toBeGreaterThanOrEqual(22)
  await page.getByRole('button', { name: 'Day', exact: true }).click()
  await row.getByRole('cell', { name: '3', exact: true }).first().waitFor()
  await row.getByRole('link', { name: 'Zabbix' }).click()
  await page.waitForURL(`**/sources/${id}`)
})

test('all of it can be read in both themes, and fits on a phone', async () => {
  const { id, key } = await make('Grafana')
  await send(key, '{"title": "half')
  await send(key, '{"title": "Panel is red", "severity": "high"}')
  const page = await open('/sources', { as: 'marta' })
  for (const path of ['/sources', '/sources?view=noise', `/sources/${id}`, '/sources/new']) {
    await visit(page, path)
    await page
      .getByText(/Grafana|About it/)
      .first()
      .waitFor()
    expect(await faults(page), path).toEqual([])
  }
})
