import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { violations } from '../../web/testing/axe.ts'
import { faults, focused, type Opened, openWindow, phone, pointAt, visit } from './browser.ts'
import { callerOf } from './caller.ts'
import { type BrowserWorld, openBrowserWorld, password } from './world.ts'

// Two cores that are busy with other tests must not make a slow page a wrong one.
vi.setConfig({ testTimeout: 90_000 })

let world: BrowserWorld
const windows: Opened[] = []
const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 30_000 })

beforeAll(async () => {
  world = await openBrowserWorld({ logins: ['marta', 'priya', 'ana', 'laurent'] })
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

const open = async (path: string, options: Parameters<typeof openWindow>[1] = {}) => {
  const window = await openWindow(world, options)
  windows.push(window)
  await window.goto(path)
  return window.page
}

describe('signing in', () => {
  test('leads a stranger to the form, says plainly what is wrong, and goes on where he was', async () => {
    const page = await open('/people')
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByText('Your mail address is needed.').waitFor()
    await page.getByLabel('Mail address').fill(world.mailOf('priya'))
    await page.getByRole('textbox', { name: 'Password' }).fill('not my password')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('The mail address or the password is not right.').waitFor()
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'People and teams' }).waitFor()
    await page.getByText('Priya N.').first().waitFor()
  })

  test('never leads to another site', async () => {
    const page = await open('/sign-in?then=//evil.example/')
    await page.getByLabel('Mail address').fill(world.mailOf('priya'))
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /my settings/ }).waitFor()
    expect(new URL(page.url()).host).toBe(new URL(world.url).host)
  })
})

