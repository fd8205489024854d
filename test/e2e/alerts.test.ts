import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { violations } from '../../web/testing/axe.ts'
import { faults, type Opened, openWindow, phone, visit } from './browser.ts'
import { callerOf } from './caller.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

// Two cores that are busy with other tests must not make a slow page a wrong one.
vi.setConfig({ testTimeout: 90_000 })

let world: BrowserWorld
let call: ReturnType<typeof callerOf>
let key: string
const windows: Opened[] = []

/** What a tool sends, by the key of a source of the markets team. */
const send = async (signal: object) => {
  const answer = await fetch(`${world.url}/intake/generic`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(signal),
  })
  expect(answer.status).toBe(202)
}
const resolve = (dedupKey: string) => send({ status: 'resolved', dedup_key: dedupKey })

beforeAll(async () => {
  world = await openBrowserWorld({ logins: ['marta', 'priya', 'laurent'] })
  call = callerOf(world)
  const source = await call('marta', 'POST', '/sources', {
    kind: 'generic',
    name: 'Zabbix London',
    teamId: world.world.teams.markets,
  })
  key = source.key
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

const open = async (path: string, options: Parameters<typeof openWindow>[1] = { as: 'priya' }) => {
  const window = await openWindow(world, options)
  windows.push(window)
  await window.goto(path)
  return window.page
}

/** Sends it and waits until it stands in the list; answers its id. */
const fire = async (title: string, more: object = {}): Promise<string> => {
  await send({ title, ...more })
  const find = async (): Promise<{ id: string } | undefined> => {
    const { items } = await call('priya', 'GET', '/alerts?view=all&limit=50')
    return items.find((one: { title: string }) => one.title === title)
  }
  await expect.poll(find, { timeout: 20_000 }).toBeDefined()
  return (await find())?.id ?? ''
}

describe('the list', () => {
  test('is empty with a word on what it is for, then what comes and goes is seen without a reload', async () => {
    const page = await open('/alerts', { as: 'marta' })
    await page.getByText('Nothing is firing.').waitFor()
    const feed = {
      title: 'Feed handler is down',
      severity: 'critical',
      service: 'market-data-gateway',
      dedup_key: 'feed',
    }
    for (let times = 0; times < 3; times += 1) await send(feed)
    const row = page.getByRole('row', {
      name: /critical .*Feed handler is down Market data gateway .*INC-\d+ nobody yet/,
    })
    await row.waitFor()
    await page.getByRole('button', { name: 'Firing 1' }).waitFor()
    await page.getByRole('link', { name: /Alerts 1 needs someone now/ }).waitFor()
    await resolve('feed')
    await row.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'All', exact: true }).click()
    await page.getByRole('row', { name: /Feed handler is down .*3 × .*resolved/ }).waitFor()
  })

  test('is worked by keyboard: acknowledge with an Undo, several at once, peek, open', async () => {
    for (const name of ['one', 'two', 'three']) await fire(`Disk ${name} is full`, { dedup_key: `disk/${name}` })
    const page = await open('/alerts')
    const row = (name: string) => page.getByRole('row', { name: new RegExp(`Disk ${name} is full`) })
    await row('one').waitFor()
    await page.keyboard.press('a')
    await page.keyboard.press('j')
    await page.keyboard.press('a')
    await row('three').getByText('Priya N. has it').waitFor()
    // The next one is shown, is what keys act on, and has the focus.
    await expect.poll(() => page.evaluate<string>('document.activeElement.textContent')).toContain('Disk two is full')
    await page.keyboard.press('z')
    await row('three').getByText('nobody yet').waitFor()
    await page.keyboard.press('k')
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByText('2 selected').waitFor()
    await page.keyboard.press('a')
    await row('three').getByText('Priya N. has it').waitFor()
    await row('two').getByText('Priya N. has it').waitFor()
    await row('one').getByText('nobody yet').waitFor()
    await page.keyboard.press('Space')
    await page.getByRole('dialog', { name: 'Disk two is full' }).getByText('disk/two').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Disk two is full' }).waitFor()
    for (const name of ['one', 'two', 'three']) await resolve(`disk/${name}`)
  })

  test('is filtered by a text that stands in the address, and says what of it means nothing', async () => {
    await fire('Sessions above 80 %', { severity: 'high', service: 'equities-order-entry', dedup_key: 'f/1' })
    await fire('Clock is 240 ms off', { severity: 'info', host: 'fixgw01', dedup_key: 'f/2' })
    const page = await open('/alerts')
    const high = page.getByRole('row', { name: /Sessions above/ })
    const info = page.getByRole('row', { name: /Clock is/ })
    await info.waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('severity:>=high')
    await page.keyboard.press('Enter')
    await info.waitFor({ state: 'detached' })
    await page.reload()
    await high.waitFor()
    expect(await info.count()).toBe(0)
    await page.getByRole('button', { name: 'Remove severity:>=high' }).click()
    await info.waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('service:"Equities order entry"')
    await page.keyboard.press('Enter')
    await info.waitFor({ state: 'detached' })
    await high.waitFor()
    await visit(page, '/alerts?q=service:nothing sevrity:high')
    await page.getByText('There is no service "nothing".').waitFor()
    await page.getByText(/sevrity: is not a filter/).waitFor()
    await page.getByRole('button', { name: 'Take the filter away' }).click()
    await info.waitFor()
    await Promise.all([resolve('f/1'), resolve('f/2')])
  })
})

