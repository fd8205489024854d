import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { faults, type Opened, openWindow, visit } from './browser.ts'
import { callerOf } from './caller.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

let world: BrowserWorld
let call: ReturnType<typeof callerOf>
const windows: Opened[] = []

beforeAll(async () => {
  world = await openBrowserWorld({ logins: ['priya', 'lena', 'laurent', 'marta'] })
  call = callerOf(world)
})
afterEach(async () => {
  for (const one of windows.splice(0)) await one.close()
})
afterAll(async () => {
  await world?.close()
})

const open = async (path: string, options: Parameters<typeof openWindow>[1] = { as: 'priya' }) => {
  const opened = await openWindow(world, options)
  windows.push(opened)
  await opened.goto(path)
  return opened.page
}
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
const ticket = async (title: string, more: object = {}): Promise<string> =>
  (
    await call('lena', 'POST', '/tickets', {
      title,
      serviceId: world.world.services.orderEntry,
      impact: 'low',
      urgency: 'low',
      ...more,
    })
  ).ticket.number

test('what is known is found while one types, and is read', async () => {
  const page = await open('/knowledge')
  await page.getByRole('link', { name: /How old may a price be/ }).waitFor()
  await press(page, '/')
  await page.keyboard.type('multicast subscr')
  await page.getByRole('link', { name: /lost its multicast subscription/ }).waitFor()
  await page.getByRole('link', { name: /How old may a price be/ }).waitFor({ state: 'detached' })
  expect(await faults(page)).toEqual([])
  await page.getByRole('link', { name: /lost its multicast subscription/ }).click()
  await page.getByRole('heading', { level: 1, name: /^Blotter shows no prices/ }).waitFor()
  await page.getByRole('region', { name: 'Workaround' }).getByText('price bridge').waitFor()
  expect(await faults(page)).toEqual([])
  await visit(page, `/knowledge/${world.world.knowledge.bringPricesBack}`)
  await page.getByText('go on with step 4').waitFor()
  expect(await faults(page)).toEqual([])
})

test('a known error is written by keyboard, published, changed, compared and restored', async () => {
  const page = await open('/knowledge')
  await page.getByRole('button', { name: /^New/ }).waitFor()
  await press(page, 'c')
  await page.getByRole('heading', { level: 1, name: 'New' }).waitFor()
  await expect.poll(() => page.evaluate("document.activeElement?.getAttribute('name')")).toBe('title')
  await page.keyboard.type('Repo curve stands still')
  await page.getByRole('textbox', { name: 'What is seen' }).fill('The repo curve has **no new points**.')
  await page.getByText('no new points', { exact: true }).waitFor()
  expect(await faults(page)).toEqual([])
  await press(page, 'Control+Enter')
  await page.getByRole('heading', { level: 1, name: 'Repo curve stands still' }).waitFor()
  await page.getByRole('button', { name: /^Publish/ }).waitFor()
  await press(page, 'Shift+P')
  await page.getByText(/is published, and is suggested from now on/).waitFor()
  await page.getByRole('button', { name: /^Edit/ }).waitFor()
  await press(page, 'e')
  await page.getByRole('textbox', { name: 'What is seen' }).fill('The repo curve is **late**.')
  await page.getByRole('textbox', { name: 'Why was it changed?' }).fill('More exact')
  await press(page, 'Control+Enter')
  await page.getByText(/is saved as version 2/).waitFor()
  await page.getByText('More exact').waitFor()
  await page.getByRole('button', { name: 'Compare version 1 with the newest' }).click()
  await page.getByRole('dialog').locator('del').getByText('no new points').waitFor()
  await page.getByRole('button', { name: 'Take version 1 again' }).click()
  await page.getByText(/has the words of version 1 again/).waitFor()
  await page.getByRole('region', { name: 'What is seen' }).getByText('no new points').waitFor()
  // As on every page, Escape closes what is open, and then leads to the page above.
  await page.getByRole('button', { name: /^On call/ }).focus()
  await press(page, 'Enter')
  await page.getByRole('link', { name: 'All schedules' }).waitFor()
  await press(page, 'Escape')
  await page.getByRole('link', { name: 'All schedules' }).waitFor({ state: 'detached' })
  await page.getByRole('heading', { level: 1, name: 'Repo curve stands still' }).waitFor()
  await press(page, 'Escape')
  await page.getByRole('heading', { level: 1, name: 'Knowledge' }).waitFor()
})

