import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { violations } from '../../web/testing/axe.ts'
import { contentWidth, faults, focused, type Opened, openWindow, phone } from './browser.ts'
import { callerOf } from './caller.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

// Two cores that are busy with other tests must not make a slow page a wrong one.
vi.setConfig({ testTimeout: 90_000 })

let world: BrowserWorld
let call: ReturnType<typeof callerOf>
const windows: Opened[] = []
const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 30_000 })

type Override = { id: string; to: string }
type Rota = { schedule: { id: string }; overrides: Override[] }

/** Two days from now at an hour of UTC: in every test the same day, whatever day it is. */
const inTwoDays = (hour: number): string =>
  Temporal.Now.instant()
    .add({ hours: 48 })
    .toZonedDateTimeISO('UTC')
    .with({ hour, minute: 0, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 })
    .toInstant()
    .toString()
const around = () => {
  const now = Temporal.Now.instant()
  return `from=${now.subtract({ hours: 24 })}&to=${now.add({ hours: 40 * 24 })}`
}

beforeAll(async () => {
  world = await openBrowserWorld({ logins: ['marta', 'priya', 'sam', 'ana', 'jonas'] })
  call = callerOf(world)
})
beforeEach(async () => {
  const { items } = (await call('marta', 'GET', `/on-call/shifts?${around()}`)) as { items: Rota[] }
  const ahead = items.flatMap(({ overrides }) => overrides).filter(({ to }) => Date.parse(to) > Date.now())
  for (const { id } of ahead) await call('marta', 'DELETE', `/overrides/${id}`)
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

const open = async (path: string, options: Parameters<typeof openWindow>[1]) => {
  const window = await openWindow(world, options)
  windows.push(window)
  await window.goto(path)
  return window.page
}

const override = (schedule: keyof BrowserWorld['world']['schedules'], more: object) =>
  call('ana', 'POST', `/schedules/${world.world.schedules[schedule]}/overrides`, {
    from: inTwoDays(10),
    to: inTwoDays(14),
    ...more,
  })
/** Takes off whoever it might be: then nobody is on call for the second line in two days from 10 to 14. */
const makeGap = async (more: object = {}) => {
  for (const who of ['priya', 'sam'] as const)
    await override('marketsSecond', { removeUserId: world.world.people[who], ...more })
}
/** Takes what is offered; Enter alone takes nothing while the list is still being narrowed. */
const take = async (page: Page, name: RegExp) => {
  await page.getByRole('option', { name }).waitFor()
  await page.keyboard.press('Enter')
}
const region = (page: Page, name: string) => page.getByRole('region', { name })
const calendar = (page: Page) => page.getByRole('group', { name: 'Who is on call' })

describe('the week', () => {
  test('shows every schedule, who has it now and who comes next, and the policies in words', async () => {
    const page = await open('/on-call', { as: 'priya' })
    for (const name of ['DBA', 'L2 markets', 'L2 markets, second', 'L2 post-trade', 'Systems & network'])
      await calendar(page).getByRole('link', { name, exact: true }).waitFor()
    await calendar(page).getByText('Night, Tokyo', { exact: true }).waitFor()
    await page.keyboard.press('b')
    const table = page.getByRole('grid', { name: 'Who is on call, as a table' })
    await table
      .getByRole('row', { name: /^DBA (Jonas W|Ines F)\./ })
      .first()
      .waitFor()
    expect(await faults(page)).toEqual([])
    await page.keyboard.press('b')
    // Whoever is in the one goes on in the other, at the same schedule.
    await calendar(page).getByRole('link', { name: 'L2 post-trade' }).focus()
    await page.keyboard.press('b')
    await eventually(() => focused(page)).toMatch(/^L2 post-trade/)
    expect(await page.evaluate<string>('document.activeElement.tagName')).toBe('TR')
    await page.keyboard.press('b')
    await eventually(() => focused(page)).toBe('L2 post-trade')
    const now = region(page, 'On call now')
    await now.getByText(/^(Jonas W|Ines F)\.$/).waitFor()
    await now.getByText(/(Jonas W|Ines F)\. from/).waitFor()
    const policy = region(page, 'Markets, critical')
    await policy.getByText('at once').waitFor()
    await policy.getByText('+ 15 min').waitFor()
    await policy.getByText('If nobody answers, it repeats twice.').waitFor()
    await policy.getByText(/Used by .*Equities order entry/).waitFor()
    await region(page, 'Needs a decision')
      .getByText(/L2 post-trade: nobody outside its hours/)
      .waitFor()
    await region(page, 'Needs a decision').getByText('Post-trade goes straight to Dan R.').waitFor()
  })

  test('is walked by keys: weeks, schedules, shifts, and the card of a shift tells the time where they are', async () => {
    const page = await open('/on-call', { as: 'priya' })
    const days = async () =>
      (await page
        .getByText(/^\d+( \w+)? ?– ?\d+ \w+$/)
        .first()
        .textContent()) ?? ''
    await calendar(page).getByRole('link', { name: 'DBA' }).waitFor()
    const first = await days()
    await page.keyboard.press('l')
    await eventually(days).not.toBe(first)
    expect(page.url()).toMatch(/week=\d{4}-\d\d-\d\d/)
    await page.keyboard.press('h')
    await page.keyboard.press('h')
    await page.keyboard.press('t')
    await eventually(days).toBe(first)
    await page.keyboard.press('l')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await eventually(() => focused(page)).toBe('L2 markets')
    await page.keyboard.press('k')
    await eventually(() => focused(page)).toBe('DBA')
    const bars = calendar(page).getByRole('button', { name: /Aiko T., L2 markets, Night, Tokyo/ })
    await bars.nth(1).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowLeft')
    await page
      .getByRole('tooltip')
      .getByText(/0[67]:00–1[45]:00 in Tokyo, where they are/)
      .waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('tooltip').waitFor({ state: 'detached' })
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'DBA' }).waitFor()
  })

  test('is shown by the clocks of another place, and stays so', async () => {
    const page = await open('/on-call', { as: 'priya' })
    await page.keyboard.press('w')
    await page.getByRole('button', { name: 'Tokyo', exact: true }).click()
    await page.getByRole('button', { name: 'shown in Tokyo, not your own' }).waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'shown in Tokyo, not your own' }).waitFor()
    // Of this week little may be left.
    await page.keyboard.press('l')
    await calendar(page)
      .getByRole('button', { name: /Aiko T., L2 markets, Night, Tokyo, .* 0[67]:00–1[45]:00/ })
      .first()
      .waitFor()
  })
})