describe('an alert', () => {
  test('shows what its sender wrote as text, why it stands where it stands, and that it was so before', async () => {
    const hostile = '<script>alert(1)</script>'
    const labels = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`label_${at}`, `${hostile} ${at}`]))
    const evil = { dedup_key: 'evil', service: 'settlement', details: hostile, labels }
    const links = ['javascript:alert(2)', { label: `${hostile} runbook`, url: 'https://wiki.example/' }]
    await fire(`First ${hostile}`, evil)
    await resolve('evil')
    const id = await fire(`Again ${hostile}`, { ...evil, links, title: `Again ${hostile}` })
    const page = await open(`/alerts/${id}`)
    let dialogs = 0
    page.on('dialog', (dialog) => {
      dialogs += 1
      void dialog.dismiss()
    })
    await page.getByRole('heading', { level: 1, name: `Again ${hostile}` }).waitFor()
    await page.getByText('Team L2 Post-trade support: it owns Settlement.').waitFor()
    await page.getByText(/INC-\d+ is P\d: Impact/).waitFor()
    expect(await page.getByRole('link', { name: /runbook/ }).getAttribute('href')).toBe('https://wiki.example/')
    expect(await page.locator('main a[href^="javascript"]').count()).toBe(0)
    await page.getByRole('textbox', { name: 'Find a label' }).fill('label_150')
    await page.getByRole('region', { name: 'All labels' }).getByText(`${hostile} 150`).waitFor()
    await page.getByRole('grid', { name: 'Earlier alerts of the same key' }).getByText('resolved').waitFor()
    expect(await violations(page)).toEqual([])
    expect(dialogs).toBe(0)
    await page.getByRole('heading', { level: 1 }).focus()
    await page.keyboard.press('a')
    await page.getByText('Priya N. looks after it').first().waitFor()
    await page.keyboard.press('a')
    await page.getByText('Priya N. took the acknowledgement back').first().waitFor()
    await page.keyboard.press('d')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('Say how you know that it is over.').waitFor()
    await page.keyboard.type('Seen on the screen of settlement.')
    await page.keyboard.press('Enter')
    await page.getByText(/^resolved after/).waitFor()
    await page.getByText(/Priya N. ended it by hand/).waitFor()
  })

  test('is silenced by keyboard once it is said why; the preview says what else is meant', async () => {
    const id = await fire('Gateway is slow', { service: 'fix-connectivity', host: 'fixgw01', dedup_key: 's/1' })
    await fire('Gateway drops sessions', { service: 'fix-connectivity', host: 'fixgw01', dedup_key: 's/2' })
    const page = await open(`/alerts/${id}`)
    await page.getByRole('heading', { level: 1, name: 'Gateway is slow' }).waitFor()
    await page.keyboard.press('s')
    const dialog = page.getByRole('dialog', { name: 'Silence "Gateway is slow"' })
    await dialog.getByText('1 alert would be held back now').waitFor()
    await dialog.getByRole('button', { name: 'Host fixgw01' }).click()
    await dialog.getByText('2 alerts would be held back now').waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Control+Enter')
    await dialog.getByText(/^Say why/).waitFor()
    await dialog.getByLabel('Why').fill('The venue tests its failover')
    await dialog.getByRole('button', { name: '4 h' }).click()
    await page.keyboard.press('Control+Enter')
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText(/Held back by a silence of Priya N. until .*: The venue tests its failover/).waitFor()
    const list = await open('/alerts?q=status:held')
    await list.getByRole('row', { name: /Gateway drops sessions .*silenced until .*The venue tests/ }).waitFor()
    await page.keyboard.press('Shift+S')
    await page
      .getByText(/No longer held back/)
      .first()
      .waitFor()
    await list.getByText('Nothing is held back.').waitFor()
    await Promise.all([resolve('s/1'), resolve('s/2')])
  })
})

