import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** There are no frames to look into, and what passes need not be listed: a third of the time. */
const quickly: RunOptions = { resultTypes: ['violations'], preload: false }
const colours: RunOptions = { ...quickly, runOnly: ['color-contrast'] }
const allButColours: RunOptions = { ...quickly, rules: { 'color-contrast': { enabled: false } } }

/** Around every page, and the same on all of them. */
const frame = 'body > * > * > :is(header, nav)'
/** In which themes and widths its colours were judged. */
const judged = new Set<string>()

type Found = AxeResults['violations']

/** axe is put into a page once; its source is not what a Content-Security-Policy speaks of. */
const run = async (page: Page, context: string, options: RunOptions): Promise<Found> => {
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(source)
  return page.evaluate<Found>(`axe.run(${context}, ${JSON.stringify(options)}).then((r) => r.violations)`)
}

/**
 * What axe finds, as short lines. Colours take three quarters of its time, half of that in the frame: those are judged
 * once for each theme and width. `onlyColours`: all that differs in another theme.
 */
export const violations = async (page: Page, onlyColours?: 'color-contrast'): Promise<string[]> => {
  const look = await page.evaluate<string>(
    `[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches, document.documentElement.dataset.mantineColorScheme, !!document.querySelector(${JSON.stringify(frame)})].join()`,
  )
  const context = judged.has(look) ? JSON.stringify({ exclude: [[frame]] }) : 'document'
  const inColours = await run(page, context, colours)
  if (inColours.length === 0) judged.add(look)
  const others = onlyColours ? [] : await run(page, 'document', allButColours)
  return [...others, ...inColours].map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  )
}
