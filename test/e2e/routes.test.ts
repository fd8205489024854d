import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { faults, type Opened, openWindow } from './browser.ts'
import { callerOf } from './caller.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

// Two cores that are busy with other tests must not make a slow page a wrong one.
vi.setConfig({ testTimeout: 90_000 })

let world: BrowserWorld
let call: ReturnType<typeof callerOf>
let key: string
const windows: Opened[] = []

beforeAll(async () => {
  world = await openBrowserWorld({ logins: ['marta', 'priya'] })
  call = callerOf(world)
  const source = { kind: 'generic', name: 'Nagios', teamId: world.world.teams.postTrade }
  key = (await call('marta', 'POST', '/sources', source)).key
  await send({ title: 'ORA-01555 on orapr7', severity: 'high', host: 'orapr7', dedup_key: 'first' })
  await alertOf('ORA-01555 on orapr7')
})
afterEach(async () => {
  for (const window of windows.splice(0)) {
    expect(window.complaints).toEqual([])
    await window.close()
  }
  for (const { id } of (await call('marta', 'GET', '/alert-routes')).items)
    await call('marta', 'DELETE', `/alert-routes/${id}`)
})
afterAll(async () => {
  await world?.close()
})

const open = async (path: string, as: 'marta' | 'priya' = 'marta') => {
  const window = await openWindow(world, { as })
  windows.push(window)
  await window.goto(path)
  return window.page
}

