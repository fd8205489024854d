/**
 * `npm run shots`: pictures of every page, wide and phone, light and dark, full and empty, into shots/ (ignored by git),
 * and what axe finds on it; `npm run shots -- floor queue`: of these alone.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { violations } from '../../web/testing/axe.ts'
import startDatabase from '../harness/global.ts'
import { adminKey } from '../harness/process.ts'
import { closeBrowser, type Opened, openWindow, phone, visit, wide } from './browser.ts'
import { everyPage, type Sample } from './every-page.ts'
import { fill, speakTo } from './full-world.ts'
import { openBrowserWorld } from './world.ts'

const only = process.argv.slice(2)
const wanted = ({ name }: Sample) => only.length === 0 || only.includes(name)
const folder = join(import.meta.dirname, '../../shots')
mkdirSync(folder, { recursive: true })

process.env.ADMIN_API_KEY = adminKey
const stop = await startDatabase()

const shoot = async (state: 'full' | 'empty') => {
  const world = await openBrowserWorld({ logins: ['marta', 'laurent'], empty: state === 'empty' })
  const speak = speakTo(world.url)
  if (state === 'full') {
    await fill(world, speak)
    // Monitors look.
    await pause(10_000)
  }
  const opened = await openWindow(world, { as: 'marta' })
  await opened.goto('/')
  const samples = await everyPage(opened.page, (path) => speak('GET', path), world.sink, state === 'full')
  await opened.close()
  for (const [theme, size, viewport] of [
    ['light', 'wide', wide],
    ['dark', 'wide', wide],
    ['light', 'phone', phone],
    ['dark', 'phone', phone],
  ] as const) {
    const options = { viewport, colorScheme: theme, isMobile: size === 'phone', hasTouch: size === 'phone' }
    for (const [as, theirs] of Map.groupBy(samples.filter(wanted), (sample) => sample.as)) {
      const window = await openWindow(world, { ...(as && { as }), ...options })
      for (const one of theirs) await picture(window, one, `${one.name}-${state}-${size}-${theme}`)
      await window.close()
    }
  }
  await world.close()
}

const picture = async (window: Opened, { path, as }: Sample, name: string) => {
  // Inside the application a page comes in a fraction of the time; those of strangers are each loaded.
  const inside = as && (await window.page.evaluate<boolean>("'__TSR_ROUTER__' in window"))
  const shown = inside ? visit(window.page, path) : window.goto(path)
  await shown.catch((error: Error) => console.error(`${name}: ${error.message.split('\n')[0]}`))
  await pause(700)
  await window.page.screenshot({ path: join(folder, `${name}.png`) })
  for (const complaint of window.complaints.splice(0)) console.error(`${name}: ${complaint}`)
  if (name.includes('-wide-'))
    for (const fault of await violations(window.page)) {
      console.error(`${name}: ${fault}`)
      process.exitCode = 1
    }
}

for (const state of ['full', 'empty'] as const) await shoot(state)
await closeBrowser()
await stop?.()
console.log(`Pictures are in ${folder}.`)
process.exit()
