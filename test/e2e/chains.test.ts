import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type EodNight, eodNight } from '../harness/eod-night.ts'
import { faults, type Opened, openWindow, phone, visit } from './browser.ts'
import { callerOf } from './caller.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

// Two cores that are busy with other tests must not make a slow page a wrong one.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

let world: BrowserWorld
let call: ReturnType<typeof callerOf>
let night: EodNight
const windows: Opened[] = []

beforeAll(async () => {
  world = await openBrowserWorld({ logins: ['marta'] })
  call = callerOf(world)
  night = await eodNight(world.house, world.url, (...asked) => call('marta', ...asked), world.world.services)
  // Each has its first prediction.
  await vi.waitUntil(async () => (await call('marta', 'GET', '/deadlines?view=trouble')).items.length === 2, {
    timeout: 60_000,
    interval: 500,
  })
})
afterEach(async () => {
  for (const window of windows.splice(0)) {
    expect(window.complaints).toEqual([])
    await window.close()
  }
})
afterAll(() => world?.close())

const open = async (path: string, options: Partial<Parameters<typeof openWindow>[1]> = {}) => {
  const window = await openWindow(world, { as: 'marta', ...options })
  windows.push(window)
  await window.goto(path)
  return window.page
}
const pnl = () => night.deadlines.get('EOD P&L') ?? ''

test('the board shows who is hurt first and is filtered; the chain behind it is walked by keyboard, and asked what if', async () => {
  const page = await open('/chains')
  const rows = page.getByRole('grid', { name: 'Deadlines' }).getByRole('row')
  const row = rows.filter({ hasText: /EOD P&L.*%.*EOD_PRICES.*Derivatives desk opens without P&L/ })
  await row.waitFor()
  await rows.filter({ hasText: /blocked.*SWIFT cut-off/ }).waitFor()
  await rows.filter({ hasText: /done.*Cash report/ }).waitFor()
  // What needs somebody stands before what is done.
  expect(await rows.nth(1).textContent()).toMatch(/SWIFT cut-off|EOD P&L/)
  await page.getByRole('link', { name: /^Deadlines/ }).waitFor()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('o')
  const take = page.getByRole('dialog', { name: 'Take the deadlines along' })
  await take.getByRole('button', { name: 'Make an address' }).click()
  const address = await take.getByText(/^http.*\/feeds\/deadlines\/[\w-]{43}\.ics$/).textContent()
  const feed = await fetch((address ?? '').replace(/^https?:\/\/[^/]+/, world.url))
  expect(await feed.text()).toContain('SUMMARY:EOD P&L')
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Escape')
  await take.waitFor({ state: 'hidden' })
  await page.getByLabel('Filter the deadlines').fill('state:blocked')
  await page.keyboard.press('Enter')
  await expect.poll(() => rows.filter({ hasText: 'EOD P&L' }).count()).toBe(0)
  await page.getByLabel('Filter the deadlines').fill('state:dead')
  await page.keyboard.press('Enter')
  await page.getByText(/state:dead is not known/).waitFor()

  await visit(page, `/chains/${pnl()}`)
  const jobs = page.getByRole('list', { name: 'Jobs of EOD P&L' })
  await jobs.getByText('EOD_PRICES', { exact: true }).waitFor()
  await page.getByText(/^if it finished now: odds/).waitFor()
  await jobs
    .getByText(/^running, started .*expected to end .*on the critical path$/)
    .first()
    .waitFor()
  expect(await faults(page)).toEqual([])
  // Nearer, later, all of it.
  const seen = () => page.getByText(/^\d\d:\d\d–\d\d:\d\d$/).textContent()
  await page.keyboard.press('0')
  const whole = await seen()
  await page.keyboard.press('+')
  await expect.poll(seen).not.toBe(whole)
  await page.keyboard.press('0')
  await expect.poll(seen).toBe(whole)
  const place = async () => Number(await jobs.locator('li[aria-current=true]').getAttribute('aria-posinset'))
  await page.keyboard.press('j')
  const first = await place()
  await page.keyboard.press('j')
  await expect.poll(place).toBe(first + 1)

  const edit = page.getByRole('button', { name: 'Edit' })
  await edit.focus()
  await page.keyboard.press('w')
  const what = page.getByRole('region', { name: 'What if' })
  const hasFocus = (one: typeof edit) => expect.poll(() => one.evaluate((e) => e.ownerDocument.activeElement === e))
  await hasFocus(what.getByRole('combobox', { name: 'Job' })).toBe(true)
  await page.keyboard.press('Escape')
  await what.waitFor({ state: 'hidden' })
  await hasFocus(edit).toBe(true)
  await page.keyboard.press('w')
  await what.getByRole('button', { name: 'Add' }).click()
  await what.getByText('EOD_PRICES finishes now').waitFor()
  await what.getByText('Ends that move').waitFor()
  await what.getByRole('row', { name: /^Odds to miss/ }).waitFor()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Escape')
  await what.waitFor({ state: 'hidden' })
  await page.keyboard.press('t')
  await page
    .getByRole('grid', { name: 'Jobs of EOD P&L' })
    .getByRole('row', { name: /EOD_CALC.*waits/ })
    .waitFor()
  await page.keyboard.press('t')

  // The next date is one that is still planned.
  await page.keyboard.press(']')
  await page.getByText('Planned', { exact: true }).waitFor()
  await page.keyboard.press('.')
  await page.getByText('Tonight', { exact: true }).waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page
    .getByRole('list', { name: 'Deadlines that hang on it' })
    .getByText(/^If it slips: /)
    .first()
    .waitFor()
})

