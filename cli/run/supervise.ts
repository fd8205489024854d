import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync, writeSync } from 'node:fs'
import { constants } from 'node:os'
import { formatPing, keptBytes, type Ping } from './record.ts'
import { keep } from './spool.ts'

/**
 * What stands around the command of `watchfloor run` where there is no Perl; supervise.pl says the rest. Both write the
 * same pings into the same spool.
 */

export type RunOptions = { wait: number; capture: boolean }

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const
const LINGER_MS = 300

/** Runs the command to its end and answers its exit status, as a shell would. */
export const supervise = async (job: string, [file = '', ...args]: string[], options: RunOptions): Promise<number> => {
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
    output,
  })
  const output = tail()
  const { capture } = options
  const child = spawn(file, args, { stdio: ['inherit', capture ? 'pipe' : 'inherit', capture ? 'pipe' : 'inherit'] })
  const handlers = forwarded.map((name) => [name, () => passOn(child, name)] as const)
  for (const [name, handler] of handlers) process.on(name, handler)
  relay(child, output.add)
  tell(ping('start', null, Buffer.alloc(0)), 0)
  const status = await ended(child, file)
  await tell(ping('finish', status, output.end()), options.wait)
  return status
}

/** The last bytes of what was added, in order. */
const tail = () => {
  let kept: Buffer[] = []
  let bytes = 0
  return {
    add(chunk: Buffer) {
      kept.push(chunk)
      bytes += chunk.length
      while (kept[0] && bytes - kept[0].length >= keptBytes) bytes -= kept.shift()?.length ?? 0
    },
    end() {
      const all = Buffer.concat(kept)
      kept = []
      return all.subarray(Math.max(0, all.length - keptBytes))
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
const passOn = (child: ChildProcess, name: NodeJS.Signals): void => {
  if ((name === 'SIGINT' || name === 'SIGQUIT') && fromTerminal()) return
  child.kill(name)
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
