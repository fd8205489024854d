import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { violations } from '../../web/testing/axe.ts'
import { contentWidth, faults, focused, inPage, type Opened, openWindow, phone, visit } from './browser.ts'
import { callerOf } from './caller.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

let world: BrowserWorld
let call: ReturnType<typeof callerOf>
const windows: Opened[] = []

beforeAll(async () => {
  world = await openBrowserWorld({ logins: ['priya', 'lena', 'laurent', 'ana'] })
  call = callerOf(world)
  // Priya has it at whatever hour this runs.
  const startsAt = `${Temporal.Now.plainDateISO('UTC').subtract({ days: 8 })}T07:00`
  await call('ana', 'PATCH', `/schedules/${world.world.schedules.markets}`, {
    layers: [{ name: 'Always', kind: 'weekly', every: 1, startsAt, participants: [world.world.people.priya] }],
  })
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

type Given = {
  title: string
  impact?: string
  urgency?: string
  requesterId?: string
  page?: boolean
  description?: string
}

/** A ticket of the markets team: its number. */
const ticket = async ({ impact = 'low', urgency = 'medium', ...given }: Given): Promise<string> => {
  const serviceId = world.world.services.orderEntry
  return (await call('lena', 'POST', '/tickets', { serviceId, impact, urgency, ...given })).ticket.number
}
const read = (number: string) => call('lena', 'GET', `/tickets/${number}`)

/** The queue with the cursor on a ticket, which is beside the list. */
const queueAt = async (number: string, filter = 'state:open team:mine') => {
  const page = await open(`/queue?q=${encodeURIComponent(filter)}`)
  await page.getByRole('row', { name: new RegExp(`${number}\\b`) }).click()
  await beside(page, number)
  return page
}
const beside = async (page: Page, number: string) =>
  page.getByRole('list', { name: `What happened to ${number}` }).waitFor()
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}

describe('the queue', () => {
  test('j and k move, the ticket beside the list follows, Enter opens it, Space hides it', async () => {
    const [first, second] = [
      await ticket({ title: 'Walked over first', impact: 'medium', urgency: 'high' }),
      await ticket({ title: 'Walked over second', impact: 'medium', urgency: 'high' }),
    ]
    const page = await queueAt(first, 'state:open walked')
    await press(page, 'j')
    await expect.poll(() => focused(page)).toContain(second)
    await beside(page, second)
    await press(page, 'k')
    await beside(page, first)
    await press(page, 'Space')
    await page.getByRole('list', { name: /What happened/ }).waitFor({ state: 'detached' })
    await press(page, 'Space', 'Enter')
    await page.getByRole('heading', { level: 1, name: `${first} Walked over first` }).waitFor()
    await press(page, 'Escape')
    await page.getByRole('heading', { level: 1, name: 'Queue' }).waitFor()
    expect(windows[0]?.complaints).toEqual([])
  })

  test('resolving by keyboard: it leaves, the next one has the focus, and z takes it back', async () => {
    const first = await ticket({ title: 'Solved by keyboard' })
    const second = await ticket({ title: 'Next after the keyboard' })
    const page = await queueAt(first, 'state:open keyboard')
    await press(page, 'e')
    await page.getByRole('dialog', { name: `Resolve ${first}` }).waitFor()
    await page.keyboard.type('Restarted the gateway.')
    await press(page, 'Control+Enter')
    await page.getByText(`${first} is resolved.`).waitFor()
    await expect.poll(() => focused(page)).toContain(second)
    expect(await page.getByRole('row', { name: new RegExp(`${first}\\b`) }).count()).toBe(0)
    expect(await read(first)).toMatchObject({ state: 'resolved', resolution: 'Restarted the gateway.' })
    await press(page, 'z')
    expect((await page.getByText('Undone.').boundingBox())?.x, 'on the list').toBeLessThan(720)
    await page.getByRole('row', { name: new RegExp(`${first}\\b`) }).waitFor()
    expect((await read(first)).state).not.toBe('resolved')
  })

  test('verbs work on what is selected, and the chooser finds a person by a part of the name', async () => {
    const numbers = [await ticket({ title: 'Selected one' }), await ticket({ title: 'Selected two' })]
    const page = await queueAt(numbers[0] ?? '', 'state:open selected')
    await press(page, 'x', 'j', 'x')
    await page.getByText('2 selected').waitFor()
    await press(page, 'a')
    await page.getByRole('combobox', { name: /^Assign .* to$/ }).waitFor()
    await page.keyboard.type('jon')
    await page.getByRole('option', { name: /^Jonas W\./ }).waitFor()
    await press(page, 'Enter')
    await page.getByText(/^Jonas W\. has .* and .* now\.$/).waitFor()
    for (const number of numbers) expect((await read(number)).assignee?.name).toBe('Jonas W.')
    expect(await page.getByText(/selected$/).count()).toBe(0)
  })

  test('the filter is text and chips, is kept in the address, and says what it cannot list', async () => {
    const urgent = await ticket({ title: 'Filtered urgent', impact: 'high', urgency: 'medium' })
    await ticket({ title: 'Filtered not urgent' })
    const page = await open('/queue?q=state:open filtered')
    await page.getByText('Filtered not urgent').waitFor()
    await press(page, '/')
    await page.keyboard.type('priority:<=2')
    await press(page, 'Enter')
    await page.getByText('Filtered not urgent').waitFor({ state: 'detached' })
    await page.getByRole('row', { name: new RegExp(urgent) }).waitFor()
    expect(new URL(page.url()).searchParams.get('q')).toBe('state:open filtered priority:<=2')
    await page.getByRole('button', { name: 'Remove filtered' }).click()
    await visit(page, '/queue?q=colour:red')
    await page.getByText('colour: is no field here. Fields are state, priority, due,').waitFor()
  })

  test('a field offers its values; several, and what is left out, are listed; chips go by keyboard; columns are chosen', async () => {
    const { laurent } = world.world.people
    const asked = await ticket({ title: 'Narrowed one', impact: 'high', urgency: 'high', requesterId: laurent })
    const other = await ticket({ title: 'Narrowed two' })
    const waits = await ticket({ title: 'Narrowed three' })
    await call('lena', 'POST', `/tickets/${waits}/pending`, { reason: 'vendor' })
    const page = await open('/queue?q=state:open narrowed')
    const rows = async () =>
      (await page.getByRole('row').allTextContents()).map((row) => /INC-\d+/.exec(row)?.[0]).slice(1)
    await expect.poll(async () => (await rows()).toSorted()).toEqual([asked, other, waits].toSorted())
    await press(page, '/')
    await page.keyboard.type('-st')
    await page.getByRole('option', { name: '-state:pending' }).click()
    await expect.poll(rows).toEqual([asked, other])
    await page.keyboard.type('req')
    await page.getByRole('option', { name: 'requester:"M. Laurent"' }).waitFor()
    await page.keyboard.type('uester:laur')
    await page.getByRole('option', { name: 'requester:"M. Laurent"' }).waitFor()
    await press(page, 'ArrowDown', 'Enter')
    await expect.poll(rows).toEqual([asked])
    expect(new URL(page.url()).searchParams.get('q')).toBe('state:open narrowed -state:pending requester:"M. Laurent"')
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: 'Remove requester:"M. Laurent"' }).focus()
    await press(page, 'Enter')
    await expect.poll(rows).toEqual([asked, other])
    await page.keyboard.type('priority:P1,')
    await page.getByRole('option', { name: 'priority:P1,P2' }).waitFor()
    await page.keyboard.type('P4')
    await press(page, 'Enter')
    await expect.poll(rows).toEqual([asked, other])

    await page.getByRole('button', { name: 'Columns' }).focus()
    await press(page, 'Enter')
    await page.getByRole('checkbox', { name: 'Kind' }).check()
    await page.getByRole('checkbox', { name: 'Number' }).uncheck()
    expect(await violations(page)).toEqual([])
    await press(page, 'Escape')
    await page.getByRole('checkbox', { name: 'Kind' }).waitFor({ state: 'detached' })
    await page.reload()
    await page.getByRole('columnheader', { name: 'Kind' }).waitFor()
    expect(await page.getByRole('columnheader', { name: 'Number' }).count()).toBe(0)
  })

  test('a name beyond the first two hundred is offered as well: the server is asked while one types', async () => {
    const { db } = world.house.platform
    const named = (n: number) => ({ slug: `crowd-${n}`, name: n === 0 ? 'Zulu repo desk' : `Aa crowd ${n}` })
    const now = world.house.platform.clock.now()
    const at = { created_at: now, updated_at: now }
    const rows = Array.from({ length: 210 }, (_, n) => ({ id: crypto.randomUUID(), ...named(n), ...at }))
    await db
      .insertInto('business_units')
      .values(rows as never)
      .execute()
    const page = await open('/queue?q=state:open')
    const field = page.getByLabel('Filter the tickets')
    await field.click()
    await field.pressSequentially('unit:zulu')
    await page.getByRole('option', { name: 'unit:"Zulu repo desk"' }).click()
    await page.getByRole('button', { name: 'Remove unit:"Zulu repo desk"' }).waitFor()
    await db.deleteFrom('business_units').where('slug', 'like', 'crowd-%').execute()
  })

  test('what happens elsewhere appears without a reload', async () => {
    const number = await ticket({ title: 'Seen live' })
    const page = await queueAt(number, 'state:open live')
    const late = await ticket({ title: 'Opened live by a colleague' })
    await page.getByRole('row', { name: new RegExp(late) }).waitFor()
    await call('lena', 'POST', `/tickets/${number}/notes`, { body: 'A colleague looks at the logs.' })
    await page.getByText('A colleague looks at the logs.').waitFor()
    await call('lena', 'POST', `/tickets/${number}/resolution`, { resolution: 'Gone.' })
    await page.getByRole('row', { name: new RegExp(`${number}\\b`) }).waitFor({ state: 'detached' })
  })

  test('waiting and priority are asked in place', async () => {
    const number = await ticket({ title: 'Asked in place' })
    const page = await queueAt(number, 'state:open "asked in place"')
    await press(page, 'w')
    const dialogOfWait = page.getByRole('dialog', { name: `Let ${number} wait` })
    await expect.poll(() => dialogOfWait.getByRole('radio', { name: 'a vendor' }).isChecked()).toBe(true)
    await press(page, 'Control+Enter')
    await page.getByText(`${number} waits for a vendor.`).waitFor()
    await page.getByRole('button', { name: 'Go on' }).waitFor()
    await press(page, 'u')
    await page.getByText(`${number} goes on.`).waitFor()
    await press(page, '!')
    const dialog = page.getByRole('dialog', { name: `Priority of ${number}` })
    await dialog.getByRole('radiogroup').first().getByText('high').click()
    await dialog.getByText('High × medium = P2').waitFor()
    await press(page, 'Control+Enter')
    await dialog.waitFor({ state: 'detached' })
    expect(await read(number)).toMatchObject({ priority: 2, impact: 'high' })
  })

  test('V keeps a filter as a view with its count, which follows what happens; deleted, it can be taken back', async () => {
    await ticket({ title: 'Kept in a view' })
    const page = await open(`/queue?q=${encodeURIComponent('state:open kept')}`)
    await page.getByRole('button', { name: 'Save view' }).waitFor()
    await press(page, 'Shift+V')
    await page.getByRole('textbox', { name: 'Name' }).fill('Kept')
    await press(page, 'Enter')
    await page.getByRole('button', { name: 'Kept 1', pressed: true }).waitFor()
    await ticket({ title: 'Kept as well' })
    await page.getByRole('button', { name: 'Kept 2' }).waitFor()
    await press(page, 'Shift+V')
    await page.getByRole('button', { name: 'Delete this view' }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Kept 2' }).waitFor()
    expect(await faults(page)).toEqual([])
  })
})

