import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { violations } from '../../web/testing/axe.ts'
import { faults, focused, type Opened, openWindow, phone, visit } from './browser.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

// Two cores that are busy with other tests must not make a slow page a wrong one.
vi.setConfig({ testTimeout: 90_000 })

let bank: BrowserWorld
let empty: BrowserWorld
let monitorId: string
const windows: Opened[] = []

beforeAll(async () => {
  ;[bank, empty] = await Promise.all([
    openBrowserWorld({ logins: ['marta', 'priya', 'laurent'] }),
    openBrowserWorld({ logins: ['marta'], empty: true }),
  ])
})
beforeAll(async () => {
  const window = await openWindow(bank, { as: 'marta' })
  const made = await send(window.page, '/monitors', {
    name: 'Order gateway',
    kind: 'http',
    config: { address: `${bank.url}/healthz`, timeoutSeconds: 5 },
    serviceId: bank.world.services.orderEntry,
    intervalSeconds: 86_400,
    downAfter: 1,
  })
  monitorId = made.id
  await window.close()
})
afterEach(async () => {
  for (const window of windows.splice(0)) {
    expect(window.complaints).toEqual([])
    await window.close()
  }
})
afterAll(async () => {
  await bank?.close()
  await empty?.close()
})

const open = async (path: string, options: Parameters<typeof openWindow>[1] = {}, world = bank) => {
  const window = await openWindow(world, { as: 'priya', ...options })
  windows.push(window)
  await window.goto(path)
  return window.page
}
type Page = Awaited<ReturnType<typeof open>>

const soon = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 30_000 })

const send = async (page: Page, path: string, data: object = {}, world = bank) => {
  const answer = await page.request.post(`/api${path}`, { headers: { origin: world.url }, data })
  expect(answer.ok(), await answer.text()).toBe(true)
  return answer.json()
}
const ticket = async (
  page: Page,
  title: string,
  more: object = {},
  world = bank,
): Promise<{ id: string; number: string }> =>
  (await send(page, '/tickets', { title, kind: 'incident', ...more }, world)).ticket
const panel = (page: Page, name: string) => page.getByRole('region', { name })

describe('a fresh installation', () => {
  test('shows the first steps, which tick themselves off', async () => {
    const page = await open('/', { as: 'marta' }, empty)
    await page.getByText('nothing is watched yet, so nothing is known').waitFor()
    const steps = panel(page, 'First steps').getByRole('listitem')
    await soon(() => steps.count()).toBe(5)
    expect(await violations(page)).toEqual([])
    await send(page, '/services', { name: 'Order entry', slug: 'order-entry', kind: 'business' }, empty)
    await panel(page, 'First steps').getByText('1 of 5 done').waitFor()
    await steps.filter({ hasText: 'Name what you support (done)' }).waitFor()
    await page.keyboard.press('j')
    expect(await focused(page)).toBe('Add how you are reached')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    expect(await focused(page)).toBe('Add a monitor')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'New monitor' }).waitFor()
    await page.goBack()
    // A desk that nothing reports to still works on what people tell it.
    await panel(page, 'Broken now').waitFor({ state: 'detached' })
    await ticket(page, 'The blotter is slow', {}, empty)
    await panel(page, 'Broken now').getByText('The blotter is slow').waitFor()
    const target = { address: 'http://127.0.0.1:9/', timeoutSeconds: 5 }
    await send(page, '/monitors', { name: 'Order entry', kind: 'http', config: target, intervalSeconds: 86_400 }, empty)
    // From now on something is known, and only the steps that are left stand beside it.
    await soon(() => steps.count()).toBe(3)
    await page.getByRole('button', { name: 'Put away' }).click()
    await soon(() => panel(page, 'First steps').count()).toBe(0)
    await page.reload()
    await panel(page, 'Broken now').waitFor()
    expect(await panel(page, 'First steps').count()).toBe(0)
  })
})

/** What is too small to be read from afar, cut, or has to be scrolled for. */
const wallFaults = `(() => {
  const main = document.querySelector('main')
  const faults = main.scrollHeight > main.clientHeight ? ['it scrolls'] : []
  const seen = [...main.querySelectorAll('section')]
  for (const section of seen) {
    const { bottom } = section.getBoundingClientRect()
    if (bottom > innerHeight) faults.push(section.innerText.slice(0, 20) + ' is below the edge')
    for (const row of section.querySelectorAll('[data-room] > :not([inert])')) {
      const own = row.getBoundingClientRect()
      if (own.height < 34) faults.push(row.innerText.slice(0, 40) + ' is only ' + own.height + ' px high')
      if (own.bottom > bottom) faults.push(row.innerText.slice(0, 40) + ' is cut')
    }
  }
  return seen.length < 4 ? ['only ' + seen.length + ' panels'] : faults
})()`

