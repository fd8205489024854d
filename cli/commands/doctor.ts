import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Client, serverUrl } from '../client.ts'

export type Finding = { what: string; state: 'ok' | 'warn' | 'bad'; detail: string }

const LEAST_FREE_BYTES = 1e9

/** What stands in the way of a healthy Watchfloor: this machine, the data folder, the server. */
export const examine = async (client: Client): Promise<Finding[]> => [
  node(),
  dataFolder(),
  disk(),
  key(),
  ...(await server(client)),
]

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

const key = (): Finding =>
  process.env.WATCHFLOOR_API_KEY || process.env.ADMIN_API_KEY
    ? { what: 'Key', state: 'ok', detail: 'set' }
    : {
        what: 'Key',
        state: 'warn',
        detail: 'WATCHFLOOR_API_KEY is not set: what only a signed-in caller sees is not examined.',
      }

const server = async (client: Client): Promise<Finding[]> => {
  const ready = await fetch(`${serverUrl()}/readyz`).then(
    (r) => r.status,
    () => null,
  )
  if (ready === null)
    return [
      {
        what: 'Server',
        state: 'bad',
        detail: `Nothing answers at ${serverUrl()}. Start it with npm start, or set WATCHFLOOR_URL.`,
      },
    ]
  const own: Finding =
    ready === 200
      ? { what: 'Server', state: 'ok', detail: serverUrl() }
      : { what: 'Server', state: 'bad', detail: `${serverUrl()} is not ready; its database may be away.` }
  const inside = await client.system.health().then(
    ({ items }) =>
      items.map(
        (i): Finding => ({
          what: i.what,
          state: i.state === 'ok' ? 'ok' : i.state === 'bad' ? 'bad' : 'warn',
          detail: i.detail,
        }),
      ),
    () => [],
  )
  return [own, ...inside]
}
