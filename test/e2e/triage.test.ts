import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Opened, openWindow } from './browser.ts'
import { callerOf } from './caller.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

/**
 * Ten past seven: twenty tickets came in over night. An analyst goes through them without touching the mouse, and the
 * page counts what she presses.
 */

let world: BrowserWorld
let call: ReturnType<typeof callerOf>
let window: Opened

beforeAll(async () => {
  world = await openBrowserWorld({ logins: ['priya', 'ana', 'laurent'] })
  call = callerOf(world)
  window = await openWindow(world, { as: 'priya' })
  await window.page.addInitScript(counting)
})
afterAll(async () => {
  await window?.close()
  await world?.close()
})

/** Runs in the page, before anything else there: each key that is pressed, and each touch of the mouse. */
const counting = `
  window.pressed = { keys: 0, words: 0, mouse: 0 }
  addEventListener('keydown', (event) => {
    if (['Control', 'Shift', 'Meta', 'Alt'].includes(event.key)) return
    const writes = event.target.matches('textarea') && event.key.length === 1 && !event.ctrlKey
    window.pressed[writes ? 'words' : 'keys'] += 1
  }, true)
  for (const kind of ['mousedown', 'mousemove', 'touchstart', 'wheel'])
    addEventListener(kind, (event) => {
      // A mouse that lies still "moves" for the browser when the page shifts below it.
      if (kind !== 'mousemove' || event.movementX || event.movementY) window.pressed.mouse += 1
    }, true)
`
type Pressed = { keys: number; words: number; mouse: number }

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}

/** What somebody does with a ticket of a kind; answers what the page says then. */
type Handling = (page: Page, number: string) => Promise<string>
const dialogOf = (page: Page, name: RegExp) => page.getByRole('dialog', { name }).waitFor()
const chooserOf = (page: Page, name: RegExp) => page.getByRole('combobox', { name }).waitFor()

const handlings: Record<string, { titles: string[]; handle: Handling; most: number; after: object }> = {
  // Clear and somebody else's: how bad it is, and who takes it.
  assign: {
    titles: [
      'Order blotter slow since the patch',
      'Rejects on the dark pool',
      'Basket upload hangs',
      'Ticks arrive late',
    ],
    most: 12,
    after: { impact: 'medium', urgency: 'high', assignee: { name: 'Sam O.' } },
    async handle(page, number) {
      await press(page, '!')
      await dialogOf(page, /^Priority of/)
      await expect.poll(() => page.locator('input:checked:focus').count()).toBe(1)
      await press(page, 'm', 'Tab', 'h', 'Control+Enter')
      await page.getByText(`The priority of ${number} was set.`).waitFor()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await press(page, 'a')
      await chooserOf(page, /^Assign .* to$/)
      await page.keyboard.type('sam')
      await page.getByRole('option', { name: /^Sam O\./ }).waitFor()
      await press(page, 'Enter')
      return `Sam O. has ${number} now.`
    },
  },
  // Not ours to solve: the DBAs get the packet, which is written already but for what was tried.
  escalate: {
    titles: ['ORA-01555 in the position query', 'Positions database locks', 'Deadlocks at the snapshot'],
    most: 12,
    after: { escalatedTo: { name: 'DBA' } },
    async handle(page, number) {
      await press(page, 'Shift+E')
      await page.getByRole('textbox', { name: 'What is seen' }).waitFor()
      await page.keyboard.type('dba')
      await page.locator('[role=option][data-combobox-selected]', { hasText: 'DBA' }).waitFor()
      // The first thing that is missing has the focus, each time.
      await press(page, 'Enter', 'Control+Enter')
      await page.keyboard.type('Ran the query again, same error.')
      await press(page, 'Control+Enter')
      await page.keyboard.type('None: the session was killed.')
      await press(page, 'Control+Enter')
      return `${number} waits to be accepted by DBA.`
    },
  },
  // What the vendor is asked each time is a macro: take it, answer whoever asked, let it wait.
  macro: {
    titles: ['Terminal licence expired', 'Terminal shows no depth', 'Terminal login fails'],
    most: 8,
    after: { state: 'pending', pendingReason: 'vendor', assignee: { name: 'Priya N.' } },
    async handle(page, number) {
      await press(page, 'Shift+M')
      await chooserOf(page, /^Run a macro on/)
      await page.keyboard.type('vend')
      await press(page, 'Enter')
      return `Ask the vendor: done on ${number}.`
    },
  },
  // A question back, by a canned reply; then it waits for the answer.
  ask: {
    titles: ['It does not work', 'Please help', 'Screen is wrong'],
    most: 10,
    after: { state: 'pending', pendingReason: 'user' },
    async handle(page, number) {
      await press(page, 'i')
      await chooserOf(page, /^Put in a canned reply/)
      await page.keyboard.type('what')
      await press(page, 'Enter')
      const field = page.getByRole('textbox', { name: /^Reply to/ })
      await expect.poll(() => field.inputValue()).toContain(`${number}: what do you see`)
      await expect.poll(() => field.evaluate((e) => e === e.ownerDocument.activeElement)).toBe(true)
      await press(page, 'Control+Enter')
      await page.getByRole('listitem').filter({ hasText: 'public reply' }).getByText('what do you see').waitFor()
      await press(page, 'Escape', 'w')
      await dialogOf(page, /^Let .* wait/)
      await press(page, 'Control+Enter')
      return `${number} waits for the requester.`
    },
  },
  // Not before the desk is in.
  later: {
    titles: ['Report wanted by ten', 'Check the archive job', 'Font of the blotter is small'],
    most: 3,
    after: { state: 'new', assignee: null },
    async handle(page, number) {
      await press(page, 'b')
      await page.getByRole('option', { name: /In 1 h/ }).waitFor()
      await press(page, 'Enter')
      return `${number} is out of your lists`
    },
  },
  // Known, done in a minute.
  resolve: {
    titles: ['Blotter shows no prices', 'Cache full on orders01', 'Session stuck', 'Feed handler stopped'],
    most: 3,
    after: { state: 'resolved', resolution: 'Restarted the gateway.' },
    async handle(page, number) {
      await press(page, 'e')
      await dialogOf(page, new RegExp(`^Resolve ${number}`))
      await page.keyboard.type('Restarted the gateway.')
      await press(page, 'Control+Enter')
      return `${number} is resolved.`
    },
  },
}
const handlingOf = (title: string) => {
  const found = Object.values(handlings).find(({ titles }) => titles.includes(title))
  if (!found) throw new Error(`Nobody said what to do with ${title}.`)
  return found
}

