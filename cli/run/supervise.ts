import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync, writeSync } from 'node:fs'
import { constants } from 'node:os'
import type { RunArguments } from './arguments.ts'
import { type Lock, lockJob } from './lock.ts'
import { formatPing, isUuid, keptBytes, type Ping } from './record.ts'
import { keep } from './spool.ts'

/**
 * What stands around the command of `watchfloor run` where there is no Perl; supervise.pl says the rest. Both write the
 * same pings into the same spool.
 */

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const
const LINGER_MS = 300
const GRACE_MS = 5_000
const TIMED_OUT = 124
/** How much of what is new goes with a heartbeat. */
const newsBytes = 2_000

/** Runs the command to its end and answers its exit status, as a shell would. */
export const supervise = async (asked: RunArguments): Promise<number> => {
  const { job, capture, timeout, wait } = asked
  const [file = '', ...args] = asked.command
  const run = randomUUID()
  const url = process.env.WATCHFLOOR_URL || null
  const ping = (kind: Ping['kind'], status: number | null, output: Buffer): Ping => ({
    kind,
    id: randomUUID(),
    run,
    job,
    at: Date.now(),
    url,
    status,
    // Node cannot measure what a child of its took.
    cpuMs: null,
    peakKb: null,
    output,
  })
  const lock = asked.overlaps ? null : lockJob(job)
  if (lock?.held === false) {
    await tell(refusal(ping('log', null, Buffer.alloc(0)), lock), wait)
    return 0
  }
  if (!asked.overlaps && !lock) say('no lock can be had. The job runs all the same.')
  const output = tail()
  const pipe = capture ? 'pipe' : 'inherit'
  // A group of its own, which ends as a whole; for Node that is a session of its own.
  const child = spawn(file, args, { stdio: ['inherit', pipe, pipe], detached: timeout !== null })
  const watch = timeout && endAfter(child, timeout.seconds * 1000)
  for (const name of forwarded) process.on(name, () => passOn(child, name, timeout !== null))
  if (child.pid) lock?.note(child.pid, run)
  relay(child, output.add)
  tell(ping('start', null, Buffer.alloc(0)), 0)
  const beats = asked.heartbeat
    ? setInterval(() => void tell(ping('log', null, output.news()), 0), asked.heartbeat * 1000)
    : undefined
  let status = await ended(child, file)
  clearInterval(beats)
  if (watch && (await watch.isOverdue())) {
    const words = `it ran longer than ${timeout.given} and was stopped.`
    say(words)
    output.addLine(`watchfloor: ${words}`)
    status = TIMED_OUT
  }
  lock?.free()
  await tell(ping('finish', status, output.end()), wait)
  return status
}

const say = (words: string) => void writeSync(2, `watchfloor: ${words}\n`)

/** It is told on the run that goes on. */
const refusal = (ping: Ping, { process: other, run }: Extract<Lock, { held: false }>): Ping => {
  say(`${ping.job} is still running (process ${other}), so this run does not start.`)
  const words = `Another run of it was to start here, and did not: this one (process ${other}) was still going on.\n`
  return { ...ping, run: run && isUuid(run) ? run : ping.run, output: Buffer.from(words) }
}

/** Asks the command and all that it has started to end, and soon after makes them. */
const endAfter = (child: ChildProcess, ms: number) => {
  let told = 0
  const signal = (name: NodeJS.Signals | 0): boolean => {
    try {
      return child.pid !== undefined && process.kill(-child.pid, name)
    } catch {
      return false
    }
  }
  const end = () => {
    signal(told++ ? 'SIGKILL' : 'SIGTERM')
    signal('SIGCONT')
    timer = setTimeout(end, GRACE_MS)
  }
  let timer = setTimeout(end, Math.min(ms, 2 ** 31 - 1))
  child.once('exit', () => clearTimeout(timer))
  return {
    /** Whether it was ended so; then nothing of it is left. */
    async isOverdue() {
      clearTimeout(timer)
      if (told === 0) return false
      for (const began = performance.now(); told === 1 && signal(0) && performance.now() - began < GRACE_MS; )
        await new Promise((resolve) => setTimeout(resolve, 50))
      signal('SIGKILL')
      return true
    },
  }
}