describe('people and teams', () => {
  test('are found by a filter that stands in the address, and opened by keyboard', async () => {
    const page = await open('/people', { as: 'priya' })
    await page.getByRole('row', { name: /Marta G./ }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('role:lead')
    await page.keyboard.press('Enter')
    await eventually(() => page.getByRole('grid', { name: 'People' }).getByRole('row').count()).toBe(7)
    await page.reload()
    await eventually(() => page.getByRole('grid', { name: 'People' }).getByRole('row').count()).toBe(7)
    await page.getByRole('heading', { level: 1 }).focus()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Ana P.' }).waitFor()
    await page.goBack()
    await page.getByRole('row', { name: /DBA/ }).first().waitFor()
    await page.keyboard.press('2')
    await eventually(() => focused(page)).toContain('DBA')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('grid', { name: /Members of/ }).waitFor()
  })

  test('offer nothing to somebody who may not, and say so to somebody who may not look', async () => {
    const page = await open('/people', { as: 'priya' })
    await page.getByRole('row', { name: /Marta G./ }).waitFor()
    expect(await page.getByRole('button', { name: 'Invite' }).count()).toBe(0)
    expect(await page.getByRole('heading', { name: 'API keys' }).count()).toBe(0)
    const requesters = await open('/people', { as: 'laurent' })
    await requesters.getByText('This page is for those who work on tickets.').waitFor()
  })

  test('an invitation by keyboard gives a link once; with it one is in, and the list knows without a reload', async () => {
    const page = await open('/people', { as: 'marta' })
    await page
      .getByRole('row', { name: /Viktor H./ })
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Invite' }).waitFor()
    await page.keyboard.press('c')
    await page.getByRole('dialog').waitFor()
    await expect
      .poll(() => page.evaluate<string>('document.activeElement?.labels?.[0]?.textContent ?? ""'))
      .toBe('Name')
    await page.keyboard.type('Omar Q.')
    await page.keyboard.press('Tab')
    await page.keyboard.type(world.mailOf('priya'))
    await page.keyboard.press('Control+Enter')
    await page.getByText(/Is the address of somebody who is here already/).waitFor()
    await page.getByLabel('Mail address').fill('omar@harbour-bank.example')
    await page.keyboard.press('Control+Enter')
    const link = await page.getByText(/\/welcome\/\S+/).textContent()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('row', { name: /Omar Q.*invited/ }).waitFor()

    const omar = await open(new URL((link ?? '').trim()).pathname)
    await omar.getByText('omar@harbour-bank.example').waitFor()
    expect(await violations(omar)).toEqual([])
    await omar.getByRole('textbox', { name: 'Password' }).fill('too short')
    await omar.keyboard.press('Enter')
    await omar.getByText('The password has 9 of at least 12 characters.').waitFor()
    await omar.getByRole('textbox', { name: 'Password' }).fill('a quiet harbour at night')
    await omar.keyboard.press('Enter')
    await omar.getByRole('button', { name: 'Omar Q.: my settings' }).waitFor()
    await eventually(() => page.getByRole('row', { name: /Omar Q.*invited/ }).count()).toBe(0)

    const again = await open(new URL((link ?? '').trim()).pathname)
    await again.getByText('This link was used already.').waitFor()
  })

  test('a link that nobody made is not known here', async () => {
    const page = await open('/welcome/not-a-link')
    await page.getByRole('heading', { name: 'This link is not known' }).waitFor()
    await page.getByRole('link', { name: 'Go to sign-in' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  })
})

describe('a person', () => {
  test('is disabled by a key and enabled again by Undo; who is disabled is signed out', async () => {
    const ana = await open('/services', { as: 'ana' })
    const page = await open(`/people/${world.world.people.ana}`, { as: 'marta' })
    await page.getByText('Work mail').first().waitFor()
    await page.keyboard.press('d')
    await page.getByText('Ana P. is signed out everywhere and may not sign in.').waitFor()
    await page.getByText('account disabled').waitFor()
    await ana.reload()
    await ana.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.keyboard.press('z')
    await eventually(() => page.getByText('account disabled').count()).toBe(0)
  })

  test('who asks shows what was asked and how to reach them, and nothing of a desk they are not of', async () => {
    const { laurent } = world.world.people
    const call = callerOf(world)
    const asked = async (title: string): Promise<string> =>
      (await call('priya', 'POST', '/tickets', { title, requesterId: laurent })).ticket.number
    const [stands, done] = [await asked('Blotter is slow'), await asked('Layout lost')]
    await call('priya', 'POST', `/tickets/${done}/resolution`, { resolution: 'Restored.' })
    const page = await open(`/people/${laurent}`, { as: 'priya' })
    await page
      .getByRole('region', { name: 'Open tickets' })
      .getByRole('row', { name: new RegExp(stands) })
      .waitFor()
    const before = page.getByRole('region', { name: 'What they asked before' })
    await before.getByRole('row', { name: new RegExp(`${done}.*Layout lost.*resolved`) }).waitFor()
    expect(await before.getByText('Blotter is slow').count()).toBe(0)
    await page.getByRole('link', { name: world.mailOf('laurent') }).waitFor()
    for (const name of ['Teams', 'How pages come', 'On call now'])
      expect(await page.getByRole('region', { name }).count()).toBe(0)
    expect(await faults(page)).toEqual([])
  })

  test('cannot be disabled by herself, and the button says why', async () => {
    const page = await open(`/people/${world.world.people.marta}`, { as: 'marta' })
    await pointAt(page.getByRole('button', { name: 'Disable' }), 'You would lock yourself out.')
  })
})

describe('a team', () => {
  test('gets a member, a lead and loses one by keys; others see it without a reload', async () => {
    const watcher = await open(`/teams/${world.world.teams.markets}`, { as: 'priya' })
    const page = await open(`/teams/${world.world.teams.markets}`, { as: 'ana' })
    await page.getByRole('row', { name: /Sam O./ }).waitFor()
    await page.getByRole('button', { name: 'Add a member' }).waitFor()
    await page.keyboard.press('a')
    await page.getByRole('combobox', { name: 'Person' }).fill('ruth')
    await page.getByRole('option', { name: /Ruth O./ }).click()
    await page.keyboard.press('Control+Enter')
    await page.getByText('Ruth O. is in L2 Markets support now.').waitFor()
    await watcher.getByRole('row', { name: /Ruth O./ }).waitFor()
    await page
      .getByRole('row', { name: /Ruth O./ })
      .getByText('responder')
      .click()
    await page.keyboard.press('r')
    await page.getByRole('row', { name: /Ruth O. lead/ }).waitFor()
    await page.keyboard.press('z')
    await page.getByRole('row', { name: /Ruth O. responder/ }).waitFor()
    await page.keyboard.press('d')
    await eventually(() => watcher.getByRole('row', { name: /Ruth O./ }).count()).toBe(0)
    expect(await watcher.getByRole('button', { name: 'Add a member' }).count()).toBe(0)
  })

  test('has keys in place of a project of healthchecks: brought along, shown once, replaced and ended', async () => {
    const path = `/teams/${world.world.teams.markets}`
    const page = await open(path, { as: 'priya' })
    const keys = page.getByRole('region', { name: 'Pings and healthchecks' })
    const asked = page.getByRole('dialog')
    await keys.getByRole('button', { name: 'Make the ping key' }).click()
    await asked.getByLabel(/Bring along the key/).fill('tooShort')
    await page.keyboard.press('Enter')
    await asked.getByText('Must have 22 characters, as healthchecks has it.').waitFor()
    await asked.getByLabel(/Bring along the key/).fill('abcdefghijklmnopqrstuv')
    await page.keyboard.press('Enter')
    await keys.getByText('abcdefghijklmnopqrstuv', { exact: true }).waitFor()

    await keys.getByRole('button', { name: 'Make the API key' }).click()
    await asked.getByRole('button', { name: 'Make' }).click()
    const secret = (await asked.locator('pre').textContent())?.trim() ?? ''
    const checks = async () => (await fetch(`${world.url}/api/v3/checks/`, { headers: { 'x-api-key': secret } })).status
    expect(await checks()).toBe(200)
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'I have copied it' }).click()
    await keys.getByText(`…${secret.slice(-4)}`).waitFor()
    expect(await faults(page)).toEqual([])

    await keys.getByRole('button', { name: 'Make another for the ping key' }).click()
    await asked.getByText(/Senders with the old one are refused from now on/).waitFor()
    await page.keyboard.press('Control+Enter')
    await eventually(() => keys.getByText('abcdefghijklmnopqrstuv').count()).toBe(0)
    await keys.getByRole('button', { name: 'End the API key', exact: true }).click()
    await asked.getByRole('button', { name: 'End' }).click()
    await keys.getByRole('button', { name: 'Make the API key' }).waitFor()
    expect(await checks()).toBe(401)

    // Of another team they are not shown.
    await page.goto(`${world.url}/teams/${world.world.teams.dba}`)
    await page.getByRole('grid', { name: /Members of/ }).waitFor()
    expect(await keys.count()).toBe(0)
  })

  test('is made by an administrator, who is led to it', async () => {
    const page = await open('/people', { as: 'marta' })
    await page
      .getByRole('row', { name: /Viktor H./ })
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'New team' }).waitFor()
    await page.keyboard.press('t')
    await page.getByLabel('Name').fill('Vendor: exchange gateway')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { level: 1, name: 'Vendor: exchange gateway' }).waitFor()
    await page.getByText('Nobody is in this team yet.').waitFor()
  })
})