describe('replies and notes', () => {
  test('look different, say who reads them, and Ctrl+Enter sends', async () => {
    const number = await ticket({ title: 'Talked about', requesterId: world.world.people.laurent })
    const page = await queueAt(number, 'state:open talked')
    await press(page, 'n')
    await page.keyboard.type('Only for us.')
    await page.getByText('only the support teams read it').waitFor()
    await press(page, 'Control+Enter')
    await page.getByRole('listitem').filter({ hasText: 'internal note' }).getByText('Only for us.').waitFor()
    await press(page, 'Escape')
    await page.getByRole('button', { name: /^Reply to M\. Laurent/ }).click()
    await page.getByRole('textbox', { name: 'Reply to M. Laurent' }).fill('We look at it.')
    await press(page, 'Control+Enter')
    await page.getByRole('listitem').filter({ hasText: 'public reply' }).getByText('We look at it.').waitFor()
    await press(page, 'Escape')
    await press(page, 'Shift+O')
    await page.getByLabel('Whom did you call, and what was said?').fill('Called his desk.')
    await page.getByRole('checkbox', { name: 'Somebody was reached' }).uncheck()
    await press(page, 'Control+Enter')
    await page.getByText(`That nobody answered stands on ${number}.`).waitFor()
    const called = page.getByRole('listitem').filter({ hasText: 'called, and reached nobody' })
    await called.getByText('Called his desk.').waitFor()

    const asker = await open(`/tickets/${number}`, { as: 'laurent' })
    await asker.getByText('We look at it.').waitFor()
    expect(await asker.getByText(/Only for us\.|Called his desk/).count()).toBe(0)
    expect(await asker.getByText('Internal note').count()).toBe(0)
  })
})

