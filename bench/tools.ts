import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { asked } from '../test/harness/asked.ts'
import type { ServerProcess } from '../test/harness/process.ts'

const run = promisify(execFile)

/** One measured figure beside what it is held against. */
export type Figure = {
  what: string
  ours: string
  beside: string
  budget: string
  ok: boolean | null
  /** What a profile says of a budget that is missed. */
  why?: string
}

export const machine = () =>
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`

export const median = (values: number[]): number => percentile(values, 50)

export const percentile = (values: number[], p: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil((p / 100) * sorted.length) - 1)] ?? Number.NaN
}

export const perSecond = (n: number): string => `${Math.round(n).toLocaleString('en')}/s`
export const ms = (n: number): string => `${n < 10 ? n.toFixed(1) : Math.round(n)} ms`

/** wrk from Debian's packages: the load comes from another program, on the same two cores. */
export const wrk = async (
  url: string,
  script: string,
  seconds: number,
  connections = 64,
): Promise<{ requests: number; errors: number }> => {
  const folder = mkdtempSync(join(tmpdir(), 'wf-wrk-'))
  const file = join(folder, 'load.lua')
  writeFileSync(file, script)
  try {
    const { stdout } = await run('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', file, url]).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') throw new Error('wrk is missing. Run dev/install-test-deps bench.')
        throw error
      },
    )
    const rate = Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1] ?? 0)
    const errors = Number(/Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1] ?? 0)
    return { requests: rate, errors }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A program beside which we measure, on a port of its own; stopped by `stop`. */
export const peer = async (command: string, args: string[], ready: string) => {
  const child = spawn(command, args, { stdio: 'ignore' })
  const failed = once(child, 'error').then(([error]) => {
    throw new Error(`${command} cannot be started (${(error as Error).message}). Run dev/install-test-deps bench.`)
  })
  const answers = (async () => {
    for (let i = 0; i < 200; i++) {
      if (
        await fetch(ready).then(
          (r) => r.ok,
          () => false,
        )
      )
        return
      await pause(50)
    }
    throw new Error(`${command} did not answer at ${ready}.`)
  })()
  await Promise.race([failed, answers])
  return {
    async stop() {
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}

/** CPU seconds that a process has used so far, from /proc. */
export const cpuSeconds = async (pid: number): Promise<number> => {
  const { readFile } = await import('node:fs/promises')
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** Proportional set size of a process in MB: what it really takes, shared pages divided among their users. */
export const memoryMb = async (pid: number): Promise<number> => {
  const { readFile } = await import('node:fs/promises')
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8')
  return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) / 1024
}

/** How many ms each of so many answers took. */
export const answerTimes = async (
  server: ServerProcess,
  count: number,
  path: (n: number) => string,
): Promise<number[]> => {
  const times: number[] = []
  for (let n = 0; n < count; n++) times.push((await asked(server, path(n))).took)
  return times
}