test('of two editors the second is told, and what he wrote stays on his screen', async () => {
  const made = await call('lena', 'POST', '/knowledge', { kind: 'article', title: 'Shared', body: 'One' })
  const page = await open(`/knowledge/${made.number}/edit`)
  await page.getByRole('textbox', { name: 'Text' }).fill('Mine')
  await call('lena', 'PATCH', `/knowledge/${made.id}`, { body: 'Hers' })
  await press(page, 'Control+Enter')
  await page
    .getByRole('alert')
    .getByText(/Lena S\. has changed KB-\d+ since you read it/)
    .waitFor()
  expect(await page.getByRole('textbox', { name: 'Text' }).inputValue()).toBe('Mine')
})

test('nothing that somebody wrote runs, styles or fetches', async () => {
  const hostile = [
    '<script>window.ran = 1</script>',
    '<img src="x" onerror="window.ran = 1">',
    '<svg onload="window.ran = 1"><a xlink:href="javascript:window.ran=1">x</a></svg>',
    '[go](javascript:window.ran=1) [data](data:text/html,<script>window.ran=1</script>)',
    '![spy](https://spy.example/pixel.png)',
    '<math><mi><mglyph><style><img src onerror="window.ran=1"></style></mglyph></mi></math>',
    '<form action="https://evil.example"><input name="password"></form>',
    '<style>body{display:none}</style><iframe srcdoc="<script>parent.ran=1</script>"></iframe>',
    '```<img src=x onerror=window.ran=1>\n```',
  ].join('\n\n')
  const made = await call('lena', 'POST', '/knowledge', { kind: 'article', title: 'Hostile', body: hostile })
  const opened = await openWindow(world, { as: 'priya' })
  windows.push(opened)
  const fetched: string[] = []
  opened.page.on('request', (request) => fetched.push(new URL(request.url()).host))
  await opened.goto(`/knowledge/${made.number}`)
  const text = opened.page.getByRole('region', { name: 'Hostile' })
  await text.getByText('window.ran = 1', { exact: false }).first().waitFor()
  expect(await opened.page.evaluate('window.ran')).toBeUndefined()
  expect(await text.locator('script, img, svg, iframe, form, input, style, math, [onerror], [onload]').count()).toBe(0)
  const links = await text.getByRole('link').evaluateAll((all) => all.map((one) => one.getAttribute('href')))
  expect(links).toEqual(['https://spy.example/pixel.png'])
  expect(fetched.filter((host) => host.includes('example'))).toEqual([])
  expect(opened.complaints).toEqual([])
})

test('on a ticket: suggested with the reason, put into the reply by a key, and said whether it helped', async () => {
  const number = await ticket('Blotter shows no prices', { requesterId: world.world.people.laurent })
  const page = await open(`/tickets/${number}`)
  const panel = page.getByRole('region', { name: 'What may help' })
  await panel
    .getByText(/^same service; words: .*prices/)
    .first()
    .waitFor()
  expect(await faults(page)).toEqual([])
  const known = panel.getByRole('listitem').filter({ hasText: 'multicast subscription' })
  for (let n = 0; n < 6 && !(await known.getByRole('button', { name: /^Use it/ }).isVisible()); n++)
    await press(page, ']')
  await press(page, 'l')
  await page.getByRole('dialog').getByText('IGMP membership expired').waitFor()
  await press(page, 'Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await press(page, 'q')
  await page.getByText(/KE-\d+ is used on/).waitFor()
  const reply = page.getByRole('textbox', { name: 'Reply to M. Laurent' })
  // To whoever asked goes what is written for whoever asks, and nothing of what the desk does.
  expect((await reply.inputValue()).trim()).toBe('Please price by voice with the New York desk until we are back.')
  const used = page.getByRole('region', { name: 'What is known of it' })
  await used.getByRole('button', { name: 'Yes' }).click()
  await page.getByText(/Priya N\. says that KE-\d+ .* helped/).waitFor()
  expect((await call('lena', 'GET', `/knowledge/${world.world.knowledge.noPrices}`)).helped).toBe(1)
})

test('what is written of a solution is found again after Escape and a reload, with what is offered below it', async () => {
  const number = await ticket('Blotter shows no prices at all', { requesterId: world.world.people.laurent })
  const page = await open(`/tickets/${number}`)
  const solution = page.getByRole('textbox', { name: 'What solved it?' })
  await page.getByRole('button', { name: /^Resolve/ }).waitFor()
  await press(page, 'e')
  await solution.waitFor()
  await page.keyboard.type('Prices are back.')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.reload()
  const known = page
    .getByRole('region', { name: 'What may help' })
    .getByRole('listitem')
    .filter({ hasText: 'multicast' })
  await known.waitFor()
  for (let n = 0; n < 6 && !(await known.getByRole('button', { name: /^It solved it/ }).isVisible()); n++)
    await press(page, ']')
  await press(page, 'Shift+Q')
  await solution.waitFor()
  expect(await solution.inputValue()).toMatch(
    /^Prices are back\.\n\nKE-\d+: Please price by voice with the New York desk until we are back\.$/,
  )
  await press(page, 'Control+Enter')
  await page.getByText(`${number} is resolved.`).waitFor()
  const kept = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('draft resolve')))
  expect(kept).toEqual([])
})

