import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { formatPing, nameOf, type Ping, parsePing, runOf } from './record.ts'

/**
 * The folder in which pings wait for the server. A file is one ping; it is written under another name and renamed, so
 * that nobody reads half of one. A courier takes a file by renaming it: of many at once exactly one gets it.
 */

/** A claim by a process that is gone, or by one that seems to be (another machine on the same home), is void. */
const CLAIM_MS = 120_000
const REFUSED_KEPT_MS = 7 * 86_400_000

export const spoolFolder = (): string => {
  const state = process.env.XDG_STATE_HOME || (process.env.HOME ? join(homedir(), '.local', 'state') : '')
  return (
    process.env.WATCHFLOOR_SPOOL ||
    (state ? join(state, 'watchfloor', 'spool') : join('/var/tmp', `watchfloor-${process.geteuid?.() ?? 0}`, 'spool'))
  )
}

/** How much the spool may take of the disk, in bytes. */
const mostBytes = (): number => (Number(process.env.WATCHFLOOR_SPOOL_MB) || 50) * 1e6

const ignoring = <T>(what: () => T): T | null => {
  try {
    return what()
  } catch {
    return null
  }
}
const names = (folder: string): string[] => ignoring(() => readdirSync(folder).sort()) ?? []
// Not `recursive`: Node then tries for ever where a folder cannot be made, as below /proc.
export const makeFolder = (folder: string): void => {
  if (statSync(folder, { throwIfNoEntry: false })) return
  if (dirname(folder) !== folder) makeFolder(dirname(folder))
  ignoring(() => mkdirSync(folder, { mode: 0o700 }))
}
const isMine = (folder: string): boolean => statSync(folder).uid === process.geteuid?.()

/** Puts a ping there. False when there is no room or no right to. */
export const keep = (ping: Ping): boolean => {
  const folder = spoolFolder()
  const temporary = join(folder, `.new-${ping.id}`)
  try {
    makeFolder(folder)
    if (!isMine(folder)) return false
    writeFileSync(temporary, formatPing(ping), { mode: 0o600 })
    renameSync(temporary, join(folder, nameOf(ping)))
    return true
  } catch {
    ignoring(() => rmSync(temporary, { force: true }))
    return false
  }
}

export type Claimed = { name: string; ping: Ping | null }

const claimOf = (name: string) => `${name}.${process.pid}`
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Gives back what a courier that died had taken. */
export const releaseStale = (now: number): void => {
  const folder = spoolFolder()
  for (const name of names(folder)) {
    const [, own, pid] = /^(.+\.ping)\.(\d+)$/.exec(name) ?? []
    const age = () => now - (ignoring(() => statSync(join(folder, name)).ctimeMs) ?? now)
    if (own && pid && (Number(pid) === process.pid || !isAlive(Number(pid)) || age() > CLAIM_MS))
      ignoring(() => renameSync(join(folder, name), join(folder, own)))
    if (name.startsWith('.new-') && age() > CLAIM_MS) ignoring(() => rmSync(join(folder, name)))
  }
}

/** Pings that wait and that nobody delivers at present, oldest first. */
export const waiting = (): string[] => {
  const all = names(spoolFolder())
  const taken = new Set(all.filter((n) => /\.ping\.\d+$/.test(n)).map(runOf))
  // The start of a run goes before its end: whoever has the one takes the other afterwards.
  return all.filter((n) => n.endsWith('.ping') && !taken.has(runOf(n)))
}

/** Whether somebody is delivering a ping of this run. */
export const isTaken = (run: string): boolean =>
  names(spoolFolder()).some((n) => runOf(n) === run && /\.ping\.\d+$/.test(n))

/** Takes one; null when another was quicker. */
export const claim = (name: string): Claimed | null => {
  const folder = spoolFolder()
  const mine = join(folder, claimOf(name))
  if (ignoring(() => renameSync(join(folder, name), mine)) === null) return null
  const bytes = ignoring(() => readFileSync(mine))
  if (!bytes) return null
  return { name, ping: parsePing(bytes) }
}

export const release = ({ name }: Claimed): void =>
  void ignoring(() => renameSync(join(spoolFolder(), claimOf(name)), join(spoolFolder(), name)))
export const drop = ({ name }: Claimed): void => void ignoring(() => rmSync(join(spoolFolder(), claimOf(name))))

/** What will never be taken is kept aside for a week, with the reason, so that somebody can see it. */
export const refuse = ({ name }: Claimed, reason: string): void => {
  const folder = join(spoolFolder(), 'refused')
  ignoring(() => makeFolder(folder))
  ignoring(() => renameSync(join(spoolFolder(), claimOf(name)), join(folder, name)))
  ignoring(() => writeFileSync(join(folder, `${name}.why`), reason, { mode: 0o600 }))
}

export type Waiting = { ping: Ping; bytes: number; refused: string | null }

/** Everything that is there, for people to look at. */
export const contents = (): Waiting[] => {
  const read = (folder: string, refused: boolean) =>
    names(folder).flatMap((name) => {
      if (!/\.ping(\.\d+)?$/.test(name)) return []
      const bytes = ignoring(() => readFileSync(join(folder, name)))
      const ping = bytes ? parsePing(bytes) : null
      const why = refused ? (ignoring(() => readFileSync(join(folder, `${name}.why`), 'utf8')) ?? '') : null
      return ping && bytes ? [{ ping, bytes: bytes.length, refused: why }] : []
    })
  return [...read(spoolFolder(), false), ...read(join(spoolFolder(), 'refused'), true)]
}

/** Keeps the spool within its size: first outputs go, the oldest first, then whole pings. */
export const trim = (now: number, most = mostBytes()): void => {
  const folder = spoolFolder()
  const aside = join(folder, 'refused')
  for (const name of names(aside)) {
    const path = join(aside, name)
    if (now - (ignoring(() => statSync(path).mtimeMs) ?? now) > REFUSED_KEPT_MS) ignoring(() => rmSync(path))
  }
  // A file takes whole blocks; a ping without output takes one.
  const size = (path: string) => Math.max(ignoring(() => statSync(path).size) ?? 0, 4_096)
  const all = [...names(aside).map((n) => join(aside, n)), ...names(folder).map((n) => join(folder, n))].filter((p) =>
    /\.(ping|why)$/.test(p),
  )
  let total = all.reduce((sum, path) => sum + size(path), 0)
  for (const path of all) {
    if (total <= most) return
    if (size(path) > 8_192) total -= shorten(path)
  }
  for (const path of all) {
    if (total <= most) return
    total -= size(path)
    ignoring(() => rmSync(path, { force: true }))
  }
}

/** Takes the output out of a ping, and answers how many bytes that freed. */
const shorten = (path: string): number => {
  const bytes = ignoring(() => readFileSync(path))
  const ping = bytes && parsePing(bytes)
  if (!bytes || !ping) return 0
  const note = Buffer.from('[The output was not kept: the server was away and the spool was full.]\n')
  return (
    ignoring(() => {
      writeFileSync(`${path}.short`, formatPing({ ...ping, output: note }), { mode: 0o600 })
      renameSync(`${path}.short`, path)
      return bytes.length - 4_096
    }) ?? 0
  )
}
