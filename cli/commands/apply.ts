import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Applied, DeclaredChange } from '../../contract/declarations.ts'
import { CliError, createClient, exitCodes } from '../client.ts'
import { type Define, examples, json } from '../command.ts'
import { type Cell, cleanText, paint, say, sayJson, table } from '../output.ts'

type File = { name: string; text: string }

export const defineApply: Define = (program) =>
  examples(
    program
      .command('apply')
      .description('bring what is kept in Watchfloor in line with YAML files: all of it, or nothing')
      .requiredOption(
        '-f, --file <path>',
        'a file, a folder (its .yaml and .yml files, with those of folders in it), or - for standard input; may be given again',
        (path: string, before: string[] = []) => [...before, path],
      )
      .option('--dry-run', 'say what would change, and change nothing', false)
      .addOption(json()),
    'watchfloor apply -f production-support/ --dry-run',
    'watchfloor apply -f services.yaml -f jobs.yaml',
    'watchfloor export --kind job | sed s/ldn1/ldn2/ | watchfloor apply -f -',
  ).action(async (o) => {
    const files = (o.file as string[]).flatMap(filesAt)
    const applied = await createClient().declarations.apply({ files, dryRun: o.dryRun })
    if (o.json) return sayJson(applied)
    say(told(applied))
  })

/** What stands at a path, in the order of names, so that it reads alike everywhere. */
const filesAt = (path: string): File[] => {
  if (path === '-') return [{ name: 'standard input', text: readFileSync(0, 'utf8') }]
  try {
    if (!statSync(path).isDirectory()) return [{ name: path, text: readFileSync(path, 'utf8') }]
    const names = readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.ya?ml$/.test(name) && !/(^|[/\\])\./.test(name))
      .map((name) => join(path, name))
      .filter((name) => statSync(name).isFile())
      .sort()
    if (names.length > 0) return names.map((name) => ({ name: relative('.', name), text: readFileSync(name, 'utf8') }))
  } catch (error) {
    throw new CliError(`${path} cannot be read: ${(error as Error).message}.`, exitCodes.usage)
  }
  throw new CliError(`There is no .yaml or .yml file in ${path}.`, exitCodes.usage)
}

const acts = { create: ['+', 'good'], change: ['~', 'warn'], none: [' ', 'quiet'] } as const

const told = ({ changes, notes, dryRun }: Applied): string => {
  const changed = changes.filter((c) => c.act !== 'none')
  const same = changes.length - changed.length
  const end =
    changed.length === 0
      ? `Nothing to change: all ${changes.length} are as the files say.`
      : `${dryRun ? 'Would be' : 'Were'} created: ${count(changes, 'create')}, changed: ${count(changes, 'change')}; ${same} ${same === 1 ? 'is' : 'are'} as the files say.${dryRun ? ' Nothing was changed.' : ''}`
  const left = notes.map((n) => paint(cleanText(`${n.file}:${n.line} ${n.text}`), 'quiet'))
  return [...changed.map(lines), ...left, end].join('\n')
}

const count = (changes: DeclaredChange[], act: DeclaredChange['act']) => changes.filter((c) => c.act === act).length

const lines = ({ act, kind, name, file, line, fields }: DeclaredChange): string => {
  const [mark, tone] = acts[act]
  const called = name ? `${kind} ${paint(cleanText(name), 'strong')}` : kind
  const head = `${paint(mark, tone)} ${called}  ${paint(`${file}:${line}`, 'quiet')}`
  if (act !== 'change') return head
  const rows = fields.map((f): Cell[] => [`    ${f.field}`, `${value(f.before)} → ${value(f.after)}`])
  return [head, ...table(['', ''], rows).split('\n').slice(1)].join('\n')
}

const value = (given: unknown): string =>
  given === null || given === undefined ? 'none' : typeof given === 'string' ? given : JSON.stringify(given)