test('a deadline is extended with its reason, held, and let go, each by key', async () => {
  const page = await open(`/chains/${pnl()}`)
  await page.getByRole('button', { name: 'Extend' }).waitFor()
  await page.keyboard.press('u')
  const extend = page.getByRole('dialog', { name: /^Extend EOD P&L of/ })
  await extend.getByRole('button', { name: '+2 h' }).click()
  await extend.getByLabel('Why').fill('The desk opens late')
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page.getByText(/moved it from .*: The desk opens late/).waitFor()
  await page.keyboard.press('z')
  await page.getByText(/moved it from/).waitFor({ state: 'hidden' })
  await page.keyboard.press('m')
  const hold = page.getByRole('dialog', { name: 'Hold the alarms of EOD P&L' })
  await hold.getByLabel('Why').fill('The desk knows')
  await page.keyboard.press('Enter')
  await page.getByText(/^Its alarms are held until .*: The desk knows$/).waitFor()
  await page.keyboard.press('m')
  await page.getByText('EOD P&L alarms again.').waitFor()
  expect((await call('marta', 'GET', `/deadlines/${pnl()}`)).held).toBeNull()
})

test('a deadline is set by keyboard, changed and deleted', async () => {
  const page = await open('/chains/new')
  await page.getByLabel('Name').fill('Risk limits')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Choose the last job of the chain.').waitFor()
  await page.getByRole('combobox', { name: 'Last job' }).fill('RISK_LIM')
  await page.getByRole('option', { name: /RISK_LIMITS/ }).click()
  await page.getByLabel('If it slips').fill('Limits stay at yesterday’s')
  await page.getByRole('region', { name: 'Next due' }).getByRole('listitem').first().waitFor()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { level: 1, name: 'Risk limits' }).waitFor()
  await page.getByText('Limits stay at yesterday’s').waitFor()
  await page.keyboard.press('e')
  await page.getByLabel('Time of day').fill('08:30')
  await page.keyboard.press('Enter')
  await page.getByText('Risk limits is saved.').waitFor()
  await page.keyboard.press('e')
  await page.getByRole('button', { name: 'Delete' }).click()
  await page
    .getByRole('dialog', { name: 'Delete Risk limits' })
    .getByText(/Its jobs stay/)
    .waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { level: 1, name: 'Deadlines' }).waitFor()
  await page.getByText('Risk limits is deleted.').waitFor()
})