/** The last bytes of what was added, in order. */
const tail = () => {
  const most = keptBytes()
  let kept: Buffer[] = []
  let bytes = 0
  let fresh = 0
  return {
    add(chunk: Buffer) {
      kept.push(chunk)
      fresh += chunk.length
      bytes += chunk.length
      while (kept[0] && bytes - kept[0].length >= most) bytes -= kept.shift()?.length ?? 0
    },
    /** The end of what came since it was last asked. */
    news() {
      const most = Math.min(fresh, newsBytes)
      fresh = 0
      return most === 0 ? Buffer.alloc(0) : Buffer.concat(kept).subarray(-most)
    },
    addLine(line: string) {
      const last = kept.at(-1)
      this.add(Buffer.from(`${last && last.at(-1) !== 10 ? '\n' : ''}${line}\n`))
    },
    end() {
      const all = Buffer.concat(kept)
      kept = []
      return all.subarray(Math.max(0, all.length - most))
    },
  }
}

/** Hands on what the command prints. Whom nobody reads any more learns it, as without us. */
const relay = (child: ChildProcess, add: (chunk: Buffer) => void): void => {
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    from?.on('data', (chunk: Buffer) => {
      add(chunk)
      if (!to.write(chunk)) {
        from.pause()
        to.once('drain', () => from.resume())
      }
    })
    to.on('error', () => from?.destroy())
  }
}

const ended = (child: ChildProcess, file: string): Promise<number> =>
  new Promise((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      const missing = error.code === 'ENOENT' || error.code === 'ENOTDIR'
      writeSync(2, `watchfloor: ${file}: ${missing ? 'not found' : error.message}\n`)
      resolve(missing ? 127 : 126)
    })
    child.once('exit', (code, signal) => {
      const status = signal ? 128 + constants.signals[signal] : (code ?? 0)
      const streams = [child.stdout, child.stderr].filter((s) => s !== null)
      const open = () => streams.some((s) => !s.destroyed && !s.readableEnded)
      // Something that the command left behind may hold its output; it does not hold us.
      const linger = setTimeout(() => resolve(status), LINGER_MS)
      const look = () => {
        if (open()) return
        clearTimeout(linger)
        resolve(status)
      }
      for (const stream of streams) stream.once('close', look)
      look()
    })
  })

/** A signal from the terminal reaches the whole group of processes; the command must not get it twice. */
const passOn = (child: ChildProcess, name: NodeJS.Signals, ownGroup: boolean): void => {
  const isKey = name === 'SIGINT' || name === 'SIGQUIT'
  if (!ownGroup || !isKey || !child.pid) return void ((isKey && fromTerminal()) || child.kill(name))
  try {
    process.kill(-child.pid, name)
  } catch {}
}

const fromTerminal = (): boolean => {
  try {
    const [, group, , , terminal] = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) \S /s, '')
      .split(' ')
    return group === terminal
  } catch {
    return false
  }
}

/** Into the spool, and a courier off with it. Waits for the courier when the caller wants that. */
const tell = async (ping: Ping, wait: number): Promise<void> => {
  const kept = keep(ping)
  const script = process.argv[1] ?? ''
  const patience = String(wait || 5)
  const courier = spawn(
    process.execPath,
    [
      ...process.execArgv,
      script,
      'spool',
      'deliver',
      '--for',
      patience,
      ...(wait ? ['--run', ping.run] : []),
      ...(kept ? [] : ['--stdin']),
    ],
    { detached: true, stdio: [kept ? 'ignore' : 'pipe', 'ignore', wait ? 'inherit' : 'ignore'] },
  )
  courier.on('error', () => {})
  courier.stdin?.on('error', () => {})
  courier.stdin?.end(formatPing(ping))
  if (!wait) return courier.unref()
  await new Promise((resolve) => {
    courier.once('exit', resolve)
    courier.once('error', resolve)
    setTimeout(resolve, (wait + 5) * 1000).unref()
  })
}