describe('the page of a ticket', () => {
  test('tells in order what happened, who was paged and why, and when it is due; h acknowledges', async () => {
    const number = await ticket({
      title: 'No prices',
      description: 'Since 06:56.',
      impact: 'high',
      urgency: 'high',
      page: true,
    })
    const page = await open(`/tickets/${number}`)
    const timeline = page.getByRole('list', { name: `What happened to ${number}` })
    await timeline.getByText(/Step 1: Priya N\./).waitFor()
    const paging = page.getByRole('region', { name: /Who was paged/ })
    await paging.getByText(/On call for L2 markets/).waitFor()
    await paging.getByText(/mail to priya@harbour-bank\.example/).waitFor()
    // The panes scroll, and not the window beside them.
    expect(await inPage(page, 'document.documentElement.scrollHeight - innerHeight')).toBe(0)
    const why = page.getByRole('region', { name: 'Why P1, and when it is due' })
    await why.getByText(/Impact high \(set by Lena S\.\)/).waitFor()
    await why
      .getByText(/first response within 15 min/)
      .first()
      .waitFor()
    await press(page, 'h')
    await page.getByText('You have it.').waitFor()
    await paging.getByText(/Priya N\. acknowledged at/).waitFor()
    await timeline.getByText('Priya N. has it now.').waitFor()
  })

  test('what comes from outside is shown as it is, and never runs', async () => {
    const evil = '<img src=x onerror="document.title=1"><script>document.title=1</script>'
    const number = await ticket({ title: `Evil ${evil}`, description: evil })
    await call('lena', 'POST', `/tickets/${number}/notes`, { body: evil })
    const page = await open(`/tickets/${number}`)
    await page.getByRole('listitem').filter({ hasText: 'internal note' }).getByText(evil).waitFor()
    expect(await page.title()).toContain('Evil <img')
    expect(windows[0]?.complaints).toEqual([])
  })
})