test('the graph around a job shows what hangs on it; an edge is drawn and taken away; pre-flight shows the night, and the back-test what it was worth', async () => {
  const page = await open(`/jobs/${night.jobs.get('EOD_CALC')}/graph`)
  const side = page.getByRole('region', { name: 'EOD_CALC' })
  await side.getByRole('link', { name: 'EOD_PRICES' }).waitFor()
  await side.getByRole('link', { name: 'EOD P&L' }).waitFor()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('n')
  const draw = page.getByRole('dialog', { name: 'Draw an edge of EOD_CALC' })
  await draw.getByRole('combobox', { name: 'The other job' }).fill('CASH_REC')
  await page.getByRole('option', { name: /CASH_RECON/ }).click()
  await draw.getByLabel('How one knows').fill('It reads its file')
  await page.keyboard.press('Enter')
  const drawn = page.getByRole('region', { name: 'Drawn by people' })
  await drawn.getByRole('button', { name: 'Take away: EOD_CALC waits for CASH_RECON' }).click()
  await page.keyboard.press('Control+Enter')
  await drawn.waitFor({ state: 'hidden' })
  await page.keyboard.press('t')
  await page
    .getByRole('grid', { name: 'Jobs around EOD_CALC' })
    .getByRole('row', { name: /1 before.*EOD_PRICES/ })
    .waitFor()
  // Another one is opened as a table as well, and who reads on is at its heading.
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: /^Around (?!EOD_CALC|a job)/ }).waitFor()
  await page.getByRole('grid', { name: /^Jobs around (?!EOD_CALC)/ }).waitFor()
  expect(await page.evaluate<string>('document.activeElement.tagName')).toBe('H1')

  await visit(page, '/chains/pre-flight')
  await page
    .getByRole('grid', { name: 'The plan' })
    .getByRole('row', { name: /EOD P&L/ })
    .waitFor()
  expect(await faults(page)).toEqual([])

  await visit(page, `/chains/backtest?deadline=${pnl()}`)
  await page.getByRole('heading', { level: 1, name: 'Back-test of EOD P&L' }).waitFor({ timeout: 60_000 })
  await page.getByRole('img', { name: /^Odds said and missed: said/ }).waitFor()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('t')
  await page.getByRole('grid', { name: 'Odds said and missed' }).getByRole('row').nth(1).waitFor()
  await page
    .getByRole('grid', { name: 'Limits' })
    .getByRole('row', { name: /^50 % as it is/ })
    .waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('u')
  await page.getByText('EOD P&L is predicted late over 5 %.').waitFor()
  expect((await call('marta', 'GET', `/deadlines/${pnl()}`)).oddsLimit).toBe(0.05)

  // j and k are those of the limits; a row of another list is opened from itself.
  await visit(page, '/chains/backtest')
  const all = page
    .getByRole('grid', { name: 'Back-tests of deadlines' })
    .getByRole('row')
    .filter({ hasText: 'EOD P&L' })
  await all.waitFor({ timeout: 60_000 })
  await all.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Back-test of EOD P&L' }).waitFor({ timeout: 60_000 })
})

test('on a phone one sees what is in danger and takes it', async () => {
  const page = await open('/chains', { viewport: phone, isMobile: true, hasTouch: true })
  await page.getByText('act on EOD_PRICES').waitFor()
  await page.getByText('EOD P&L', { exact: true }).tap()
  await page.getByRole('button', { name: 'Acknowledge' }).tap()
  await page.getByText(/^You have "EOD P&L/).waitFor()
  // Jobs that have not ended say what they endanger; what a failed one is opened for is under the thumb.
  await call('marta', 'POST', '/scheduler-actions', {
    name: 'Run again',
    act: 'rerun',
    kind: 'http',
    config: { url: `${world.url}/healthz?job={slug}`, method: 'GET' },
  })
  await visit(page, '/jobs')
  const line = page.getByRole('link').filter({ hasText: 'STL_CREST_OUT' })
  await line.getByText(/^> 99 % to miss \d\d:\d\d$/).waitFor()
  await line.tap()
  await page.getByRole('heading', { level: 1, name: 'STL_CREST_OUT' }).waitFor()
  expect(await page.getByRole('button', { name: 'Skip' }).count()).toBe(0)
  await page.getByRole('main').getByRole('button', { name: 'More acts' }).tap()
  await page.getByRole('dialog', { name: 'More acts' }).getByRole('button', { name: 'Will be late' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Re-run' }).tap()
  await page.getByRole('dialog', { name: 'Re-run STL_CREST_OUT' }).waitFor()
})

test('a ping is on the page of its chain at once, though it is no event', async () => {
  const page = await open(`/chains/${pnl()}`)
  const count = page.getByText(/^\d+ of \d+ jobs done/)
  await count.waitFor()
  const running = Number(/(\d+) running/.exec((await count.textContent()) ?? '')?.[1] ?? 0)
  const { jobs } = await call('marta', 'GET', `/deadlines/${pnl()}/night`)
  const waiting = (jobs as { id: string; phase: string; isBox: boolean }[]).find(
    (job) => job.phase === 'waits' && !job.isBox,
  )
  await fetch(`${world.url}/ping/${waiting?.id}/start`)
  // By itself the page would look again after fifteen seconds.
  await page.getByText(`${running + 1} running`).waitFor({ timeout: 8_000 })
})
