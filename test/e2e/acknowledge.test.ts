import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { linkToken } from '../../server/platform/signed-link.ts'
import { faults, type Opened, openWindow, phone } from './browser.ts'
import { callerOf } from './caller.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

let world: BrowserWorld
let call: ReturnType<typeof callerOf>
let opened: Opened | undefined

beforeAll(async () => {
  world = await openBrowserWorld({ logins: ['priya', 'sam', 'ana'] })
  call = callerOf(world)
})
afterEach(async () => {
  await opened?.close()
})
afterAll(async () => {
  await world?.close()
})

/** A P1 that pages whoever is on call: its number, who was turned to, and the link that the message carries. */
const paged = async (title: string) => {
  const { ticket } = await call('ana', 'POST', '/tickets', {
    title,
    serviceId: world.world.services.orderEntry,
    description: 'EMEA blotters show no prices since the calendar roll.',
    impact: 'high',
    urgency: 'high',
    page: true,
  })
  const { db, crypto } = world.house.platform
  const page = await pageOf(ticket.number)
  const link = await db
    .selectFrom('signed_links')
    .select('id')
    .where(sql<boolean>`input ->> 'pageId' = ${page.id}`)
    .executeTakeFirstOrThrow()
  return {
    number: ticket.number as string,
    path: `/ack/${linkToken(crypto, link.id)}`,
    person: page.targets[0].user.name as string,
  }
}

const pageOf = async (number: string) => (await call('ana', 'GET', `/tickets/${number}`)).pages[0]

const open = async (path: string, options: Parameters<typeof openWindow>[1] = {}) => {
  opened = await openWindow(world, { viewport: phone, hasTouch: true, ...options })
  await opened.goto(path)
  return opened.page
}

test('a scanner that opens the link, and everything the page reads, acknowledges nothing', async () => {
  const { number, path } = await paged('Scanned by a mail gateway')
  const mail = await world.sink.next(({ subject }) => subject.includes('Scanned by a mail gateway'), 20_000)
  expect(mail.text).toContain(path)
  for (const method of ['GET', 'HEAD', 'GET'])
    for (const address of [path, `/api/page-links/${path.split('/').at(-1)}`])
      expect((await fetch(world.url + address, { method })).status).toBeLessThan(500)
  const page = await open(path)
  await page.getByText('Opening this page has acknowledged nothing.').waitFor()
  await page.waitForTimeout(300)
  expect(await pageOf(number)).toMatchObject({ state: 'paging', acknowledgedBy: null })
})

test('on a phone, without signing in: what, why me, and one press', async () => {
  const { number, path, person } = await paged('No prices on EMEA blotters')
  const page = await open(path)
  await page.getByRole('heading', { level: 1, name: `Page for ${person}` }).waitFor()
  const words = await page.locator('main').textContent()
  for (const part of [
    'P1',
    number,
    'No prices on EMEA blotters',
    'Hurts EMEA cash equities',
    'EMEA blotters show no prices',
  ])
    expect(words).toContain(part)
  expect(await page.getByRole('region', { name: 'Why you, why now' }).textContent()).toContain('On call for L2 markets')
  const button = page.getByRole('button', { name: 'Acknowledge' })
  expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44)
  await button.tap()
  await page.getByRole('heading', { name: 'You have it' }).waitFor()
  expect(await page.getByText('Opening this page has acknowledged nothing.').count()).toBe(0)
  expect(await pageOf(number)).toMatchObject({ state: 'acknowledged', acknowledgedBy: { name: person } })
  await expect.poll(async () => (await call('ana', 'GET', `/tickets/${number}`)).assignee?.name).toBe(person)
  expect(opened?.complaints).toEqual([])
})

test('who comes too late is told who has it, also while the page is open', { timeout: 120_000 }, async () => {
  const { number, path } = await paged('Taken while somebody reads')
  const page = await open(path)
  await page.getByRole('button', { name: 'Acknowledge' }).waitFor()
  await call('ana', 'POST', `/pages/${(await pageOf(number)).id}/acknowledgement`)
  await page.getByRole('button', { name: 'Acknowledge' }).tap()
  await page.getByRole('heading', { name: 'Ana P. has it' }).waitFor()
  expect(await page.getByRole('button').count()).toBe(0)
  await page.reload()
  await page.getByText(/Ana P. acknowledged it already at \d\d:\d\d/).waitFor()
})

test('passing it on turns to the next person at once', async () => {
  const { number, path, person } = await paged('Passed on')
  const page = await open(path)
  await page.getByRole('button', { name: 'Pass to the next person' }).tap()
  await page.getByText('You passed it to the next person').waitFor()
  await expect.poll(async () => (await pageOf(number)).targets.length).toBe(2)
  const [first, second] = (await pageOf(number)).targets
  expect(first.user.name).toBe(person)
  expect(second.user.name).not.toBe(person)
  expect(await pageOf(number)).toMatchObject({ state: 'paging' })
})

test('without a connection nothing is claimed to be acknowledged', async () => {
  const { number, path } = await paged('In a tunnel')
  const page = await open(path)
  await page.getByRole('button', { name: 'Acknowledge' }).waitFor()
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Acknowledge' }).tap()
  await page.getByText('Not sent: nothing was acknowledged.').waitFor()
  await page.getByText('No connection.').waitFor()
  expect(await pageOf(number)).toMatchObject({ state: 'paging' })
  await page.context().setOffline(false)
  await page.getByRole('button', { name: 'Acknowledge' }).tap()
  await page.getByRole('heading', { name: 'You have it' }).waitFor()
})

test('when it is over, nobody needs to do anything', async () => {
  const { number, path } = await paged('Solved meanwhile')
  await call('ana', 'POST', `/tickets/${number}/resolution`, { resolution: 'Restarted.' })
  const page = await open(path)
  await page.getByRole('heading', { name: 'It is over' }).waitFor()
  expect(await page.getByRole('button').count()).toBe(0)
})

test('a forged link, and one that has run out, say so and offer to sign in', async () => {
  const { path } = await paged('Old link')
  const forged = await open(`${path.slice(0, -3)}xyz`)
  await forged.getByRole('heading', { name: 'This link cannot be used' }).waitFor()
  await forged.getByText('Nothing was acknowledged.').waitFor()
  await world.house.platform.db
    .updateTable('signed_links')
    .set({ expires_at: Temporal.Instant.from('2020-01-01T00:00:00Z') })
    .execute()
  await forged.goto(path)
  await forged.getByText('This link has run out.').waitFor()
  await forged.getByRole('link', { name: 'Sign in' }).waitFor()
})

test('axe finds nothing in both themes, and nothing is wider than the phone', async () => {
  const { path } = await paged('Looked at by axe')
  const page = await open(path)
  await page.getByRole('button', { name: 'Acknowledge' }).waitFor()
  expect(await faults(page)).toEqual([])
  await page.getByRole('button', { name: 'Acknowledge' }).tap()
  await page.getByRole('heading', { name: 'You have it' }).waitFor()
  expect(await faults(page)).toEqual([])
})

test('by keyboard', async () => {
  const { number, path } = await paged('At a desk')
  const page = await open(path, { viewport: { width: 1440, height: 900 }, hasTouch: false })
  await page.getByRole('button', { name: 'Acknowledge' }).waitFor()
  await page.keyboard.press('a')
  await page.getByRole('heading', { name: 'You have it' }).waitFor()
  expect((await pageOf(number)).state).toBe('acknowledged')
})