describe('the floor', () => {
  test('shows what breaks, whom it hurts and who has it, as it happens', async () => {
    const page = await open('/')
    await page.getByText('nothing needs anyone now').waitFor()
    await page.getByText('Nothing is broken.').waitFor()
    const broken = panel(page, 'Broken now')
    const services = { order: bank.world.services.orderEntry, fix: bank.world.services.fix }
    await ticket(page, 'UAT simulator refuses logons', {
      serviceId: services.fix,
      environment: 'uat',
      impact: 'low',
      urgency: 'low',
    })
    await broken.getByText('uat: nobody is woken').waitFor()
    await page.getByText('nothing is urgent, 1 waits for somebody').waitFor()
    const { number, id } = await ticket(page, 'No prices on EMEA blotters', {
      serviceId: services.order,
      impact: 'high',
      urgency: 'high',
    })
    await page.getByText('1 thing needs someone now').waitFor()
    await broken.getByText(/^\d+ people: EMEA cash equities/).waitFor()
    const first = broken.getByRole('link').first()
    expect(await first.textContent()).toMatch(/^P1No prices on EMEA blotters.*min to first reply.*nobody yet$/)
    await panel(page, 'Just happened').getByText(`Priya N. opened ${number}: No prices on EMEA blotters`).waitFor()

    await send(page, `/tickets/${id}/assignee`)
    await page.getByText('nothing is urgent, 1 waits for somebody').waitFor()
    await soon(() => first.textContent()).toMatch(/Priya N\.$/)
    await panel(page, 'Just happened').getByText(`Priya N. took ${number}.`).waitFor()

    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/tickets/${number}`)
  })

  test('nothing moves under a mouse that is on its way, here or in a list; it comes when that rests', async () => {
    const service = { serviceId: bank.world.services.orderEntry }
    const page = await open('/')
    for (const [path, word, rows, list] of [
      ['/', 'Heron', panel(page, 'Broken now').getByRole('link'), /\/api\/tickets\?.*kind=incident/],
      ['/queue?q=state:open walrus', 'Walrus', page.locator('tbody tr'), /\/api\/tickets\?.*q=walrus/],
    ] as const) {
      const first = async () => RegExp(`${word} (here|above)`).exec((await rows.first().textContent()) ?? '')?.[0]
      await ticket(page, `${word} here`, { ...service, impact: 'high', urgency: 'low' })
      if (path !== '/') await visit(page, path)
      await soon(() => rows.filter({ hasText: `${word} here` }).count()).toBe(1)
      const [before, box] = [await first(), await rows.first().boundingBox()]
      let answer = () => {}
      const later = new Promise<void>((done) => {
        answer = done
      })
      await page.route(list, async (route) => {
        await later
        await route.fallback()
      })
      const heard = page.waitForRequest(list)
      await ticket(page, `${word} above`, { ...service, impact: 'high', urgency: 'high' })
      await heard
      const at = { x: (box?.x ?? 0) + 60, y: (box?.y ?? 0) + 10 }
      for (const by of [0, 4, 8]) await page.mouse.move(at.x + by, at.y)
      const read = page.waitForResponse(list)
      answer()
      await (await read).finished()
      await page.waitForTimeout(200)
      expect(await first()).toBe(before)
      await soon(first).toBe(`${word} above`)
      await page.unrouteAll({ behavior: 'ignoreErrors' })
    }
  })

  test('shows what is about to break, a job that is late and a clock that runs out, until it comes and is done', async () => {
    const page = await open('/', { as: 'marta' })
    const risks = panel(page, 'About to break')
    const { id: job } = await send(page, '/jobs', {
      name: 'EOD prices',
      schedule: { kind: 'period', seconds: 60 },
      graceSeconds: 3_600,
    })
    const before = Temporal.Now.instant().subtract({ minutes: 5 })
    await page.request.get(`${bank.url}/ping/${job}?at=${before}`)
    const late = risks.getByRole('listitem').filter({ hasText: 'EOD prices' })
    await late.getByText(/was due at .*its grace is not over/i).waitFor()
    await late.getByText(/^(\d+ min|1 h)/).waitFor()
    const asked = await ticket(page, 'Access for the auditor', { kind: 'request', impact: 'high', urgency: 'high' })
    const clock = risks.getByText(`first reply of ${asked.number}`)
    await clock.waitFor()

    await page.request.get(`${bank.url}/ping/${job}`)
    await send(page, `/tickets/${asked.id}/resolution`, { resolution: 'He reads everything now.' })
    for (const gone of [late, clock]) await gone.waitFor({ state: 'detached' })
  })

  test('says who is on call until when, and what we cannot see', async () => {
    const page = await open('/')
    await panel(page, 'Who has it')
      .getByText(/Priya N\.|Sam O\.|Aiko T\./)
      .first()
      .waitFor()
    await panel(page, 'Who has it')
      .getByText(/^next hand-over/)
      .waitFor()
    await panel(page, 'Services').getByText('Equities order entry').waitFor({ timeout: 30_000 })
    await panel(page, 'Services').getByText('P1 open').waitFor()
    await panel(page, 'Services')
      .getByText(/not watched by anything: we do not know/)
      .waitFor()
    await soon(async () => (await (await page.request.get(`/api/monitors/${monitorId}`)).json()).state).toBe('up')
    // As if its process had been away for an hour.
    await sql`update monitor_states set watched_until = now() - interval '1 hour' where monitor_id = ${monitorId}`.execute(
      bank.house.platform.db,
    )
    await page.reload()
    await panel(page, 'Broken now')
      .getByText(/blind since .* nobody looks/)
      .waitFor()
    await panel(page, 'Broken now').getByRole('link', { name: 'Order gateway' }).click()
    await page
      .getByText(/Blind since/)
      .first()
      .waitFor()
    expect(await page.getByText(/^unknown for/).count()).toBe(1)
  })

  test('an announcement reaches everybody at once, and is ended, and put up again', async () => {
    const other = await open('/')
    const page = await open('/', { as: 'marta' })
    await panel(page, 'Broken now').waitFor()
    await page.keyboard.press('Shift+N')
    const dialog = page.getByRole('dialog', { name: 'Announce something to everybody at the desk' })
    await dialog.getByLabel('What should everybody know?').fill('The vendor patches tonight')
    await dialog.getByLabel('More words').fill('From **22:00**: <img src=x onerror=alert(1)>')
    await page.keyboard.press('Control+Enter')
    await dialog.waitFor({ state: 'hidden' })
    await panel(other, 'The vendor patches tonight').getByText('22:00').waitFor()
    expect(await panel(other, 'The vendor patches tonight').locator('img').count()).toBe(0)
    await panel(page, 'The vendor patches tonight').getByRole('button', { name: 'End it' }).click()
    await panel(other, 'The vendor patches tonight').waitFor({ state: 'hidden' })
    await page.keyboard.press('z')
    await panel(other, 'The vendor patches tonight').waitFor()

    // All of the floor can be read, in both themes and on a phone.
    await panel(other, 'Broken now').waitFor()
    await panel(other, 'Services').getByText('Equities order entry').waitFor()
    expect(await faults(other)).toEqual([])
    // Behind the strips of the services there is a table.
    await other.getByRole('button', { name: 'Table' }).waitFor()
    await other.keyboard.press('b')
    await other
      .getByRole('grid', { name: 'Services, last 24 hours' })
      .or(other.getByRole('table', { name: 'Services, last 24 hours' }))
      .getByRole('row', { name: /^Equities order entry/ })
      .waitFor()
    expect(await faults(other)).toEqual([])
    await other.setViewportSize(phone)
    await panel(other, 'Who has it').waitFor()
    expect(await violations(other)).toEqual([])
  })

  test('goes onto the big screen and back by a key, or by its address', async () => {
    const page = await open('/', { colorScheme: 'light' })
    const scheme = () => page.locator('html').getAttribute('data-mantine-color-scheme')
    await page.getByRole('navigation', { name: 'Main', exact: true }).waitFor()
    expect(await scheme()).toBe('light')
    await page.keyboard.press('w')
    await soon(() => page.getByRole('navigation').count()).toBe(0)
    expect(page.url()).toContain('wall=1')
    expect(await scheme()).toBe('dark')
    expect(await violations(page)).toEqual([])
    // It is read from five metres, and nobody scrolls it: what has no room is counted.
    for (const at of Array(8).keys()) await ticket(page, `Wall ${at}`, { impact: 'high', urgency: 'low' })
    await page.setViewportSize({ width: 1920, height: 1080 })
    await page.reload()
    const broken = panel(page, 'Broken now')
    await broken.getByRole('link', { name: /\d+ more/ }).waitFor()
    expect(await page.evaluate(wallFaults)).toEqual([])
    expect(await page.getByRole('navigation').count()).toBe(0)
    await page.keyboard.press('Escape')
    await page.getByRole('navigation', { name: 'Main', exact: true }).waitFor()
    expect(await scheme()).toBe('light')
  })

  test('is no place for those who ask: they have a home of their own', async () => {
    const page = await open('/', { as: 'laurent' })
    await page.getByRole('heading', { level: 1, name: 'How can we help?' }).waitFor()
  })
})
