import { type ChildProcess, spawn } from 'node:child_process'

export type Ran = {
  end: 'exit' | 'signal' | 'timeout' | 'aborted' | 'not_started'
  exitStatus: number | null
  /** Which signal ended it, or why it was not started. */
  why: string
  /** The end of what it printed, both streams as they came. */
  output: string
  bytes: number
}

const KEPT = 64_000
const PATIENCE_MS = 2_000
/** Something that it has left running may hold its output open: what it printed by then is all. */
const DRAIN_MS = 500

/** Nothing of our own environment, which holds the keys of the house. */
const environment = { PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8', HOME: '/' }

/**
 * Runs a program without a shell, in a process group of its own, which ends as a whole when its time is up or `signal`
 * fires: with SIGTERM, and two seconds later with SIGKILL. Never rejects.
 */
export const runProgram = async (
  program: string,
  args: readonly string[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<Ran> => {
  const tail = keepTail()
  const child = start(program, args)
  if (child instanceof Error) return { end: 'not_started', exitStatus: null, why: child.message, output: '', bytes: 0 }
  child.stdout?.on('data', tail.add)
  child.stderr?.on('data', tail.add)
  let cut: 'timeout' | 'aborted' | null = null
  let hard: NodeJS.Timeout | undefined
  const stop = (why: 'timeout' | 'aborted') => {
    if (cut) return
    cut = why
    endGroup(child, 'SIGTERM')
    hard = setTimeout(() => endGroup(child, 'SIGKILL'), PATIENCE_MS)
  }
  const timer = setTimeout(() => stop('timeout'), timeoutMs)
  const onAbort = () => stop('aborted')
  signal.addEventListener('abort', onAbort, { once: true })
  const ended = await untilEnd(child)
  clearTimeout(timer)
  signal.removeEventListener('abort', onAbort)
  if (cut) endGroup(child, 'SIGKILL')
  clearTimeout(hard)
  const printed = { output: tail.text(), bytes: tail.bytes() }
  if (ended instanceof Error) return { end: 'not_started', exitStatus: null, why: ended.message, ...printed }
  const end = cut ?? (ended.status === null ? 'signal' : 'exit')
  return { end, exitStatus: ended.status, why: ended.by ?? '', ...printed }
}

const start = (program: string, args: readonly string[]): ChildProcess | Error => {
  try {
    return spawn(program, args, {
      cwd: '/',
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      shell: false,
    })
  } catch (error) {
    // Such as more arguments than the system takes.
    return error instanceof Error ? error : new Error(String(error))
  }
}

type Ended = { status: number | null; by: string | null } | Error

const untilEnd = (child: ChildProcess): Promise<Ended> =>
  new Promise((resolve) => {
    child.once('error', resolve)
    child.once('exit', (status, by) => {
      const drained = setTimeout(() => {
        child.stdout?.destroy()
        child.stderr?.destroy()
      }, DRAIN_MS)
      child.once('close', () => {
        clearTimeout(drained)
        resolve({ status, by })
      })
    })
  })

const endGroup = (child: ChildProcess, by: NodeJS.Signals) => {
  try {
    if (child.pid) process.kill(-child.pid, by)
  } catch {
    // All of it has ended.
  }
}

/** However much is printed, little is held. */
const keepTail = () => {
  let chunks: Buffer[] = []
  let held = 0
  let bytes = 0
  const whole = () => Buffer.concat(chunks).subarray(-KEPT)
  return {
    add: (chunk: Buffer) => {
      bytes += chunk.length
      held += chunk.length
      chunks.push(chunk)
      if (held < 4 * KEPT) return
      // A copy: a part would keep all of it in memory.
      chunks = [Buffer.from(whole())]
      held = chunks[0]?.length ?? 0
    },
    text: () => whole().toString('utf8'),
    bytes: () => bytes,
  }
}