describe('a new ticket', () => {
  test('tells its consequence before it is opened, and is kept while it is written', async () => {
    const page = await open('/queue')
    await page.getByRole('button', { name: /^New ticket/ }).waitFor()
    await press(page, 'c')
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Title' }).evaluate((e) => e === e.ownerDocument.activeElement))
      .toBe(true)
    await page.keyboard.type('Rates blotter stands still')
    await page.getByRole('combobox', { name: 'Service' }).fill('equities')
    await page.getByRole('option', { name: /Equities order entry/ }).click()
    const then = page.getByRole('region', { name: 'What happens then' })
    await then.getByText(/tier 1 service, 3 business units/).waitFor()
    await then.getByText('Nobody is paged.').waitFor()
    await page.getByRole('radiogroup', { name: 'Urgency' }).getByText('high', { exact: true }).click()
    await then.getByText(/= P1$/).waitFor()
    await page.getByRole('checkbox', { name: 'Page somebody now' }).check()
    await then.getByText(/Priya N\. is told/).waitFor()
    await then.getByText(/may be woken/).waitFor()
    await page.reload()
    expect(await page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Rates blotter stands still')
    await page.getByRole('checkbox', { name: 'Page somebody now' }).uncheck()
    await press(page, 'Control+Enter')
    await page.getByRole('heading', { level: 1, name: /Rates blotter stands still/ }).waitFor()
    const [number] = (await page.getByRole('heading', { level: 1 }).textContent())?.split(' ') ?? []
    expect(await read(number ?? '')).toMatchObject({ priority: 1, team: { name: 'L2 Markets support' }, pages: [] })
  })

  test('without a title nothing is sent, and the field says why', async () => {
    const page = await open('/queue/new', { as: 'laurent' })
    await page.getByRole('button', { name: /^Send to support/ }).click()
    await page.getByText('Say in a line what it is about.').waitFor()
    await page.getByRole('textbox', { name: 'What is wrong?' }).fill('My screen is black')
    await page.getByRole('button', { name: /^Send to support/ }).click()
    await page.getByRole('heading', { level: 1, name: /My screen is black/ }).waitFor()
  })
})

describe('for everybody', () => {
  test('all of it can be read in both themes and on a phone', async () => {
    const title = 'Looked at by axe'
    const description = 'As on http://127.0.0.1:9/prices.'
    const number = await ticket({ title, description, impact: 'high', urgency: 'high', page: true })
    const page = await open('/queue?q=state:open')
    const pages = [
      ['/queue?q=state:open "looked at by axe"', /^Paging since/],
      [`/tickets/${number}`, /^Paging since/],
      ['/queue/new', 'Nobody is paged.'],
    ] as const
    for (const [path, ready] of pages) {
      await visit(page, path)
      await page.getByText(ready).first().waitFor()
      expect(await faults(page), path).toEqual([])
    }
    await visit(page, `/tickets/${number}`)
    for (const key of ['a', '!', 'w', 'f', '?']) {
      await page.getByRole('button', { name: 'Assign', exact: true }).waitFor()
      await press(page, key)
      await page.getByRole('dialog').waitFor()
      expect(await violations(page), key).toEqual([])
      await press(page, 'Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      // What closed the dialog did not leave the page below it as well.
      expect(page.url()).toContain(`/tickets/${number}`)
    }
  })

  test('a ticket can be worked on a phone', async () => {
    const number = await ticket({ title: 'Worked on a phone', requesterId: world.world.people.laurent })
    const page = await open('/queue?q=state:open', { as: 'priya', viewport: phone, hasTouch: true })
    await page.getByRole('button', { name: 'Filter', exact: true }).tap()
    await expect.poll(() => page.evaluate('document.activeElement?.ariaLabel')).toBe('Filter the tickets')
    await page.keyboard.type('worked')
    await press(page, 'Enter')
    await page.waitForURL(/worked/)
    await page.getByRole('link', { name: /Worked on a phone/ }).tap()
    await page.getByRole('list', { name: `What happened to ${number}` }).waitFor()
    expect(await contentWidth(page)).toBe(phone.width)
    expect(await violations(page)).toEqual([])
    await page.getByRole('textbox', { name: 'Reply to M. Laurent' }).fill('On my way.')
    await page.getByRole('button', { name: /^Send/ }).tap()
    await page.getByRole('listitem').getByText('On my way.').waitFor()
    await page.getByRole('button', { name: 'Take', exact: true }).tap()
    await expect.poll(async () => (await read(number)).assignee?.name).toBe('Priya N.')
  })
})