test('on a ticket: what was solved before, fires and was changed on its service and on what that needs, each with why', async () => {
  const { marketData } = world.world.services
  const solved = await ticket('Dark pool rejects baskets')
  await call('lena', 'POST', `/tickets/${solved}/resolution`, { resolution: 'Reset the basket session.' })
  await call('lena', 'POST', `/services/${marketData}/changes`, { title: 'Feed handler 7.1' })
  const { key } = await call('marta', 'POST', '/sources', { kind: 'generic', name: 'Feeds', opensIncident: false })
  const told = await fetch(`${world.url}/intake/generic`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Ticks of Xetra are stale', service: 'market-data-gateway', severity: 'low' }),
  })
  expect(told.status).toBe(202)
  const page = await open(`/tickets/${await ticket('Dark pool rejects all baskets')}`)
  const suggested = page.getByRole('list', { name: 'Suggestions' }).getByRole('listitem')
  for (const [title, because, gist] of [
    [solved, /^same service; words: .*baskets/, /^Solved: Reset the basket session\.$/],
    ['Ticks of Xetra are stale', 'Market data gateway, which it depends on', /^Alert, low/],
    ['Feed handler 7.1', /^Market data gateway, which it depends on, .* before/, /^Change/],
  ] as const) {
    const one = suggested.filter({ hasText: title })
    await one.getByText(because).waitFor()
    await one.getByText(gist).first().waitFor()
  }
})

test('a runbook is followed on a ticket, one step by each of two people', async () => {
  const number = await ticket('Prices are gone on all blotters')
  await call('lena', 'POST', `/tickets/${number}/knowledge`, { itemId: world.world.knowledge.bringPricesBack })
  await call('lena', 'PUT', `/tickets/${number}/knowledge/${world.world.knowledge.bringPricesBack}/steps/who`, {
    note: 'London and Paris.',
  })
  const page = await open(`/tickets/${number}`)
  const steps = page.getByRole('list', { name: /^Steps of RB-/ })
  await steps.getByText('London and Paris.').waitFor()
  await press(page, '.')
  await press(page, '2')
  await steps.getByText('systemctl restart price-bridge').waitFor()
  expect(await faults(page)).toEqual([])
  await press(page, '.')
  await page.getByText(/Priya N\. did step 3 of RB-\d+, Restart the price bridge/).waitFor()
  await steps.getByRole('button', { name: 'Take back step 3' }).click()
  await page.getByText(/Priya N\. took back step 3/).waitFor()
  await steps.getByText('systemctl restart price-bridge').waitFor()
  const helped = page.getByRole('group', { name: /^Did RB-\d+ help/ })
  await press(page, '+')
  await helped.getByRole('button', { name: 'Yes', pressed: true }).click()
  await helped.getByRole('button', { name: 'Yes', pressed: false }).waitFor()
})

