import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { faults, focused, windowsOf } from './browser.ts'
import { callerOf } from './caller.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

// Two cores that are busy with other tests must not make a slow page a wrong one.
vi.setConfig({ testTimeout: 90_000 })

let world: BrowserWorld
const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 30_000 })

beforeAll(async () => {
  world = await openBrowserWorld({ logins: ['marta', 'priya', 'ana', 'laurent'] })
})
afterEach(() => close())
afterAll(async () => {
  await world?.close()
})

const { open, close } = windowsOf(() => world)
const at = (name: keyof BrowserWorld['world']['services']) => `/services/${world.world.services[name]}`

describe('a host', () => {
  test('is added, seen at its service, renamed, and deleted only as it was read', async () => {
    const call = callerOf(world)
    const page = await open('/services', { as: 'marta' })
    await page.getByRole('button', { name: 'Hosts', exact: true }).waitFor()
    await page.keyboard.press('2')
    const list = page.getByRole('grid', { name: 'Hosts' })
    await list
      .getByRole('row', { name: /prdbat01/ })
      .getByText('Settlement')
      .waitFor()
    expect(await faults(page)).toEqual([])

    await page.keyboard.press('c')
    const name = page.getByRole('dialog').getByLabel('Name', { exact: true })
    await name.fill('ORDERS-01')
    await page.keyboard.press('Control+Enter')
    await page.getByText('There is a host orders-01 already; choose another name.').waitFor()
    await name.fill('ldn-repo-07')
    await page.getByLabel('Site').fill('London')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { level: 1, name: 'ldn-repo-07' }).waitFor()
    await page.getByText('Nothing is known to run on it.').waitFor()
    for (const none of ['No open alert names it.', 'No monitor looks at it.', 'No job says that it runs here.'])
      await page.getByText(none).waitFor()
    const host = new URL(page.url()).pathname
    const hostId = host.split('/').at(-1)
    await call('marta', 'POST', `${at('riskReporting')}/dependencies`, { hostId })
    const runs = page.getByRole('grid', { name: 'What runs on ldn-repo-07' })
    await runs.getByText('Risk reporting').waitFor()

    await page.keyboard.press('e')
    await name.fill('ldn-repo-08')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { level: 1, name: 'ldn-repo-08' }).waitFor()
    const { id: job } = await call('marta', 'POST', '/jobs', {
      name: 'Repo',
      schedule: { kind: 'period', seconds: 60 },
    })
    await fetch(`${world.url}/ping/${job}/1?host=ldn-repo-08.bank`)
    await page.getByRole('row', { name: /failed Repo/ }).waitFor()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await faults(page)).toEqual([])
    await page
      .getByRole('grid', { name: /^What runs on/ })
      .getByRole('link', { name: 'Risk reporting' })
      .click()
    await page.getByRole('link', { name: 'ldn-repo-08' }).click()
    await page.getByRole('button', { name: /^Delete/ }).waitFor()

    await page.keyboard.press('d')
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/^Risk reporting runs on it, and will no longer depend on it/).waitFor()
    await call('marta', 'PATCH', `/hosts/${hostId}`, { description: 'Keep it until Friday.' })
    await page.getByText('Keep it until Friday.').waitFor()
    await page.keyboard.press('Control+Enter')
    await dialog.getByText(/^The host ldn-repo-08 was changed since you read it/).waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.keyboard.press('d')
    await dialog.waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('ldn-repo-08 is deleted.').first().waitFor()
    await list.getByRole('row', { name: /prdbat01/ }).waitFor()
    expect(await list.getByText('ldn-repo-08').count()).toBe(0)
    const { hosts } = await call('marta', 'GET', at('riskReporting'))
    expect(hosts).toMatchObject([{ host: { name: 'prdbat01' } }])
  })

  test('is found by the palette; a lead adds to the own team, and does not change what belongs to another', async () => {
    const page = await open('/services/hosts?filter=env:foo', { as: 'ana' })
    await page.getByText('env:foo is not known; choose prod, uat, test or dev.').waitFor()
    await page.getByRole('button', { name: 'Remove env:foo' }).click()
    await page.getByLabel('Filter the hosts').fill('env:uat')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Hosts' }).focus()
    const list = page.getByRole('grid', { name: 'Hosts' })
    await eventually(() => list.getByRole('row').count()).toBe(2)
    await page.keyboard.press('j')
    await eventually(() => focused(page)).toContain('uat-fixgw-01')
    await page.keyboard.press('c')
    const owner = page.getByRole('dialog').getByRole('combobox', { name: 'Owner' })
    await eventually(() => owner.inputValue()).toBe('L2 Markets support')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('Control+k')
    await page.keyboard.type('mdgw-02')
    await page.getByRole('option', { name: /^mdgw-02/ }).click()
    await page.getByRole('heading', { level: 1, name: 'mdgw-02' }).waitFor()
    await page.getByRole('grid', { name: 'What runs on mdgw-02' }).getByText('Market data gateway').waitFor()
    expect(await page.getByRole('button', { name: 'Edit' }).count()).toBe(0)

    // Without the teams, a filter by one waits for nothing.
    await page.route(/\/api\/teams\?/, (route) => route.fulfill({ status: 403, json: { title: 'No', status: 403 } }))
    await page.goto(new URL('/services/hosts?filter=team:dba', page.url()).href)
    await page.getByText('Hosts: this could not be loaded.').waitFor()
  })
})