describe('what holds alerts back', () => {
  test('a silence is made from nothing, looked at by keyboard, and ended', async () => {
    const page = await open('/alerts?view=silences')
    await page.getByText('Nothing is silenced.').waitFor()
    await page.keyboard.press('c')
    const dialog = page.getByRole('dialog', { name: 'Silence alerts' })
    await dialog.getByLabel('Why').fill('Batch of the month end')
    await page.keyboard.press('Control+Enter')
    await dialog.getByText('Say what it must be.').waitFor()
    await dialog.getByRole('combobox', { name: 'What to look at, 1' }).fill('host')
    await dialog.getByRole('combobox', { name: 'What it must be, 1' }).fill('prdbat01')
    await dialog.getByText('No alert of now is meant.').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('row', { name: /now host is prdbat01 Batch of the month end .*Priya N./ }).waitFor()
    await page.getByRole('heading', { level: 1 }).focus()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Silence' }).getByRole('button', { name: 'End the silence now' }).click()
    await page.getByText('Nothing is silenced.').waitFor()
    await page.getByRole('button', { name: 'Also over' }).click()
    await page.getByRole('row', { name: /over host is prdbat01/ }).waitFor()
  })

  test('maintenance is planned again and again, and what it covers is said before', async () => {
    await fire('Swap is used', { host: 'prdbat02', dedup_key: 'm/1', service: 'risk-engine' })
    const page = await open('/alerts?view=maintenance')
    await page.getByText('No maintenance is planned.').waitFor()
    await page.keyboard.press('c')
    const dialog = page.getByRole('dialog', { name: 'Plan maintenance' })
    await dialog.getByRole('textbox', { name: 'Name' }).waitFor()
    await page.keyboard.press('Control+Enter')
    await dialog.getByText('Say what it covers: services, hosts or environments.').waitFor()
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Kernel patches')
    await dialog.getByRole('textbox', { name: 'Why' }).fill('Standard change')
    await dialog.getByRole('combobox', { name: 'Hosts' }).fill('prdbat02')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await dialog.getByText('1 alert would be held back if it began now').waitFor()
    await dialog.getByRole('button', { name: 'Again and again' }).click()
    await dialog.getByLabel('Sun').check()
    await dialog.getByText('Sat and Sun from 02:00 for 2 h, London.').waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Control+Enter')
    const row = page.getByRole('row', { name: /Kernel patches prdbat02 .*02:00/ })
    await row.waitFor()
    await dialog.waitFor({ state: 'hidden' })
    await page.keyboard.press('z')
    await page.getByText('No maintenance is planned.').waitFor()
    await resolve('m/1')
  })
})

test('all of it can be read in both themes, and fits on a phone', async () => {
  const id = await fire('Undo tablespace 97 %', { severity: 'high', service: 'reference-data', host: 'refdb01' })
  await call('priya', 'POST', '/silences', {
    matchers: [{ field: 'host', op: 'is', value: 'refdb02' }],
    endsAt: new Date(Date.now() + 3_600_000).toISOString(),
    reason: 'Moved to another rack',
  })
  const page = await open('/alerts', { as: 'priya' })
  for (const path of ['/alerts', `/alerts/${id}`, '/alerts?view=silences', '/alerts?view=maintenance']) {
    await visit(page, path)
    await page
      .getByText(/Undo tablespace|refdb02|No maintenance/)
      .first()
      .waitFor()
    expect(await faults(page), path).toEqual([])
  }
  const small = await open('/alerts', { as: 'priya', viewport: phone, hasTouch: true })
  expect(await violations(small)).toEqual([])
  await small.getByRole('link', { name: /Undo tablespace/ }).tap()
  await small.getByRole('button', { name: 'Acknowledge' }).tap()
  await small.getByText('Priya N. has it').waitFor()
})

test('who only asks for help sees no alerts', async () => {
  const page = await open('/alerts', { as: 'laurent' })
  await page.getByRole('alert').waitFor()
  expect(await page.getByRole('link', { name: 'Alerts' }).count()).toBe(0)
})