test('a solved ticket becomes a draft in one act, about services found among hundreds', async () => {
  const { db, clock } = world.house.platform
  const at = { created_at: clock.now(), updated_at: clock.now() }
  const crowd = Array.from({ length: 210 }, (_, n) => ({
    ...{
      id: crypto.randomUUID(),
      slug: `crowd-${n}`,
      name: n === 0 ? 'Zulu clearing' : `Aa crowd ${n}`,
      kind: 'technical',
    },
    ...at,
  }))
  await db
    .insertInto('services')
    .values(crowd as never)
    .execute()
  const number = await ticket('Drop copy is slow', { description: 'Since the open.' })
  await call('lena', 'POST', `/tickets/${number}/resolution`, { resolution: 'Moved it to the second session.' })
  const page = await open(`/tickets/${number}`)
  await page.getByRole('button', { name: /^Make an article/ }).waitFor()
  await press(page, 'Shift+K')
  await page.getByRole('heading', { level: 1, name: /^Edit KB-/ }).waitFor()
  expect(await page.getByRole('textbox', { name: 'Text' }).inputValue()).toContain('Moved it to the second session.')
  const services = page.getByRole('combobox', { name: 'Services' })
  for (const name of ['Zulu clearing', 'Market data gateway']) {
    await services.fill(name.slice(0, 8).toLowerCase())
    await page.getByRole('option', { name }).click()
  }
  await press(page, 'Control+Enter')
  await page.getByRole('heading', { level: 1, name: /^Drop copy is slow/ }).waitFor()
  for (const name of ['Zulu clearing', 'Market data gateway', 'Equities order entry'])
    await page.getByRole('link', { name }).first().waitFor()
  await db
    .deleteFrom('knowledge_services')
    .where('service_id', '=', crowd[0]?.id ?? '')
    .execute()
  await db.deleteFrom('services').where('slug', 'like', 'crowd-%').execute()
})

test('while a ticket is written, and in the palette', async () => {
  const page = await open('/queue/new')
  await page.getByRole('textbox', { name: 'Title' }).fill('blotter shows no pric')
  await page
    .getByRole('region', { name: 'What may help' })
    .getByText(/multicast subscription/)
    .waitFor()
  expect(await faults(page)).toEqual([])
  await visit(page, '/queue')
  await press(page, 'Control+k')
  await page.keyboard.type('settlement file ag')
  await page.getByRole('option', { name: /Send a settlement file again/ }).click()
  await page.getByRole('heading', { level: 1, name: 'Send a settlement file again' }).waitFor()
})

test('a known error comes from its problem, and a change is noted on its service', async () => {
  const number = await ticket('Gateway loses its multicast subscription', { kind: 'problem' })
  const page = await open(`/tickets/${number}`)
  await page.getByRole('button', { name: /^It comes from this/ }).waitFor()
  await press(page, 'Shift+G')
  await page.getByRole('region', { name: 'What is known of it' }).getByText('comes from this ticket').waitFor()
  await visit(page, `/services/${world.world.services.orderEntry}`)
  await page.getByRole('button', { name: /^Note a change/ }).waitFor()
  await press(page, 'n')
  await page.getByRole('dialog').getByRole('textbox', { name: 'What was changed?' }).fill('Release 4.2')
  await press(page, 'Control+Enter')
  await page
    .getByRole('list', { name: /^What was changed/ })
    .getByText('Release 4.2')
    .waitFor()
  expect(await faults(page)).toEqual([])
})

test('who asks reads what was published for everybody, and sees no more of it', async () => {
  const page = await open('/queue/new', { as: 'laurent' })
  await page.getByRole('textbox', { name: 'What is wrong?' }).fill('My blotter lost its columns after the update')
  await page.getByRole('status').getByRole('link', { name: 'My blotter lost its columns' }).waitFor()
  await visit(page, `/knowledge/${world.world.knowledge.columns}`)
  await page.getByRole('heading', { level: 1, name: 'My blotter lost its columns' }).waitFor()
  expect(await page.getByRole('button', { name: /Edit|Retire/ }).count()).toBe(0)
  expect(await page.getByText('Versions').count()).toBe(0)
  await visit(page, `/knowledge/${world.world.knowledge.noPrices}`)
  await page.getByText(/^There is no /).waitFor()
})
