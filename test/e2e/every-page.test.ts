import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from '../../web/testing/axe.ts'
import { adminKey } from '../harness/process.ts'
import { type Opened, openWindow, visit } from './browser.ts'
import { everyPage } from './every-page.ts'
import { fill, speakTo } from './full-world.ts'
import { type BrowserWorld, openBrowserWorld } from './world.ts'

/**
 * Every page of the application, looked at once. Text from outside is data: every field that people or machines fill holds
 * HTML, in the whole database; nothing of it runs, and nothing of it becomes an element. And axe looks at each page, in
 * light and in dark.
 */

/** Short: where a name may have a hundred signs, it is still one with this. */
const html = '"\'><img src=x onerror=harmed=1><script></script><a href=javascript:1>'

/** What is text to read. Names of states and kinds, keys and addresses are not, and are checked where they come in. */
const fields =
  /^(name|.+_name|title|description|summary|details?|body|note|message|last_message|reason|.+_reason|why|words|workaround|answer|symptoms|cause|fix|resolution|problem|output|user_agent|remote|host|site|reference|paged|help|label|value|text|where|before|after|sentence|subject|team|service)$/

let world: BrowserWorld
let database: pg.Client

let speak: ReturnType<typeof speakTo>

beforeAll(async () => {
  process.env.ADMIN_API_KEY = adminKey
  world = await openBrowserWorld({ logins: ['marta', 'laurent'] })
  speak = speakTo(world.url)
  await fill(world, speak)
  database = new pg.Client({ connectionString: world.databaseUrl })
  await database.connect()
})
afterAll(async () => {
  await database.end()
  await world.close()
})

type Column = { table: string; column: string; type: string }

/** Each column by itself: what a rule of the table refuses stays as it was, and is not text then. */
const infest = async (): Promise<string[]> => {
  const { rows } = await database.query<Column>(`
    select table_name as table, column_name as column, data_type as type from information_schema.columns
    where table_schema = 'public' and data_type in ('text', 'jsonb') and table_name not like '%\\_2%' order by 1, 2`)
  const done: string[] = []
  await database.query('set session_replication_role = replica')
  for (const { table, column, type } of rows) {
    if (type === 'text' && !fields.test(column)) continue
    try {
      const changed =
        type === 'text'
          ? await database.query(
              `update "${table}" set "${column}" = "${column}" || $1 where "${column}" is not null`,
              [html],
            )
          : await infestJson(table, column)
      if ((changed.rowCount ?? 0) > 0) done.push(`${table}.${column}`)
    } catch {
      // A rule of the table says what may stand there.
    }
  }
  return done
}

const infestJson = async (table: string, column: string): Promise<{ rowCount: number }> => {
  const { rows } = await database.query(
    `select ctid::text as at, "${column}" as json from "${table}" where "${column}" is not null`,
  )
  let rowCount = 0
  for (const { at, json } of rows) {
    const next = JSON.stringify(json, (key, value) =>
      typeof value === 'string' && fields.test(key) ? value + html : value,
    )
    if (next === JSON.stringify(json)) continue
    await database.query(`update "${table}" set "${column}" = $1 where ctid = $2::tid`, [next, at])
    rowCount++
  }
  return { rowCount }
}

type Look = { failed: boolean; harmed: boolean; elements: number; longer: boolean; text: boolean }
const look = `({
  failed: ['This page failed', 'Not found'].includes(document.querySelector('h1').textContent)
    || [...document.querySelectorAll('[role=alert] button')].some((button) => button.textContent.startsWith('Try again')),
  harmed: 'harmed' in window,
  elements: document.querySelectorAll('img[src=x], script:not([src]):not([type]), a[href^=javascript]').length,
  longer: getComputedStyle(document.querySelector('main')).overflowY === 'auto'
    && document.documentElement.scrollHeight > innerHeight,
  text: document.body.innerText.includes('<img src=x'),
})`

/** What is wrong with the page that a window shows, and whether words from outside stand on it. */
const judge = async ({ page, complaints }: Opened): Promise<{ wrong: string[]; text: boolean }> => {
  await pause(100)
  await expect.poll(() => page.locator('main [aria-busy=true]').count(), { timeout: 10_000 }).toBe(0)
  await page.emulateMedia({ colorScheme: 'light' })
  const inLight = await violations(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  // The colours are all that differs.
  const inDark = await violations(page, 'color-contrast')
  const size = page.viewportSize() ?? { width: 1440, height: 900 }
  // So low that each page has more than it can show.
  await page.setViewportSize({ ...size, height: 420 })
  const { failed, harmed, elements, longer, text } = await page.evaluate<Look>(look)
  await page.setViewportSize(size)
  const wrong = [
    ...(failed ? [`it could not be shown: ${(await page.locator('main').textContent())?.slice(0, 200)}`] : []),
    ...(harmed ? ['HTML of a field ran'] : []),
    ...(elements > 0 ? [`${elements} elements came out of fields`] : []),
    ...(longer ? ['the window scrolls beside its content'] : []),
    ...inLight.map((fault) => `light: ${fault}`),
    ...inDark.map((fault) => `dark: ${fault}`),
    ...complaints.splice(0),
  ]
  return { wrong, text }
}

test('every page: HTML in its fields is text, and axe finds nothing in light or in dark', {
  timeout: 240_000,
}, async () => {
  const first = await openWindow(world, { as: 'marta' })
  await first.goto('/')
  // Each of the table of routes, or it is told for which one there is nothing to look at.
  const pages = await everyPage(first.page, (path) => speak('GET', path), world.sink, true)
  const infested = await infest()
  expect(infested).toEqual(
    expect.arrayContaining([
      'alerts.summary',
      'events.data',
      'messages.body',
      'services.name',
      'tickets.title',
      'users.name',
    ]),
  )
  await first.close()
  const wrong: string[] = []
  let shown = 0
  for (const [as, theirs] of Map.groupBy(pages, (page) => page.as)) {
    const window = await openWindow(world, { ...(as && { as }) })
    await window.goto(theirs[0]?.path ?? '/')
    for (const { name, path } of theirs) {
      if (as) await visit(window.page, path)
      else await window.goto(path)
      const found = await judge(window)
      if (found.text) shown++
      wrong.push(...found.wrong.map((fault) => `${name}: ${fault}`))
    }
    await window.close()
  }
  expect(wrong).toEqual([])
  // Else it was looked at where nothing stood.
  expect(shown).toBeGreaterThan(pages.length / 2)
})
