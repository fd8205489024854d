import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { expect, TestRunner } from 'vitest'
import { signInPaths } from '../../contract/identity/sign-in.ts'
import type { PersonName } from '../../dev/seed/people.ts'
import { violations } from '../../web/testing/axe.ts'
import { launchChromium, shortLived } from '../../web/testing/chromium.ts'
import { type BrowserWorld, password } from './world.ts'

export const wide = { width: 1440, height: 900 }
export const phone = { width: 390, height: 844 }

export type Opened = {
  page: Page
  /** What the browser complained about: exceptions, and whatever the Content-Security-Policy refused. */
  complaints: string[]
  goto(path: string): Promise<void>
  close(): Promise<void>
}

type Served = Pick<BrowserWorld, 'url' | 'mailOf'>
type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>
const sessions = new Map<string, Cookies>()

/** Checking a password costs more than a page; a session that still stands is used again. */
const signIn = async (context: BrowserContext, world: Served, as: PersonName): Promise<void> => {
  const known = `${world.url} ${as}`
  const session = sessions.get(known)
  if (session) {
    await context.addCookies(session)
    if ((await context.request.get('/api/me')).ok()) return
    await context.clearCookies()
  }
  const answer = await context.request.post(signInPaths.signIn, {
    data: { email: world.mailOf(as), password },
    headers: { origin: world.url },
  })
  if (!answer.ok()) throw new Error(`${as} cannot sign in: ${answer.status()} ${await answer.text()}`)
  sessions.set(known, await context.cookies())
}

/** `anew`: a window that nobody has used or will use: for scripts that run before the application. */
type WindowOptions = BrowserContextOptions & { as?: PersonName; anew?: boolean }

let browser: Promise<Browser> | null = null

/** One for all tests of a process; it ends with that. */
const theBrowser = (): Promise<Browser> => {
  // A process less to hand each frame to.
  browser ??= launchChromium([shortLived, '--in-process-gpu'])
  return browser
}

export const closeBrowser = async (): Promise<void> => (await browser)?.close()

/** Whose application a window shows, with nothing open in it; undefined if it has to be loaded. */
type Left = { world: Served; as: PersonName | undefined } | undefined
type Window = Opened & { left: Left; refused: string[] }

/** Windows that are closed and may be opened again: the second page of a window comes in a quarter of the first one's time. */
const closed = new Map<string, Window[]>()

const newWindow = async (world: Served, options: BrowserContextOptions): Promise<Window> => {
  const context = await (await theBrowser()).newContext({
    viewport: wide,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    baseURL: world.url,
    ...options,
  })
  // Shorter than a test's own time, so that what is missing is named.
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => {
    // An answer such as 403 or 409 is logged by the browser as well, and is no mistake of the page.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text())
  })
  const refused: string[] = []
  page.on('response', (answer) => {
    if (answer.status() >= 400) refused.push(`${answer.status()} to ${answer.request().method()} ${answer.url()}`)
  })
  const window: Window = {
    page,
    complaints,
    refused,
    left: undefined,
    goto: async (path) => {
      const { left } = window
      window.left = undefined
      if (left) return visit(page, path)
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
    },
    close: () => context.close(),
  }
  return window
}

/** Says whether a window was left as a freshly loaded one is: no dialog, and no settings, which are read once. */
const leftAsLoaded = `(() => {
  const kept = Object.keys(localStorage).length
  localStorage.clear()
  sessionStorage.clear()
  return kept === 0 && !document.querySelector('[role="dialog"]') && '__TSR_ROUTER__' in window
})()`

/** Has the application forget what it knows by now, beside its frame. */
export const forget = `(() => {
  for (const button of document.querySelectorAll('button[aria-label="Dismiss"]')) button.click()
  __TANSTACK_QUERY_CLIENT__.removeQueries({ type: 'inactive' })
  localStorage.clear()
  sessionStorage.clear()
})()`

/** What a test may have left in a window, taken out of it. */
const leaveNothing = async (
  { page, complaints }: Opened,
  { viewport = wide, colorScheme = null }: BrowserContextOptions,
) => {
  await page.unrouteAll()
  await page.emulateMedia({ colorScheme })
  if (viewport) await page.setViewportSize(viewport)
  // Where it lies a button of the next page may come to stand, and explain itself.
  await page.mouse.move(0, 0)
  const clean = page.url().startsWith('http') && complaints.length === 0 && (await page.evaluate<boolean>(leftAsLoaded))
  if (clean) {
    await visit(page, '/nowhere')
    await page.evaluate(forget)
  }
  // A file of the same address: the page ends, its process stays.
  else await page.goto('/icon.svg')
  complaints.length = 0
  return clean
}

const failures = 'node_modules/.cache/test/failures'

