import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunAs } from './supervisor-account.ts'
import { EmbeddedDatabaseError } from './supervisor-error.ts'
import { isReady, parsePid, pidFileOf } from './supervisor-leftovers.ts'

type Say = (message: string) => void

/** Where the supervisor and the server report; the server's ordinary lines go to `debug`. */
export type SupervisorLog = { debug?: Say; info: Say; warn: Say; error: Say }

/** How the other user's program is started; pure, for the tests. */
export const commandFor = (runAs: RunAs, file: string, args: string[]) => {
  if (runAs.kind === 'self') return { file, args, identity: {} }
  const { uid, gid } = runAs.account
  if (runAs.kind === 'account') return { file, args, identity: { uid, gid } }
  return { file: 'unshare', args: ['--user', `--map-user=${uid}`, `--map-group=${gid}`, file, ...args], identity: {} }
}

/** Not our own environment: PGDATA, PGPORT and the host's locale and zone must not decide anything. */
const environment = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

type Start = { runAs: RunAs; file: string; args: string[]; cwd: string }

const launch = ({ runAs, file, args, cwd }: Start): ChildProcess => {
  const command = commandFor(runAs, file, args)
  return spawn(command.file, command.args, {
    ...command.identity,
    cwd,
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own: Ctrl-C in the terminal must reach it through us, after the last transaction.
    detached: true,
  })
}

const cannotRun = (file: string, error: NodeJS.ErrnoException) =>
  new EmbeddedDatabaseError(
    error.code === 'EACCES'
      ? `${file} may not be run: is its disk mounted with noexec? Set DATA_DIR to another one, or set DATABASE_URL.`
      : `${file} cannot be run (${error.message}). Set DATABASE_URL to use another PostgreSQL.`,
  )

/** Runs a program to its end. Throws an EmbeddedDatabaseError with its last words if it fails. */
export const runToEnd = async (start: Start): Promise<void> => {
  const child = launch(start)
  // initdb starts programs of its own, hence the group.
  const endWithUs = () => {
    if (child.pid && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGINT')
  }
  process.on('exit', endWithUs)
  let words = ''
  child.stderr?.on('data', (chunk) => {
    words += chunk
  })
  try {
    const [code] = await once(child, 'close')
    if (code !== 0) throw new EmbeddedDatabaseError(`${start.file} failed: ${words.trim() || `it ended with ${code}`}`)
  } catch (error) {
    throw error instanceof EmbeddedDatabaseError ? error : cannotRun(start.file, error as NodeJS.ErrnoException)
  } finally {
    process.off('exit', endWithUs)
  }
}

export type Server = {
  pid: number
  /** Resolves to how it ended. */
  exited: Promise<string>
  /** Resolves when connections are taken, also after a long recovery. Rejects if the server ends first. */
  ready(signal: AbortSignal): Promise<void>
  /** Stops it, at once but in order; resolves when it is gone. */
  stop(): Promise<void>
}

const LOG_LINE = /^(\w+):\s+(.*)$/

const report = (line: string, log: SupervisorLog): void => {
  const [, level = '', text = line] = LOG_LINE.exec(line) ?? []
  if (level === 'PANIC') log.error(`PostgreSQL: ${text}`)
  else if (level === 'FATAL') log.warn(`PostgreSQL: ${text}`)
  else log.debug?.(`PostgreSQL: ${line}`)
}

const signalTo = (child: ChildProcess, signal: NodeJS.Signals) => {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal)
}

/** Why it did not start, and what to do where that is known. */
export const notStarted = (how: string, lastWords: string[], cluster: string): string =>
  lastWords.some((line) => line.includes('No space left on device'))
    ? `PostgreSQL did not start: the disk is full on which ${cluster} lies. Make room there.`
    : `PostgreSQL did not start: ${how}. Its last words: ${lastWords.join(' ') || 'none'}`

/** Starts the server and returns at once. */
export const startServer = (start: Start & { cluster: string }, log: SupervisorLog): Server => {
  const child = launch(start)
  const lastWords: string[] = []
  if (child.stderr)
    createInterface({ input: child.stderr }).on('line', (line) => {
      report(line, log)
      if (lastWords.push(line) > 8) lastWords.shift()
    })
  let failure: NodeJS.ErrnoException | undefined
  const exited = new Promise<string>((resolve) => {
    child.on('error', (error) => {
      failure = error
      resolve(error.message)
    })
    child.on('close', (code, signal) => resolve(signal ? `it was ended by ${signal}` : `it ended with ${code}`))
  })
  // However this process ends, the server ends in order and does not stay behind.
  const endWithUs = () => signalTo(child, 'SIGINT')
  process.on('exit', endWithUs)
  void exited.then(() => process.off('exit', endWithUs))

  const readyNow = () => {
    try {
      const text = readFileSync(pidFileOf(start.cluster), 'utf8')
      return parsePid(text) === child.pid && isReady(text)
    } catch {
      return false
    }
  }
  const ready = async (signal: AbortSignal) => {
    let ended: string | undefined
    void exited.then((how) => {
      ended = how
    })
    const started = performance.now()
    let told = 0
    while (!readyNow()) {
      if (failure) throw cannotRun(start.file, failure)
      if (ended !== undefined) throw new EmbeddedDatabaseError(notStarted(ended, lastWords, start.cluster))
      const waited = Math.floor((performance.now() - started) / 10_000)
      if (waited > told) log.info(`PostgreSQL is still recovering after an unclean end (${waited * 10} s)`)
      told = waited
      await sleep(5, undefined, { signal })
    }
  }
  const stop = async () => {
    signalTo(child, 'SIGINT')
    const escalate = [
      setTimeout(() => signalTo(child, 'SIGQUIT'), 60_000),
      setTimeout(() => signalTo(child, 'SIGKILL'), 70_000),
    ]
    await exited
    for (const timer of escalate) clearTimeout(timer)
  }
  return { pid: child.pid ?? -1, exited, ready, stop }
}
