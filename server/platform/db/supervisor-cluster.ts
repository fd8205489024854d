import { chmodSync, chownSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Programs } from './binaries.ts'
import { EmbeddedDatabaseError } from './supervisor-error.ts'
import { diskOwner, makePrivate, type Place, PORT } from './supervisor-place.ts'
import { runToEnd } from './supervisor-process.ts'

/** The owner of the database, inside PostgreSQL. */
export const USER = 'watchfloor'

export type Settings = Record<string, string>

/** What the server is started with. `more` goes over it. */
export const serverSettings = (sockets: string, more: Settings = {}): Settings => ({
  listen_addresses: '',
  port: String(PORT),
  unix_socket_directories: sockets,
  unix_socket_permissions: '0700',
  max_connections: '100',
  // The binaries carry no LLVM.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Its own state only: a failed statement is told to whoever sent it, and its text may hold what no log should.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  log_line_prefix: '',
  ...more,
})

export const serverArguments = (cluster: string, settings: Settings): string[] => [
  '-D',
  cluster,
  ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
]

/**
 * Who may connect: this program's own operating-system user, which the kernel vouches for, over the private socket.
 * No password to keep or to lose.
 */
export const accessFiles = (names: string[]): { hba: string; ident: string } => ({
  hba: '# Written by Watchfloor at each start.\nlocal all all peer map=watchfloor\nlocal replication all peer map=watchfloor\n',
  ident: `# Written by Watchfloor at each start.\n${names.map((name) => `watchfloor "${name.replaceAll('"', '""')}" ${USER}\n`).join('')}`,
})

/** The major version of an existing cluster, or null before the first start. */
const majorOf = (cluster: string): number | null =>
  existsSync(join(cluster, 'PG_VERSION'))
    ? Number.parseInt(readFileSync(join(cluster, 'PG_VERSION'), 'utf8'), 10)
    : null

/** Why a cluster of this major version cannot be opened; null if it can. */
export const versionRefusal = (found: number, brought: number, cluster: string): string | null =>
  found === brought
    ? null
    : `The database in ${cluster} was made by PostgreSQL ${found}, and this Watchfloor brings PostgreSQL ${brought}, which cannot read it. ` +
      `Start the Watchfloor that made it, or serve it with a PostgreSQL ${found} of your own and set DATABASE_URL.`

const UNFINISHED = 'unfinished-'

const removeUnfinished = (home: string): void => {
  for (const name of readdirSync(home).filter((entry) => entry.startsWith(`cluster.${UNFINISHED}`))) {
    try {
      rmSync(join(home, name), { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
    } catch {} // Still being written to: the next start removes it.
  }
}

const initialise = async (place: Place, programs: Programs, durable: boolean): Promise<void> => {
  // Under another name until it is whole: what is killed half-way leaves nothing that looks like a database. Under a name
  // of its own, because the initdb of a killed process goes on for a moment.
  const unfinished = `${place.cluster}.${UNFINISHED}${process.pid}`
  makePrivate(unfinished, diskOwner(place))
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const args = ['-D', unfinished, '-U', USER, '--auth=peer', ...locale, ...(durable ? [] : ['--no-sync'])]
  await runToEnd({ runAs: place.runAs, file: programs.initdb, args, cwd: place.home })
  renameSync(unfinished, place.cluster)
}

const writeFor = (place: Place, name: string, content: string) => {
  const file = join(place.cluster, name)
  const { uid, gid } = diskOwner(place)
  writeFileSync(file, content)
  chownSync(file, uid, gid)
  chmodSync(file, 0o600)
}

/**
 * Makes the cluster at the first start, and sets who may connect. Returns whether it was made now. Throws an
 * EmbeddedDatabaseError if it cannot be opened.
 */
export const prepareCluster = async (place: Place, programs: Programs, settings: Settings): Promise<boolean> => {
  removeUnfinished(place.home)
  const found = majorOf(place.cluster)
  if (found === null) await initialise(place, programs, settings.fsync !== 'off')
  const refusal = found === null ? null : versionRefusal(found, programs.major, place.cluster)
  if (refusal) throw new EmbeddedDatabaseError(refusal)
  // In a user namespace the server sees us under the name that we are mapped to.
  const us = place.runAs.kind === 'namespace' ? place.runAs.account : place.self
  const { hba, ident } = accessFiles([us.name])
  writeFor(place, 'pg_hba.conf', hba)
  writeFor(place, 'pg_ident.conf', ident)
  return found === null
}