describe('a gap', () => {
  test('that somebody makes appears without a reload, and is filled by keyboard', async () => {
    const page = await open('/on-call', { as: 'ana' })
    const decisions = region(page, 'Needs a decision')
    await decisions.getByText(/nobody outside its hours/).waitFor()
    expect(await decisions.getByText(/L2 markets, second, .*: nobody/).count()).toBe(0)
    await makeGap({ reason: 'Away day' })
    await decisions.getByText(/L2 markets, second, .*: nobody/).waitFor()
    await decisions.getByText(/Markets, critical goes straight to Ana P\./).waitFor()
    await page.keyboard.press('f')
    const dialog = page.getByRole('dialog', { name: 'Put somebody on call' })
    await dialog.getByRole('combobox', { name: 'Comes on call' }).waitFor()
    await page.keyboard.type('Aiko')
    await take(page, /Aiko T./)
    await dialog.getByText('Aiko T. is on call for 4 h in which nobody would be.').waitFor()
    await dialog.getByText(/For Aiko T. that is \d\d:00–\d\d:00 in Tokyo/).waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText(/Aiko T. is on call/).waitFor()
    await decisions.getByText(/L2 markets, second, .*: nobody/).waitFor({ state: 'detached' })
  })

  test('of another team can be seen, but not decided', async () => {
    await makeGap()
    const page = await open('/on-call', { as: 'jonas' })
    const choose = region(page, 'Needs a decision').getByRole('button', { name: 'Choose…' }).first()
    await choose.waitFor()
    expect(await choose.isDisabled()).toBe(true)
    expect(await choose.getAttribute('title')).toMatch(/another team/)
  })
})

describe('cover me', () => {
  test('puts somebody in my place, says what it comes to, and is taken back by z', async () => {
    const page = await open('/on-call', { as: 'priya' })
    await calendar(page).getByRole('link', { name: 'DBA' }).waitFor()
    await page.keyboard.press('o')
    const dialog = page.getByRole('dialog', { name: 'Cover me' })
    await eventually(() => dialog.getByRole('combobox', { name: 'Your shift' }).inputValue()).toMatch(/L2 markets/)
    await dialog.getByText('Choose who takes it.').waitFor()
    await dialog.getByRole('combobox', { name: 'Who takes it' }).focus()
    await page.keyboard.type('Ana')
    await take(page, /Ana P./)
    await dialog.getByText(/Ana P. is on call in place of Priya N. for/).waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText(/Ana P. is on call .* in place of Priya N\./).waitFor()
    // Late on a Sunday her next shift stands in the next week.
    const { dayOfWeek, hour } = Temporal.Now.zonedDateTimeISO('Europe/London')
    if (dayOfWeek === 7 && hour >= 22) await page.keyboard.press('l')
    const covered = calendar(page).getByRole('button', { name: /Ana P., .*by an override, in place of Priya N\./ })
    await covered.first().waitFor()
    await page.keyboard.press('z')
    await page.getByText('Undone.').waitFor()
    await covered.first().waitFor({ state: 'detached' })
  })

  test('says so when I am not on call at all', async () => {
    const page = await open('/on-call', { as: 'ana' })
    await page.getByRole('button', { name: 'Cover me…' }).click()
    await page.getByText('You are not on call in the next four weeks').waitFor()
  })
})

