import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { buildProgram } from '../cli/program.ts'
import { environment } from '../server/platform/config.ts'

/** What the pages for people say must be so: links lead somewhere, commands and settings exist. */
const root = join(import.meta.dirname, '..')
const guide = readdirSync(join(root, 'docs/guide'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/guide/${name}`)
const reference = readdirSync(join(root, 'docs/reference'))
  // That of the command line is what it says of itself.
  .filter((name) => name.endsWith('.md') && name !== 'cli.md')
  .map((name) => `docs/reference/${name}`)
const pages = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  'docs/comparison.md',
  'docs/decisions/README.md',
  'bench/RESULTS.md',
  ...guide,
  ...reference,
]
const textOf = (page: string) => readFileSync(join(root, page), 'utf8')

/** As GitHub makes them of headings. */
const anchorsOf = (text: string) =>
  new Set(
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )

const codeOf = (text: string): string[] => {
  const blocks = [...text.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) => block.split('\n'))
  const inline = [...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)
  return [...blocks, ...inline].map((line) => line.replace(/\s#.*$/, '').trim())
}

describe.each(pages)('%s', (page) => {
  const text = textOf(page)

  test('every link and picture leads to what is there', () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !/^https?:/.test(link))
    const missing = links.filter((link) => {
      const [path = '', anchor] = link.split('#')
      const file = path === '' ? join(root, page) : join(root, dirname(page), path)
      if (!existsSync(file)) return true
      return anchor !== undefined && !anchorsOf(readFileSync(file, 'utf8')).has(anchor)
    })
    expect(missing).toEqual([])
  })

  test('every npm script that it names is one', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }
    const named = [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].map(
      ([, script, own]) => script ?? own ?? '',
    )
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })

  test('every command of watchfloor that it shows is one, with such options', () => {
    const faults = codeOf(text)
      // To these it is the name of an image, a release or an account.
      .filter((line) => !/^(helm|docker|kubectl) /.test(line))
      .flatMap((line) =>
        [...line.matchAll(/(?:^|[\s|&;(])(?:\.\/)?watchfloor (?=[a-z])([^|&;`]*)/g)].map(([, rest = '']) =>
          rest.trim(),
        ),
      )
      .flatMap(faultsOf)
    expect(faults).toEqual([])
  })
})

const program = buildProgram()

/** What of `ticket show INC-12 --json` the command line does not know. */
function faultsOf(line: string): string[] {
  // Not the command line but its folder, its service or the mail address.
  const words = line.split(/\s+/)
  let at: Command = program
  while (at.commands.length > 0) {
    const word = words.shift() ?? ''
    // `doctor`, `audit verify`: in running text several are named with commas between.
    const next = at.commands.find((c) => c.name() === word.replace(/,$/, ''))
    if (!next) return [`watchfloor ${line}: there is no ${word}`]
    at = next
    if (word.endsWith(',')) return []
  }
  const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words
  const known = new Set(at.options.flatMap((o) => [o.long, o.short]))
  return own
    .filter((word) => /^-{1,2}[a-z]/.test(word))
    .map((word) => word.replace(/=.*$/, ''))
    .filter((word) => !known.has(word) && word !== '--help')
    .map((word) => `watchfloor ${line}: there is no ${word}`)
}

test('the settings of the README are those that are read', () => {
  const table = textOf('README.md').split('## Settings')[1]?.split('\n## ')[0] ?? ''
  const named = [...table.matchAll(/^\| (.+?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, name = '']) => name),
  )
  // Found by itself; for those who build.
  const wanted = Object.keys(environment.shape).filter((name) => name !== 'WEB_DIST')
  expect(named.sort()).toEqual(wanted.sort())
})

test('the index of the guide leads to every page of it', () => {
  const index = textOf('docs/guide/README.md')
  const missing = guide.filter((page) => !page.endsWith('/README.md') && !index.includes(`](${basename(page)})`))
  expect(missing).toEqual([])
})

test('every setting that the guide names is read by the server or the command line', () => {
  const text = guide.map(textOf).join('\n')
  const named = [...text.matchAll(/`([A-Z][A-Z]+_[A-Z_]+)`/g)].map(([, name = '']) => name)
  const read = new Set([...Object.keys(environment.shape), ...commandLine])
  expect([...new Set(named)].filter((name) => !read.has(name))).toEqual([])
})
const commandLine = [
  'WATCHFLOOR_URL',
  'WATCHFLOOR_API_KEY',
  'WATCHFLOOR_CONFIG',
  'WATCHFLOOR_SPOOL',
  'WATCHFLOOR_SPOOL_MB',
  'WATCHFLOOR_OUTPUT_MB',
]
