import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { CliError, exitCodes } from './client.ts'

type File = { name: string; text: string }

/** What stands at a path; of a folder all files in it. */
export const filesAt = (path: string): File[] => {
  try {
    if (path === '-') return [{ name: 'standard input', text: decoded(readFileSync(0)) }]
    if (!statSync(path).isDirectory()) return [{ name: path, text: decoded(readFileSync(path)) }]
    const names = readdirSync(path, { encoding: 'utf8' })
      .filter((name) => !name.startsWith('.') && statSync(join(path, name)).isFile())
      .sort()
    if (names.length > 0)
      return names.map((name) => ({ name: join(path, name), text: decoded(readFileSync(join(path, name))) }))
  } catch (error) {
    throw new CliError(`${path} cannot be read: ${(error as Error).message}.`, exitCodes.usage)
  }
  throw new CliError(`There is no file in ${path}.`, exitCodes.usage)
}

/** UTF-8, else Latin-1, in which old tables are written. */
const decoded = (bytes: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