/**
 * For all of it, words written aside: 7 keys a ticket. A verb is one key; whom or which one is found by three or four
 * letters and Enter; Ctrl+Enter sends. More than that would be walking through fields, which a mouse does faster.
 * How often one walks past what is done with, such as what waits to be accepted, depends on the hour: what is due next stands
 * first, and that goes by the hours of support.
 */
const budget = 140
const mostWalked = 20

test('triage of twenty new tickets without touching the mouse', async () => {
  const { page } = window
  const { services, people, teams } = world.world
  await call('ana', 'POST', '/macros', {
    teamId: teams.markets,
    name: 'Ask the vendor',
    acts: [
      { act: 'take' },
      { act: 'reply', body: 'Hello {{requester.firstName}}, {{ticket.number}} is with the vendor.' },
      { act: 'pend', reason: 'vendor' },
    ],
  })
  await call('ana', 'POST', '/canned-replies', {
    teamId: teams.markets,
    name: 'What do you see',
    body: '{{ticket.number}}: what do you see, and since when?',
  })
  const titles = Object.values(handlings).flatMap((one) => one.titles)
  // As they come: kinds mixed, some from people, some written by the desk with what it knew.
  const numbers = new Map<string, string>()
  for (const [at, title] of titles.toSorted((a, b) => a.length - b.length).entries()) {
    const { ticket } = await call('ana', 'POST', '/tickets', {
      title,
      serviceId: at % 3 === 0 ? services.marketData : services.orderEntry,
      requesterId: people.laurent,
      ...(at % 4 === 0 && { kind: 'request' }),
      ...(at % 2 === 0 && { impact: at % 4 === 0 ? 'low' : 'medium', urgency: 'medium' }),
      page: false,
    })
    numbers.set(ticket.number, title)
  }
  expect(numbers.size).toBe(20)

  await window.goto('/')
  await press(page, 'g', 'q')
  await page.getByRole('heading', { level: 1, name: 'Queue' }).waitFor()
  await press(page, '3')
  await expect.poll(() => page.getByRole('row').count()).toBe(21)
  // Into the list, and to its first row.
  await press(page, 'j', 'k')

  const pressed = () => page.evaluate<Pressed>('window.pressed')
  const cursor = async () => {
    // The row that has the focus is the one that a screen reader reads out.
    const row = await page.getByRole('row').and(page.locator(':focus')).textContent({ timeout: 5_000 })
    return row?.match(/[A-Z]{3}-\d+/)?.[0] ?? ''
  }
  const left = new Map(numbers)
  const tooMany: string[] = []
  const first = () => page.locator('tbody tr').first().textContent()
  const last = () => page.locator('tbody tr').last().textContent()
  let onward = 'j'
  let walked = 2
  while (left.size > 0) {
    const number = await cursor()
    const title = left.get(number)
    if (title === undefined) {
      // One that stays in the list though it is done with, such as one that waits to be accepted.
      // At an end of the list one turns round: what waits has gone to the end of its priority.
      if ((await last())?.includes(number)) onward = 'k'
      else if ((await first())?.includes(number)) onward = 'j'
      await press(page, onward)
      walked++
      await expect.poll(cursor).not.toBe(number)
      continue
    }
    const { handle, most } = handlingOf(title)
    await page.getByRole('list', { name: `What happened to ${number}` }).waitFor()
    const before = (await pressed()).keys
    await page.getByText(await handle(page, number)).waitFor()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    left.delete(number)
    if (left.size > 0 && !(await last())?.includes(number)) await expect.poll(cursor).not.toBe(number)
    const count = (await pressed()).keys - before
    if (count > most) tooMany.push(`${title}: ${count}`)
  }
  const { keys, mouse } = await pressed()
  const withinBudget = keys - walked <= budget && walked <= mostWalked
  expect({ tooMany, mouse, withinBudget }, `${keys} keys, ${walked} of them steps`).toEqual({
    tooMany: [],
    mouse: 0,
    withinBudget: true,
  })
  for (const [number, title] of numbers) {
    expect(await call('ana', 'GET', `/tickets/${number}`), title).toMatchObject(handlingOf(title).after)
  }
  expect((await call('priya', 'GET', '/tickets/counts')).snoozed).toBe(handlings.later?.titles.length)
  expect(window.complaints).toEqual([])
})