test('an API key: its secret is shown once and works, is rotated, and refused once revoked', async () => {
  const page = await open('/people', { as: 'marta' })
  await page
    .getByRole('row', { name: /Viktor H./ })
    .first()
    .waitFor()
  await page.getByRole('button', { name: 'New key' }).first().waitFor()
  await page.keyboard.press('y')
  await page.getByLabel('Name').fill('nightly export')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Choose what the key may do.').waitFor()
  await page.getByRole('checkbox', { name: 'read people' }).click()
  await page.keyboard.press('Control+Enter')
  const secret = (await page.getByRole('dialog').locator('pre').textContent())?.trim() ?? ''
  const ask = async (path: string) =>
    (await fetch(`${world.url}/api${path}`, { headers: { authorization: `Bearer ${secret}` } })).status
  expect(await ask('/users')).toBe(200)
  expect(await ask('/services')).toBe(403)
  await page.getByRole('button', { name: 'I have copied it' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByRole('row', { name: /nightly export/ }).waitFor()
  await page.keyboard.press('3')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog', { name: 'API key' })
  await sheet.getByText(`…${secret.slice(-4)}`).waitFor()
  expect(await page.getByText(secret).count()).toBe(0)
  expect(await violations(page)).toEqual([])
  await sheet.getByRole('button', { name: 'Rotate' }).click()
  await page.getByRole('button', { name: 'Make a second secret' }).click()
  await page.getByRole('button', { name: 'I have copied it' }).click()
  await sheet.getByText('valid').nth(1).waitFor()
  await sheet.getByRole('button', { name: 'Revoke the key' }).click()
  await page.getByRole('button', { name: 'Revoke', exact: true }).click()
  await sheet.getByRole('term').filter({ hasText: 'Revoked' }).waitFor()
  expect(await ask('/users')).toBe(401)
})

describe('every page', () => {
  const pages = () => ['/people', `/people/${world.world.people.priya}`, `/teams/${world.world.teams.markets}`]

  test('can be read in both themes and on a phone', async () => {
    const page = await open('/people', { as: 'marta' })
    for (const path of pages()) {
      await visit(page, path)
      await page.getByText('Priya N.').first().waitFor()
      expect(await faults(page), path).toEqual([])
    }
  })

  test('is worked on a phone', async () => {
    const page = await open('/people', { as: 'marta', viewport: phone, hasTouch: true, isMobile: true })
    await page.getByRole('button', { name: 'Teams' }).click()
    await page.getByRole('link', { name: /L2 Markets support/ }).click()
    await page.getByRole('button', { name: 'Make lead' }).first().waitFor()
    expect(await violations(page)).toEqual([])
  })
})
