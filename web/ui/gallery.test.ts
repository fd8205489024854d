import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { violations } from '../testing/axe.ts'
import { launchChromium, shortLived } from '../testing/chromium.ts'
import { serveGallery } from './gallery/serve.ts'

const wide = { width: 1440, height: 900 }

// A browser on a machine that does other work as well takes its time.
vi.setConfig({ testTimeout: 90_000 })

let gallery: Awaited<ReturnType<typeof serveGallery>>
let browser: Browser
let page: Page
let complaints: string[] = []

beforeAll(async () => {
  gallery = await serveGallery()
  browser = await launchChromium([shortLived])
  const context = await browser.newContext({ viewport: wide, locale: 'en-GB', timezoneId: 'Europe/London' })
  page = await context.newPage()
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
})

afterEach(async () => {
  // The same window again: its second page comes in a quarter of the first one's time.
  await page.evaluate(() => localStorage.clear())
  await page.setViewportSize(wide)
})

afterAll(async () => {
  await browser?.close()
  gallery?.close()
})

/** Opens a page of the gallery anew; whatever the browser complains about (a policy, an exception) is collected. */
const open = async (path: string) => {
  complaints = []
  await page.goto(`${gallery.url}/?${performance.now()}#${path}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForTimeout(350)
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '')

test('j and k move, the row that opens is beside the list, and after an act the next row has the cursor', async () => {
  await open('/queue')
  await page.keyboard.press('k')
  await expect.poll(() => focused(page)).toContain('INC-2041')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect.poll(() => focused(page)).toContain('INC-2044')
  await expect.poll(() => page.getByRole('heading', { level: 2 }).textContent()).toContain('Margin report')
  await page.keyboard.press('d')
  await expect.poll(() => page.getByRole('heading', { level: 2 }).textContent()).toContain('Access to repo blotter')
  await page.keyboard.press('z')
  await page.getByText('Undone.').waitFor()
  expect(await page.getByText('INC-2044').count()).toBe(1)
})

test('keys in one breath: an act is about the row that the last step has reached', async () => {
  await open('/queue')
  await page.keyboard.press('k')
  await expect.poll(() => focused(page)).toContain('INC-2041')
  // All in one turn, before any frame: two steps, and the act.
  await page.evaluate(() => {
    for (const key of ['j', 'j', 'd'])
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  })
  await expect.poll(() => page.getByRole('heading', { level: 2 }).textContent()).toContain('Access to repo blotter')
  expect(await page.getByRole('row', { name: /INC-2044/ }).count()).toBe(0)
  expect(await page.getByRole('row', { name: /INC-2041/ }).count()).toBe(1)
  await expect.poll(() => page.evaluate(() => document.querySelectorAll('tr[data-cursor]').length)).toBe(1)
  await page.keyboard.press('z')
  await page.getByText('Undone.').waitFor()
})

test('a page at rest asks for no frame', async () => {
  await open('/queue')
  const asked = await page.evaluate(async () => {
    const real = window.requestAnimationFrame
    let asked = 0
    window.requestAnimationFrame = (draw) => {
      asked++
      return real(draw)
    }
    await new Promise((after) => setTimeout(after, 500))
    window.requestAnimationFrame = real
    return asked
  })
  expect(asked).toBeLessThan(3)
})

test('a list of ten thousand rows draws a screenful; the last one can be reached, and all are selected', async () => {
  await open('/queue')
  expect(await page.getByRole('row').count()).toBeLessThan(80)
  await page.keyboard.press('j')
  await page.keyboard.press('End')
  await expect.poll(() => focused(page)).toContain('Older ticket number 10000')
  await page.keyboard.type('*a')
  await page.getByText('10010 selected').waitFor()
  await page.keyboard.press('x')
  await page.getByText('10009 selected').waitFor()
  expect(await page.getByRole('row').count()).toBeLessThan(80)
})

test('with dense rows a full-HD screen shows at least 35 of them', async () => {
  await page.setViewportSize({ width: 1920, height: 1080 })
  await open('/queue')
  await page.getByRole('button', { name: /my settings/ }).click()
  await page.getByText('Dense rows').click()
  await page.keyboard.press('Escape')
  const inView = () =>
    page.evaluate(() => {
      const { top, bottom } = (document.querySelector(':has(> [role=grid])') as Element).getBoundingClientRect()
      const rows = [...document.querySelectorAll('tbody tr')].map((row) => row.getBoundingClientRect())
      return rows.filter((row) => row.top >= top && row.bottom <= bottom).length
    })
  await expect.poll(inView).toBeGreaterThanOrEqual(35)
})

test('x selects, Space peeks, and neither does in a field', async () => {
  await open('/queue')
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.getByText('2 selected').waitFor()
  await page.keyboard.press('Space')
  await page.getByText('Peeking at INC-2044.').waitFor()
  await page.getByLabel(/^Reply to/).fill('')
  await page.keyboard.type('x j ?')
  expect(await page.getByLabel(/^Reply to/).inputValue()).toBe('x j ?')
  expect(await page.getByText('2 selected').count()).toBe(1)
})

test('g and a letter goes; the page that opens has the focus on its heading', async () => {
  await open('/queue')
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await expect.poll(() => focused(page)).toBe('Alerts')
  expect(await page.title()).toBe('Alerts · Watchfloor')
})

test('? shows the keys of this page out of the table which binds them', async () => {
  await open('/queue')
  await page.keyboard.press('?')
  const dialog = page.getByRole('dialog', { name: 'Keys of this page' })
  await dialog.waitFor()
  const keys = await dialog.textContent()
  for (const label of ['Resolve', 'Escalate to DBA', 'Write an internal note', 'Next row', 'Monitors'])
    expect(keys).toContain(label)
  expect(keys).not.toContain('Phone log')
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
})

test('the palette offers acts first, then places, then what the search finds', async () => {
  await open('/queue')
  // Typed on at once: no letter is lost while the box opens.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('dba')
  await page.getByRole('option', { name: /INC-1987/ }).waitFor()
  expect((await page.getByRole('option').allInnerTexts()).map((text) => text.split('\n')[0])).toEqual([
    'Escalate to DBA',
    'INC-1987 Undo tablespace full on prddba1',
    'Host prddba1',
  ])
  expect(await page.getByText('INC-2043 is open').count()).toBe(1)
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page.getByText('Escalated to DBA.').waitFor()
})

test('single keys can be turned off; keys with Ctrl stay', async () => {
  await open('/queue')
  await page.keyboard.press('?')
  await page.getByRole('switch', { name: 'Single keys act' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('x')
  expect(await page.getByText('1 selected').count()).toBe(0)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Find or do anything' }).waitFor()
})

test('an open dialog has the keys to itself, and gives the focus back', async () => {
  await open('/kit')
  await page.getByRole('button', { name: 'Ask' }).click()
  await page.getByRole('dialog').waitFor()
  await page.getByRole('button', { name: 'Cancel' }).focus()
  await page.keyboard.press('s')
  expect(await page.getByText('INC-2043 is resolved.').count()).toBe(0)
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(() => focused(page)).toContain('Ask')
})

test('a draft is kept for its ticket, and a note looks like one', async () => {
  await open('/queue')
  await page.keyboard.press('n')
  await page.getByLabel('Internal note').fill('Undo is at 91 %.')
  await page.reload()
  expect(await page.getByLabel('Internal note').inputValue()).toBe('Undo is at 91 %.')
  await page.getByLabel('Internal note').press('Control+Enter')
  await page.getByText('Sent.', { exact: true }).waitFor()
  await expect.poll(() => page.getByLabel('Internal note').inputValue()).toBe('')
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('draft')))).toEqual([])
})

test('menus keep to the policy too', async () => {
  await open('/kit')
  await page.getByRole('button', { name: /my settings/ }).click()
  await page.getByText('Dark', { exact: true }).click()
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.mantineColorScheme)).toBe('dark')
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^On call/ }).click()
  await page.getByText('nobody', { exact: true }).waitFor()
  expect(await violations(page)).toEqual([])
  expect(complaints).toEqual([])
})
