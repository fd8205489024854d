import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { ORPCError } from '@orpc/client'
import { type Client, createClient, exitCodes } from '../client.ts'
import { type Define, examples, json } from '../command.ts'
import { type Cell, say, sayJson, table } from '../output.ts'
import { contents, spoolFolder } from '../run/spool.ts'
import { apiKey, configFile, configProblem, serverUrl } from '../settings.ts'

type Finding = { what: string; state: 'ok' | 'warn' | 'bad'; detail: string }

const LEAST_FREE_BYTES = 1e9

const tones = { ok: 'good', warn: 'warn', bad: 'bad' } as const

export const defineDoctor: Define = (program) =>
  examples(
    program.command('doctor').description('what stands in the way of a healthy Watchfloor').addOption(json()),
    'watchfloor doctor && echo fine',
  ).action(async (o) => {
    const findings = await examine(createClient())
    const row = (f: Finding): Cell[] => [[f.state, tones[f.state]], f.what, f.detail]
    if (o.json) sayJson(findings)
    else say(table(['', 'WHAT', 'DETAIL'], findings.map(row)))
    if (findings.some((f) => f.state === 'bad')) process.exitCode = exitCodes.failed
  })

/** What stands in the way of a healthy Watchfloor: this machine, the data folder, the server. */
const examine = async (client: Client): Promise<Finding[]> => {
  const ready = await readiness()
  const inside = await client.system.health().catch((error: unknown) => statusOf(error))
  return [
    // Where nothing but the copied command line is, there is no server to look after.
    ...(process.env.WATCHFLOOR_BUNDLE ? [] : [node(), dataFolder(), disk()]),
    key(typeof inside === 'number' ? inside : null),
    ...config(),
    ...spool(),
    server(ready),
    ...(typeof inside === 'object' && inside ? inside.items.map(ofServer) : []),
  ]
}

/** With which status it was refused; null where nothing answered. */
const statusOf = (error: unknown): number | null => (error instanceof ORPCError ? error.status : null)

const node = (): Finding => {
  const [major = 0] = process.versions.node.split('.').map(Number)
  return major >= 26
    ? { what: 'Node', state: 'ok', detail: process.versions.node }
    : {
        what: 'Node',
        state: 'bad',
        detail: `${process.versions.node}; Watchfloor needs 26. Run npm start once, which brings it.`,
      }
}

const dataDir = () => resolve(process.env.DATA_DIR ?? 'data')

const dataFolder = (): Finding => {
  const folder = dataDir()
  if (!existsSync(folder))
    return { what: 'Data folder', state: 'warn', detail: `${folder} does not exist yet; the first start makes it.` }
  try {
    accessSync(folder, constants.W_OK)
  } catch {
    return {
      what: 'Data folder',
      state: 'bad',
      detail: `${folder} cannot be written by this user. Change its owner, or set DATA_DIR.`,
    }
  }
  const secret = resolve(folder, 'secret.key')
  const open = existsSync(secret) && (statSync(secret).mode & 0o077) !== 0
  if (open)
    return { what: 'Data folder', state: 'bad', detail: `${secret} can be read by others. Run chmod 600 on it.` }
  return { what: 'Data folder', state: 'ok', detail: folder }
}

const disk = (): Finding => {
  const folder = existsSync(dataDir()) ? dataDir() : '.'
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  return { what: 'Disk', state: free < LEAST_FREE_BYTES ? 'bad' : 'ok', detail: `${(free / 1e9).toFixed(1)} GB free` }
}

/** Pings of jobs that wait, and those that the server did not want. */
const spool = (): Finding[] => {
  const all = contents()
  if (all.length === 0) return []
  const refused = all.filter((p) => p.refused !== null)
  const [last] = refused.slice(-1)
  const detail = `${all.length - refused.length} pings wait in ${spoolFolder()}${last ? `; ${refused.length} were refused, the last because: ${last.refused}` : ''}`
  return [{ what: 'Spool', state: 'warn', detail }]
}

/** @param refused with which status the server refused it, if it did */
const key = (refused: number | null): Finding => {
  const finding = (state: Finding['state'], detail: string): Finding => ({ what: 'Key', state, detail })
  if (!apiKey())
    return finding('warn', 'WATCHFLOOR_API_KEY is not set: what only a signed-in caller sees is not examined.')
  if (refused === 401)
    return finding('bad', 'The server does not accept it: it is mistyped, was revoked, or is of another Watchfloor.')
  if (refused === 403)
    return finding('warn', 'It may not read how the server is, so that is not examined; all else goes by its scopes.')
  return finding('ok', 'set')
}

/** Whoever can read the config file can act with its key. */
const config = (): Finding[] => {
  const problem = configProblem()
  if (problem) return [{ what: 'Config', state: 'bad', detail: problem }]
  if (!existsSync(configFile())) return []
  return (statSync(configFile()).mode & 0o077) === 0
    ? [{ what: 'Config', state: 'ok', detail: configFile() }]
    : [{ what: 'Config', state: 'warn', detail: `${configFile()} can be read by others. Run chmod 600 on it.` }]
}

/** The status with which it says whether it is ready; null where nothing answers. */
const readiness = (): Promise<number | null> =>
  fetch(`${serverUrl()}/readyz`).then(
    (r) => r.status,
    () => null,
  )

const server = (ready: number | null): Finding => {
  const finding = (state: Finding['state'], detail: string): Finding => ({ what: 'Server', state, detail })
  if (ready === null)
    return finding('bad', `Nothing answers at ${serverUrl()}. Start it with npm start, or set WATCHFLOOR_URL.`)
  return ready === 200
    ? finding('ok', serverUrl())
    : finding('bad', `${serverUrl()} is not ready; its database may be away.`)
}

type Seen = { what: string; state: string; detail: string }
const ofServer = ({ what, state, detail }: Seen): Finding => ({
  what,
  state: state === 'ok' || state === 'bad' ? state : 'warn',
  detail,
})
