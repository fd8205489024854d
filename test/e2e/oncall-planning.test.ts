import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { violations } from '../../web/testing/axe.ts'
import { contentWidth, type Opened, openWindow, phone } from './browser.ts'
import { callerOf } from './caller.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

// Two cores that are busy with other tests must not make a slow page a wrong one.
vi.setConfig({ testTimeout: 90_000 })

let world: BrowserWorld
let call: ReturnType<typeof callerOf>
const windows: Opened[] = []
const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 30_000 })

beforeAll(async () => {
  world = await openBrowserWorld({ logins: ['marta', 'priya', 'ana'] })
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

const open = async (path: string, options: Parameters<typeof openWindow>[1]) => {
  const window = await openWindow(world, options)
  windows.push(window)
  await window.goto(path)
  return window.page
}
const schedulePath = (name: keyof BrowserWorld['world']['schedules']) =>
  `/on-call/schedules/${world.world.schedules[name]}`
const policyPath = (name: keyof BrowserWorld['world']['policies']) => `/on-call/policies/${world.world.policies[name]}`
const region = (page: Page, name: string) => page.getByRole('region', { name })
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
/** Chooses in a field that one types in. */
const choose = async (page: Page, field: string, typed: string, option: RegExp) => {
  await page.getByRole('combobox', { name: field }).focus()
  await page.keyboard.type(typed)
  await page.getByRole('option', { name: option }).first().waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('option').first().waitFor({ state: 'hidden' })
}

test('the palette leads from any page to an override, which is asked for on arrival', async () => {
  const page = await open('/', { as: 'ana' })
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('swap')
  await page.getByRole('option', { name: 'Add an override…' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'New override' }).waitFor()
  // Escape leaves the list, then the question.
  await page.getByRole('option', { name: 'L2 markets', exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await heading(page, 'On-call').waitFor()
  // The form of a new one begins at its name.
  await page.getByRole('button', { name: 'New schedule', disabled: false }).waitFor()
  await page.keyboard.press('n')
  await page.getByRole('textbox', { name: 'Name', exact: true }).and(page.locator(':focus')).waitFor()
})

describe('a schedule', () => {
  test('is made by a lead, who sees its weeks before it is saved', async () => {
    const page = await open('/on-call', { as: 'ana' })
    await page.getByRole('button', { name: 'New schedule', disabled: false }).waitFor()
    await page.keyboard.press('n')
    await heading(page, 'New schedule').waitFor()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Weekend duty')
    expect(await page.getByRole('textbox', { name: 'Short name' }).inputValue()).toBe('weekend-duty')
    await page.getByText('Choose who takes turns').waitFor()
    await page.getByRole('button', { name: 'All of L2 Markets support' }).click()
    const weeks = page.getByRole('group', { name: 'Who is on call for Weekend duty' })
    await weeks
      .getByRole('button', { name: /^Aiko T\., / })
      .first()
      .waitFor()
    await page.getByText('Somebody is on call all the time in these 5 weeks.').waitFor()
    await page.getByRole('button', { name: 'Only in some hours' }).click()
    await page.getByText(/Outside the hours of its layers nobody is on call/).waitFor()
    await page.keyboard.press('Control+Enter')
    await heading(page, 'Weekend duty').waitFor()
    await region(page, 'Layers').getByText('Covers Mon–Fri 07:00–19:00.').waitFor()
    await region(page, 'Layers').getByText('Aiko T., Ana P., Priya N. and Sam O., in turns').waitFor()
  })

  test('says who is on call from the second that it was made', async () => {
    const page = await open('/on-call', { as: 'ana' })
    await page.getByRole('button', { name: 'New schedule', disabled: false }).waitFor()
    await page.keyboard.press('n')
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Day and night')
    await page.getByRole('button', { name: 'All of L2 Markets support' }).click()
    await page.getByText('Somebody is on call all the time in these 5 weeks.').waitFor()
    await page.keyboard.press('Control+Enter')
    await heading(page, 'Day and night').waitFor()
    await page.getByText(/^now: (Aiko T|Ana P|Priya N|Sam O)\.$/).waitFor({ timeout: 8_000 })
  })

  test('that would take a short name twice says so at the field', async () => {
    const page = await open('/on-call/schedules/new', { as: 'ana' })
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Markets')
    await page.getByRole('button', { name: 'Make the schedule' }).click()
    await page.getByText('There is a schedule markets already; choose another.').waitFor()
  })

  test('is changed by keys: the preview says who takes over from whom, and saving keeps the past', async () => {
    const page = await open(schedulePath('marketsSecond'), { as: 'ana' })
    await region(page, 'Layers').getByText('Sam O. and Priya N., in turns').waitFor()
    await page.keyboard.press('e')
    await heading(page, 'Change L2 markets, second').waitFor()
    await page.getByText('Nobody’s shifts change in these 5 weeks.').waitFor()
    await choose(page, 'Add somebody', 'Ana', /Ana P\./)
    const list = page.getByRole('list', { name: 'Who takes turns, in this order' })
    await eventually(() => list.getByRole('listitem').count()).toBe(3)
    await page
      .getByText(/Ana P\. instead of (Sam O|Priya N)\./)
      .first()
      .waitFor()
    const changed = page.getByRole('button', { name: /^Ana P\. \(you\)/ }).first()
    expect(await changed.getAttribute('data-look')).toBe('changed')
    await list.getByRole('button', { name: /^Ana P\., turn 3 of 3/ }).focus()
    await page.keyboard.press('ArrowUp')
    await eventually(() => list.getByRole('listitem').nth(1).textContent()).toContain('Ana P.')
    await eventually(
      async () =>
        await page
          .getByRole('button', { name: /^Ana P\., turn 2 of 3/ })
          .evaluate((e) => e.ownerDocument.activeElement === e),
    ).toBe(true)
    await page.keyboard.press('Control+Enter')
    await page.getByText('L2 markets, second is saved. What was until now stays.').waitFor()
    await region(page, 'Layers').getByText('Sam O., Ana P. and Priya N., in turns').waitFor()
  })

  test('that somebody else changed meanwhile is not overwritten', async () => {
    const page = await open(schedulePath('markets'), { as: 'ana' })
    await region(page, 'Layers').getByText('Night, Tokyo').waitFor()
    await page.keyboard.press('e')
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('L2 markets, mine')
    const read = `/api/schedules/${world.world.schedules.markets}`
    // The page hears of it and reads the schedule again; what is in the form stays what it was made from.
    const heard = page.waitForResponse((answer) => answer.url().endsWith(read) && answer.request().method() === 'GET')
    await call('marta', 'PATCH', `/schedules/${world.world.schedules.markets}`, { name: 'L2 markets' })
    await heard
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('L2 markets was changed meanwhile. Load it again, and make your change anew.').waitFor()
    await page.keyboard.press('Escape')
    await heading(page, 'L2 markets').waitFor()
  })

  test('shows its overrides, and takes one away and back again', async () => {
    const at = (hours: number) => Temporal.Now.instant().add({ hours }).toString()
    await call('ana', 'POST', `/schedules/${world.world.schedules.markets}/overrides`, {
      from: at(30),
      to: at(34),
      addUserId: world.world.people.sam,
      reason: 'Go-live',
    })
    const page = await open(schedulePath('markets'), { as: 'priya' })
    const overrides = region(page, 'Overrides')
    await overrides.getByText('Sam O. as well').waitFor()
    await overrides.getByText('Go-live, by Ana P.').waitFor()
    await overrides.getByRole('button', { name: /Remove the override: Sam O\. as well/ }).click()
    await overrides.getByText('No overrides in these weeks.').waitFor()
    await page.keyboard.press('z')
    await overrides.getByText('Go-live, by Priya N.').waitFor()
    const edit = page.getByRole('button', { name: 'Edit' })
    expect(await edit.getAttribute('aria-disabled')).toBe('true')
  })

  test('that does not exist is said; to try again would not help', async () => {
    const page = await open('/on-call/schedules/0198c1f0-0000-7000-8000-0000000000aa', { as: 'ana' })
    await page.getByText('There is no such schedule.').waitFor()
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0)
  })
})

describe('a policy', () => {
  test('tells whom it would reach now, and changes with its steps before it is saved', async () => {
    const page = await open(policyPath('markets'), { as: 'ana' })
    const now = region(page, 'What happens now')
    await now.getByText(/On call for L2 markets until/).waitFor()
    await now.getByText('Ana P.').waitFor()
    await now.getByText(/After 25 min it begins again, twice\. 1 h 15 min after its start it has run out/).waitFor()
    await page.keyboard.press('e')
    await heading(page, 'Change Markets, critical').waitFor()
    await page.getByRole('button', { name: 'Add a step' }).click()
    expect(await page.getByRole('button', { name: 'Save' }).getAttribute('aria-disabled')).toBe('true')
    await choose(page, 'Step 4 turns to', 'Dan', /Dan R\./)
    await page.getByRole('textbox', { name: 'Minutes before step 4' }).fill('30')
    await now.getByText('+ 45 min').waitFor()
    await now.getByText('Dan R.').waitFor()
    await page.getByRole('button', { name: 'Move step 4 up' }).click()
    await now.getByText('+ 35 min').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText(/Markets, critical is saved\./).waitFor()
    await region(page, 'Steps').getByText('Dan R.').waitFor()
    await region(page, 'Steps').getByText('+ 35 min').waitFor()
  })

  test('is made, and given to a service, which can be undone', async () => {
    const page = await open('/on-call', { as: 'marta' })
    await page.getByRole('button', { name: 'New policy' }).waitFor()
    await page.keyboard.press('p')
    await heading(page, 'New escalation policy').waitFor()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Quiet')
    await choose(page, 'Step 1 turns to', 'DBA', /^On call for DBA$/)
    await region(page, 'What happens now')
      .getByText(/On call for DBA until/)
      .waitFor()
    await page.keyboard.press('Control+Enter')
    await heading(page, 'Quiet').waitFor()
    const services = region(page, 'Services')
    await services.getByText('none is escalated by it').waitFor()
    await choose(page, 'Give it to a service', 'Settle', /Settlement.*Post-trade/)
    await page.getByText('Settlement is escalated by Quiet, no longer by Post-trade.').waitFor()
    await services.getByRole('link', { name: 'Settlement' }).waitFor()
    await page.keyboard.press('z')
    await services.getByRole('link', { name: 'Settlement' }).waitFor({ state: 'detached' })
    const post = await call('marta', 'GET', `/escalation-policies/${world.world.policies.postTrade}`)
    expect(post.services.map((s: { name: string }) => s.name)).toContain('Settlement')
  })

  test('can be read by those who may not change it', async () => {
    const page = await open(policyPath('infrastructure'), { as: 'priya' })
    await region(page, 'What happens now')
      .getByText(/Member of Systems & network/)
      .first()
      .waitFor()
    expect(await page.getByRole('button', { name: 'Edit' }).getAttribute('aria-disabled')).toBe('true')
    expect(await region(page, 'Services').getByRole('button').first().isDisabled()).toBe(true)
  })
})

describe('axe', () => {
  test.each([
    ['a schedule', () => schedulePath('markets'), 'L2 markets', /^(Priya|Sam) .\., L2 markets/],
    ['a policy', () => policyPath('postTrade'), 'Post-trade', /^Take the policy from/],
  ] as const)(
    'finds nothing on %s, looked at and edited, in both themes and on a phone',
    async (_n, path, title, button) => {
      const page = await open(path(), { as: 'marta', colorScheme: 'light' })
      await page.getByRole('button', { name: button }).first().waitFor()
      expect(await violations(page)).toEqual([])
      await page.setViewportSize(phone)
      await eventually(() => contentWidth(page)).toBe(phone.width)
      await page.emulateMedia({ colorScheme: 'dark' })
      expect(await violations(page, 'color-contrast')).toEqual([])
      await page.keyboard.press('e')
      await heading(page, `Change ${title}`).waitFor()
      await eventually(() => contentWidth(page)).toBe(phone.width)
      await page.setViewportSize({ width: 1440, height: 900 })
      expect(await violations(page)).toEqual([])
    },
  )
})