/** What a window shows when its test has failed: as a picture, and in words for where only the log is kept. */
const showFailure = async ({ page, refused }: Window) => {
  const test = TestRunner.getCurrentTest()
  if (test?.result?.state !== 'fail') return
  const name = test.name.replaceAll(/\W+/g, '-').slice(0, 80)
  await page.screenshot({ path: `${failures}/${name}-${test.result.retryCount ?? 0}.png` })
  const words = await page.locator('body').ariaSnapshot({ timeout: 2000 })
  const focused = await page.evaluate<string>('document.activeElement?.outerHTML.slice(0, 200)')
  console.error(
    `What ${page.url()} showed when “${test.name}” failed:\n${words.slice(0, 6000)}\nFocus: ${focused}\nRefused: ${refused.slice(-10).join('\n')}`,
  )
}

/** A window of somebody's own, signed in (`as`) or not. Whoever has used it before may go on in the same application. */
export const openWindow = async (world: Served, { as, anew, ...options }: WindowOptions = {}): Promise<Opened> => {
  const kind = JSON.stringify([world.url, options])
  const free = closed.get(kind) ?? []
  const goesOn = ({ left }: Window) => as && left?.world === world && left.as === as
  const known = anew ? undefined : (free.find(goesOn) ?? free[0])
  if (known) free.splice(free.indexOf(known), 1)
  const window = known ?? (await newWindow(world, options))
  if (!goesOn(window) || !(await window.page.context().request.get('/api/me')).ok()) {
    window.left = undefined
    await window.page.context().clearCookies()
    if (as) await signIn(window.page.context(), world, as)
  }
  return {
    ...window,
    close: async () => {
      await showFailure(window).catch((error: unknown) => console.error('The window could not be shown.', error))
      if (anew) return window.page.context().close()
      window.left = (await leaveNothing(window, options)) ? { world, as } : undefined
      window.refused.length = 0
      closed.set(kind, [...(closed.get(kind) ?? []), window])
    },
  }
}

/** Windows of a file of tests: `close` after each test, which fails when a page of them complained. */
export const windowsOf = (world: () => BrowserWorld) => {
  const windows: Opened[] = []
  return {
    open: async (path: string, options: Parameters<typeof openWindow>[1]): Promise<Page> => {
      const window = await openWindow(world(), options)
      windows.push(window)
      await window.goto(path)
      return window.page
    },
    close: async (): Promise<void> => {
      for (const window of windows.splice(0)) {
        expect(window.complaints).toEqual([])
        await window.close()
      }
    },
  }
}

// As text, because the tests are compiled without the names of the browser.
export const inPage = <T>(page: Page, expression: string): Promise<T> => page.evaluate<T>(expression)

/**
 * What is wrong with a page as it stands now: by axe, in light and dark, and wider than a phone. All of it on one load;
 * the colours are all that differs in dark.
 */
export const faults = async (page: Page): Promise<string[]> => {
  const before = page.viewportSize() ?? wide
  await page.emulateMedia({ colorScheme: 'light' })
  const inLight = await violations(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  const inDark = await violations(page, 'color-contrast')
  await page.setViewportSize(phone)
  // The layout follows the width a moment later; what is still too wide is told.
  const fits = async () => (await contentWidth(page)) <= phone.width
  await expect
    .poll(fits, { timeout: 2_000 })
    .toBe(true)
    .catch(() => {})
  const tooWide = (await fits()) ? [] : [`${await contentWidth(page)} px wide on a phone`]
  await page.setViewportSize(before)
  // A page that is still drawn for a phone hears no keys, and exchanges its fields for others in a moment.
  await inPage(
    page,
    `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => setTimeout(done)))))`,
  )
  return [...inLight, ...inDark, ...tooWide]
}

/**
 * Goes on to another page of the application that the window shows already, as a link does: without loading it anew,
 * which costs seven times as much. What the pages before have read is still known.
 */
export const visit = async (page: Page, path: string): Promise<void> => {
  await go(page, path)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

/** The same, to a page that may not be able to show itself. */
export const go = (page: Page, path: string): Promise<void> =>
  inPage(
    page,
    `new Promise((done, fail) => {
      const late = setTimeout(() => fail(new Error('It was not shown within 30 s.')), 30_000)
      const settled = __TSR_ROUTER__.subscribe('onRendered', () => { settled(); clearTimeout(late); done() })
      __TSR_ROUTER__.history.push(${JSON.stringify(path)})
    })`,
  )

/**
 * Points at a button until it says these words. One that is drawn anew under a pointer that rests says nothing before that
 * moves again.
 */
export const pointAt = async (button: Locator, words: string | RegExp): Promise<void> => {
  const said = button.page().getByText(words)
  const point = async () => {
    await button.page().mouse.move(0, 0)
    await button.hover()
    await said.waitFor({ timeout: 1_000 }).catch(() => undefined)
    return said.count()
  }
  await expect.poll(point).toBeGreaterThan(0)
}

/** The text of what has the focus. */
export const focused = (page: Page): Promise<string> => inPage(page, "document.activeElement?.textContent ?? ''")

/** How wide the content is; on a phone it must not be wider than the screen. */
export const contentWidth = (page: Page): Promise<number> =>
  inPage(page, "document.querySelector('main')?.scrollWidth ?? 0")