const send = async (body: object) => {
  const answer = await fetch(`${world.url}/intake/generic`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(202)
}

/** The alert of this title, once it has its incident. */
const alertOf = (title: string) =>
  vi.waitFor(
    async () => {
      const { items } = await call('priya', 'GET', '/alerts?view=all')
      const found = items.find((one: { title: string; ticket: unknown }) => one.title === title && one.ticket)
      if (!found) throw new Error(`${title} has no incident.`)
      return found
    },
    { timeout: 20_000, interval: 200 },
  )

const add = (name: string, more: object = {}) =>
  call('marta', 'POST', '/alert-routes', {
    name,
    condition: 'alert.host.startsWith("ora")',
    teamId: world.world.teams.dba,
    ...more,
  })

const isFocused = (page: Page, label: string) =>
  expect
    .poll(() => page.evaluate<string>("document.activeElement?.labels?.[0]?.textContent ?? ''"), { timeout: 8_000 })
    .toBe(label)

/** On to the field of this name, by Tab alone. */
const tabTo = async (page: Page, label: string) => {
  for (let presses = 0; presses < 12; presses += 1) {
    await page.keyboard.press('Tab')
    if ((await page.evaluate<string>("document.activeElement?.labels?.[0]?.textContent ?? ''")) === label) return
  }
  throw new Error(`Tab does not come to ${label}.`)
}

/** A searchable field is typed into; in another one the arrow goes on to the option. */
const choose = async (page: Page, label: string, option: string, typed?: string) => {
  await tabTo(page, label)
  const marked = page.locator('[role=option][data-combobox-selected]', { hasText: option })
  await page.keyboard.press('ArrowDown')
  await page.getByRole('option', { name: option }).waitFor()
  if (typed) await page.keyboard.type(typed)
  for (let presses = 0; presses < 6 && !typed && (await marked.count()) === 0; presses += 1)
    await page.keyboard.press('ArrowDown')
  await marked.waitFor()
  await page.keyboard.press('Enter')
  await marked.waitFor({ state: 'hidden' })
}

const rows = (page: Page) => page.getByRole('grid', { name: 'Routes' }).getByRole('row').filter({ hasText: /\d/ })
const names = async (page: Page) =>
  (await rows(page).locator('.strong').allTextContents()).map((name) => name.split(' ')[0])

test('a route is added by keyboard after the simulator has shown what it does; then alerts really go that way', async () => {
  const page = await open('/routes')
  await page.getByText('There is no route yet.').waitFor()
  expect(await faults(page)).toEqual([])
  await page.getByRole('button', { name: 'New route' }).waitFor()
  await page.keyboard.press('c')
  await page.getByRole('heading', { level: 1, name: 'New route' }).waitFor()
  await isFocused(page, 'Name')
  // Escape leaves the field, then the page.
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.getByText('There is no route yet.').waitFor()
  await page.keyboard.press('c')
  await page.getByRole('heading', { level: 1, name: 'New route' }).waitFor()
  await isFocused(page, 'Name')
  await page.getByText(/^Write a condition/).waitFor()
  await page.keyboard.type('Oracle to the DBAs')
  await tabTo(page, 'Condition')
  await page.keyboard.type('alert.host.startsWith("ora")')
  await page.getByText('It is for the one alert that there is.').waitFor()
  await choose(page, 'Team', 'DBA', 'DBA')
  await choose(page, 'Escalation policy', 'Post-trade', 'Post')
  await choose(page, 'Priority', 'P2')
  const tried = page.getByRole('grid', { name: 'Alerts that it is for' })
  await tried
    .getByRole('row', { name: /ORA-01555.*orapr7.*L2 Post-trade support.*DBA.*P2 incident.*by Post-trade/ })
    .waitFor()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await page.getByText('Oracle to the DBAs is added, and is tried last.').waitFor()
  await page.getByRole('row', { name: /1 Oracle to the DBAs alert\.host.*team DBA · P2 · policy Post-trade/ }).waitFor()

  await send({ title: 'ORA-00600 on orapr8', severity: 'low', host: 'orapr8', dedup_key: 'second' })
  const alert = await alertOf('ORA-00600 on orapr8')
  expect(alert.team.name).toBe('DBA')
  expect((await call('priya', 'GET', `/tickets/${alert.ticket.number}`)).priority).toBe(2)
})

test('the order is changed by keys and told, and a route is disabled and deleted with an Undo', async () => {
  for (const name of ['Alpha', 'Beta', 'Gamma']) await add(name)
  const page = await open('/routes')
  await page.getByRole('row', { name: /Gamma/ }).waitFor()
  await page.keyboard.press('j')
  await page.locator('tr[data-cursor]', { hasText: 'Alpha' }).waitFor()
  await page.keyboard.press('Shift+ArrowDown')
  await page.getByText('Alpha is tried after Beta.').waitFor()
  expect(await names(page)).toEqual(['Beta', 'Alpha', 'Gamma'])
  await page.keyboard.press('Shift+ArrowDown')
  await page.getByText('Alpha is tried after Gamma.').waitFor()
  await page.keyboard.press('Shift+ArrowUp')
  await page.getByText('Alpha is tried after Beta.').waitFor()
  await page.locator('tr[data-cursor]:focus', { hasText: 'Alpha' }).waitFor()
  expect((await call('priya', 'GET', '/alert-routes')).items.map((one: { name: string }) => one.name)).toEqual([
    'Beta',
    'Alpha',
    'Gamma',
  ])

  await page.keyboard.press('d')
  await page.getByText('Alpha is disabled: it is not tried.').waitFor()
  await page.getByRole('row', { name: /Alpha disabled/ }).waitFor()
  expect(await faults(page)).toEqual([])
  // It was as narrow as a phone for a moment, where the acts stand on the page of the route.
  await page.getByRole('button', { name: 'Enable' }).waitFor()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByText('Alpha is deleted.').waitFor()
  await expect.poll(() => names(page)).toEqual(['Beta', 'Gamma'])
  await page.keyboard.press('z')
  await expect.poll(() => names(page)).toEqual(['Beta', 'Alpha', 'Gamma'])
  await page.getByRole('row', { name: /Alpha disabled/ }).waitFor()
})

test('what is wrong is told at its field, and an earlier route is named', async () => {
  await add('All to the DBAs', { condition: 'true' })
  const { id } = await add('Oracle to markets', { teamId: world.world.teams.markets })
  const page = await open('/routes')
  await page.getByRole('row', { name: /Oracle to markets/ }).waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.locator('tr[data-cursor]', { hasText: 'Oracle' }).waitFor()
  await page.keyboard.press('e')
  await page.getByRole('heading', { level: 1, name: 'Edit Oracle to markets' }).waitFor()
  await page.getByText('taken by All to the DBAs').first().waitFor()
  expect(new URL(page.url()).pathname).toBe(`/routes/${id}`)
  const condition = page.getByLabel('Condition')
  await condition.fill('alert.hots == "x"')
  await page.getByText(/^It is not understood: .*hots/).waitFor()
  await page.getByText('It cannot be tried yet: each field says what is wrong.').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText(/^It is not understood: .*hots/).waitFor()
  await condition.fill('alert.labels.nobody == "x"')
  await page.getByText('Where it could not be decided: there is no "nobody".').waitFor()

  await page.getByText('What it may say, and examples').click()
  await condition.fill('')
  await page.getByRole('button', { name: 'alert.title.like("*disk*full*")' }).click()
  expect(await condition.inputValue()).toBe('alert.title.like("*disk*full*")')
  await page.getByText(/^It is (not for the one|for none of the)/).waitFor()
  expect(await faults(page)).toEqual([])

  // It is earlier now, so it decides.
  await condition.fill('alert.host.startsWith("ora")')
  await page.getByRole('button', { name: 'Earlier' }).click()
  await page.getByText('It is tried first.').waitFor()
  await expect.poll(() => page.getByText('taken by All to the DBAs').count()).toBe(0)
  await page.getByLabel('Name').fill('')
  await page.keyboard.press('Control+Enter')
  await page.getByText(/^Give it a name/).waitFor()
  await page.getByLabel('Name').fill('Oracle to them')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Oracle to them is changed.').waitFor()
  await page.getByRole('row', { name: /1 Oracle to them/ }).waitFor()
})

test('whoever may only read has the list as it is now, and no acts', async () => {
  await add('Alpha', { opensIncident: false })
  const page = await open('/routes', 'priya')
  await page.getByRole('row', { name: /Alpha.*team DBA · no incident/ }).waitFor()
  for (const act of ['New route', 'Edit', 'Earlier', 'Later', 'Disable', 'Delete'])
    expect(await page.getByRole('button', { name: act }).count(), act).toBe(0)
  await add('Beta')
  await page.getByRole('row', { name: /2 Beta/ }).waitFor()
  await page.keyboard.press('j')
  await page.locator('tr[data-cursor]', { hasText: 'Alpha' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Alpha' }).waitFor()
  await page.getByText('alert.host.startsWith("ora")').waitFor()
  expect(await page.getByText('What it would have done').count()).toBe(0)
  expect(await page.getByRole('textbox').count()).toBe(0)
  expect(await faults(page)).toEqual([])
})
