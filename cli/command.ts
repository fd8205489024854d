import { readFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { CliError, exitCodes } from './client.ts'
import { readLimit, usualLimit } from './output.ts'

/** A command adds itself to the program. */
export type Define = (program: Command) => void

export const json = (): Option => new Option('--json', 'for programs: JSON; lists are arrays').default(false)
export const limit = (): Option =>
  new Option('--limit <n>', 'how many at most').default(usualLimit).argParser(readLimit)
export const oneOf = (flags: string, description: string, choices: readonly string[]): Option =>
  new Option(flags, description).choices([...choices])

/** Adds examples under the help of a command. */
export const examples = (command: Command, ...lines: string[]): Command =>
  command.addHelpText('after', `\nExample${lines.length > 1 ? 's' : ''}:\n${lines.map((l) => `  ${l}`).join('\n')}`)

/** A group such as `ticket`, made by whoever comes first. */
export const group = (program: Command, name: string, description: string): Command =>
  program.commands.find((c) => c.name() === name) ?? program.command(name).description(description)

/** Words given as arguments; `-` means what comes by standard input. */
export const wordsOf = (given: string[], what: string): string => {
  const words = given.length === 1 && given[0] === '-' ? readFileSync(0, 'utf8') : given.join(' ')
  if (words.trim() !== '') return words
  throw new CliError(`Give ${what}, or - to read it from standard input.`, exitCodes.usage)
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
export const isId = (given: string): boolean => uuid.test(given)
