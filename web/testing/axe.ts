import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** There are no frames to look into, and what passes need not be listed: a third of the time. */
const quickly: RunOptions = { resultTypes: ['violations'], preload: false }
const colours: RunOptions = { ...quickly, runOnly: ['color-contrast'] }
const allButColours: RunOptions = { ...quickly, rules: { 'color-contrast': { enabled: false } } }

type Found = AxeResults['violations']

/** What the rules of styles ask for, of a text and of everything around it. Ids, places and widths differ in each row. */
const lookOf = `(e) => {
  const state = /^(class|style|type|disabled|open|data-.*|aria-(checked|current|disabled|expanded|invalid|pressed|selected))$/
  const plain = (name, value) =>
    name === 'style' ? value.replaceAll(/-?[\\d.]+(px|%|r?em|ch)/g, '') : name === 'class' ? value : value.replaceAll(/\\d/g, '')
  const own = [...e.attributes].filter(({ name }) => state.test(name)).map(({ name, value }) => name + plain(name, value))
  return e.localName + own.sort().join() + (e === document.activeElement)
}`

/**
 * Judges one text of each look that is not among the judged ones: a table of a hundred rows has a dozen. At once, before
 * the page draws itself anew.
 */
const judgeColours = (judged: Iterable<string>): string => `(async () => {
  const known = new Set(${JSON.stringify([...judged])})
  const lookOf = ${lookOf}
  const chains = new Map([[null, 17]])
  const chain = (e) => {
    if (chains.has(e)) return chains.get(e)
    let hash = chain(e.parentElement)
    for (const letter of lookOf(e)) hash = (Math.imul(hash, 31) + letter.codePointAt(0)) | 0
    chains.set(e, hash)
    return hash
  }
  const screen = [innerWidth, matchMedia('(prefers-color-scheme: dark)').matches].join()
  const found = new Map()
  const take = (e) => {
    const look = screen + chain(e)
    if (!known.has(look) && !found.has(look) && e.checkVisibility()) found.set(look, e)
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) if (texts.currentNode.data.trim()) take(texts.currentNode.parentElement)
  document.querySelectorAll('input, textarea').forEach(take)
  if (found.size === 0) return { looks: [], violations: [] }
  const { violations } = await axe.run({ include: [...found.values()] }, ${JSON.stringify(colours)})
  return { looks: [...found.keys()], violations }
})()`

/** Looks of texts that can be read, of all pages that this process has seen. */
const judged = new Set<string>()

/** Colours take three quarters of axe's time: each look of a text is judged once for each theme and width. */
const badColours = async (page: Page): Promise<Found> => {
  const { looks, violations } = await page.evaluate<{ looks: string[]; violations: Found }>(judgeColours(judged))
  if (violations.length === 0) for (const look of looks) judged.add(look)
  return violations
}

/** What axe finds, as short lines. `onlyColours`: all that differs in another theme. */
export const violations = async (page: Page, onlyColours?: 'color-contrast'): Promise<string[]> => {
  // Put into a page once; the Content-Security-Policy does not speak of it.
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(source)
  const others = onlyColours
    ? []
    : await page.evaluate<Found>(`axe.run(document, ${JSON.stringify(allButColours)}).then((r) => r.violations)`)
  return [...others, ...(await badColours(page))].map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  )
}