describe('an override', () => {
  test('of a few minutes can be seen', async () => {
    const to = Temporal.Instant.from(inTwoDays(10)).add({ minutes: 6 }).toString()
    await override('markets', { addUserId: world.world.people.aiko, to })
    const page = await open(`/on-call/schedules/${world.world.schedules.markets}`, { as: 'priya' })
    const bar = page.getByRole('button', { name: /^Aiko T., L2 markets, by an override, .* \(6 min\)/ }).first()
    await bar.waitFor()
    expect((await bar.boundingBox())?.width).toBeGreaterThanOrEqual(3)
  })

  test('is outlined, and removed where it is', async () => {
    await override('markets', { addUserId: world.world.people.aiko, reason: 'Go-live' })
    const page = await open('/on-call', { as: 'priya' })
    const bar = () =>
      calendar(page).getByRole('button', { name: /Aiko T., L2 markets, by an override, beside the others/ })
    if ((await bar().count()) === 0) {
      await calendar(page).getByRole('link', { name: 'DBA' }).waitFor()
      // On the last days of a week it stands in the next one.
      if ((await bar().count()) === 0) await page.keyboard.press('l')
    }
    await bar().first().waitFor()
    expect(await bar().first().getAttribute('data-look')).toBe('override')
    await bar().first().focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Override: Aiko T. as well' })
    await dialog.getByText('Go-live').waitFor()
    await dialog.getByText('Ana P.').waitFor()
    await dialog.getByRole('button', { name: 'Remove it' }).click()
    await page.getByText('The override is removed: Aiko T. as well.').waitFor()
    await bar().first().waitFor({ state: 'detached' })
  })
})

describe('on a phone', () => {
  test('who is on call stands first, and a tap on my shift gives it to somebody', async () => {
    const page = await open('/on-call', { as: 'priya', viewport: phone, hasTouch: true, isMobile: true })
    await region(page, 'On call now').waitFor()
    expect(await page.getByRole('region').first().getByRole('heading').textContent()).toBe('On call now')
    const mine = calendar(page)
      .getByRole('button', { name: /Priya N. \(you\), L2 markets/ })
      .first()
    await page.getByRole('button', { name: 'One day later' }).tap()
    await mine.waitFor()
    expect((await mine.boundingBox())?.height).toBeGreaterThanOrEqual(44)
    await mine.tap()
    const dialog = page.getByRole('dialog', { name: 'Somebody else takes it' })
    await dialog.getByRole('combobox', { name: 'Comes on call' }).tap()
    await dialog.getByRole('option', { name: /Ana P./ }).tap()
    await dialog.getByText(/in place of Priya N\./).waitFor()
    expect(await contentWidth(page)).toBe(phone.width)
    await dialog.getByRole('button', { name: 'Put Ana P. on call' }).tap()
    await page.getByText(/Ana P. is on call .* in place of Priya N\./).waitFor()
    await calendar(page)
      .getByRole('button', { name: /Ana P., L2 markets, by an override/ })
      .first()
      .waitFor()
  })
})

test.each([
  ['wide', undefined, 'light', 'dark'],
  ['on a phone', phone, 'dark', 'light'],
] as const)(
  'axe finds nothing %s, in both themes, with a gap, an override and a dialog',
  async (_name, viewport, first, second) => {
    await makeGap()
    await override('markets', { addUserId: world.world.people.sam })
    const page = await open('/on-call', { as: 'priya', colorScheme: first, ...(viewport && { viewport }) })
    await region(page, 'Needs a decision')
      .getByText(/L2 markets, second/)
      .first()
      .waitFor()
    expect(await violations(page)).toEqual([])
    if (viewport) expect(await contentWidth(page)).toBe(phone.width)
    await page.emulateMedia({ colorScheme: second })
    expect(await violations(page, 'color-contrast')).toEqual([])
    await page.keyboard.press('c')
    const schedule = page.getByRole('dialog', { name: 'New override' }).getByRole('combobox', { name: 'Schedule' })
    await schedule.waitFor()
    await expect.poll(() => schedule.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true)
    expect(await violations(page)).toEqual([])
  },
)
