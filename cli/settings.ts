import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** What the config file may say. */
type Config = { url?: string; apiKey?: string }

export const configFile = (): string =>
  process.env.WATCHFLOOR_CONFIG ||
  join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'watchfloor', 'config.json')

/** Why the config file cannot be used; null when it can, or is not there. */
export const configProblem = (): string | null => read().problem

const read = (): { config: Config; problem: string | null } => {
  const file = configFile()
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return { config: {}, problem: code === 'ENOENT' ? null : `${file} cannot be read (${code}).` }
  }
  try {
    const given: unknown = JSON.parse(text)
    if (typeof given === 'object' && given !== null) return { config: given as Config, problem: null }
  } catch {}
  return { config: {}, problem: `${file} is not JSON such as {"url": "https://watchfloor.example", "apiKey": "…"}.` }
}

const text = (given: unknown): string | undefined => (typeof given === 'string' && given !== '' ? given : undefined)

/** WATCHFLOOR_URL, else what the config file says, else this machine. Without a slash at the end. */
export const serverUrl = (): string =>
  (
    text(process.env.WATCHFLOOR_URL) ??
    text(read().config.url) ??
    `http://localhost:${process.env.PORT || 9282}`
  ).replace(/\/+$/, '')

/** WATCHFLOOR_API_KEY, else what the config file says, else the key that the server itself is started with. */
export const apiKey = (): string | undefined =>
  text(process.env.WATCHFLOOR_API_KEY) ?? text(read().config.apiKey) ?? text(process.env.ADMIN_API_KEY)
