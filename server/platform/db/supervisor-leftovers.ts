import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** What is known of a process: whether it still runs (a zombie does not), and whether it is PostgreSQL in this cluster. */
export type Seen = { zombie: boolean; serves: boolean }

/** The number of the server that wrote postmaster.pid; null if the text is cut short or is no such file. */
export const parsePid = (text: string): number | null => {
  const pid = Number(text.split('\n')[0])
  return Number.isInteger(pid) && pid > 1 ? pid : null
}

/** The server writes its state into the eighth line of postmaster.pid. */
export const isReady = (text: string): boolean => text.split('\n')[7]?.trim() === 'ready'

/**
 * What to do about a postmaster.pid that is there before we start. A number of a dead process is left to PostgreSQL,
 * which clears it and looks at the shared memory as well. It asks only whether the number is alive, though, so a zombie
 * or a stranger who got the number since would stop it: there the file goes.
 */
export const judgePidFile = (pid: number | null, seen: Seen | null): 'leave' | 'end' | 'remove' => {
  if (pid === null) return 'remove'
  if (!seen) return 'leave'
  return seen.serves && !seen.zombie ? 'end' : 'remove'
}

/** The state letter of a line of /proc/<pid>/stat; the name before it may hold spaces and brackets. */
export const stateOf = (stat: string): string => stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3)

const lookInProc = (pid: number, cluster: string): Seen | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    if (['Z', 'X'].includes(stateOf(stat))) return { zombie: true, serves: false }
    const isPostgres = readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres'
    return { zombie: false, serves: isPostgres && readlinkSync(`/proc/${pid}/cwd`) === cluster }
  } catch (error) {
    return ['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')
      ? { zombie: false, serves: false }
      : null
  }
}

const lookByPs = (pid: number, cluster: string): Seen | null => {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,command=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    return { zombie: line.startsWith('Z'), serves: line.includes(cluster) }
  } catch {
    return null
  }
}

const hasProc = existsSync('/proc/self/stat')

/** Looks at a process; null if there is none. `cluster` is a path without links. */
export const look = (pid: number, cluster: string): Seen | null =>
  hasProc ? lookInProc(pid, cluster) : lookByPs(pid, cluster)

const serving = (pids: number[], cluster: string) => pids.filter((pid) => look(pid, cluster)?.serves)

const allServing = (pid: number | null, cluster: string): number[] => {
  const known = pid === null ? [] : [pid]
  // Also processes whose server was killed over their heads: they may still write.
  const others = hasProc
    ? readdirSync('/proc')
        .map(Number)
        .filter((n) => Number.isInteger(n) && n !== pid)
    : []
  return serving([...known, ...others], cluster)
}

const STEPS = [
  ['SIGINT', 30_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
] as const

const endAll = async (pids: number[], cluster: string): Promise<void> => {
  let left = pids
  for (const [signal, patience] of STEPS) {
    for (const pid of left) {
      try {
        process.kill(pid, signal)
      } catch {} // It ended by itself in the meantime.
    }
    const deadline = performance.now() + patience
    while (left.length > 0 && performance.now() < deadline) {
      await sleep(5)
      left = serving(left, cluster)
    }
    if (left.length === 0) return
  }
}

const readText = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

export const pidFileOf = (cluster: string) => join(cluster, 'postmaster.pid')

/**
 * Clears what an earlier run left behind when it was killed: a server without a master, its files, its sockets. The
 * caller holds the lock of the data folder, so nothing that still runs in there has an owner. Returns how many
 * processes were ended.
 */
export const clearLeftovers = async (cluster: string, sockets: string): Promise<number> => {
  const file = pidFileOf(cluster)
  const text = readText(file)
  let ended = 0
  if (text !== null) {
    const path = realpathSync(cluster)
    const pid = parsePid(text)
    const live = allServing(pid, path)
    await endAll(live, path)
    ended = live.length
    if (existsSync(file) && judgePidFile(pid, pid === null ? null : look(pid, path)) === 'remove')
      rmSync(file, { force: true })
  }
  for (const name of readdirSync(sockets))
    if (name.startsWith('.s.PGSQL.')) rmSync(join(sockets, name), { force: true })
  return ended
}
