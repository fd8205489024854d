import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const root = join(import.meta.dirname, '../..')

export const adminKey = 'test-admin-key-0123456789abcdefg'

export type ServerProcess = {
  url: string
  child: ChildProcess
  output(): string
  /** Ready, or throws with what it printed. */
  ready(): Promise<void>
  kill(signal?: NodeJS.Signals): Promise<void>
  freeze(): void
  thaw(): void
  api(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>
}

/** A port that nothing listens at. */
export const freePort = async (): Promise<number> => {
  const probe = createServer()
  probe.listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}

/**
 * The real program in a process of its own, at a free port unless `env` names one; `entry` is server/main.ts unless a test has one with another clock.
 * `through`: a command that ends by becoming the one that is given to it as its arguments.
 */
export const startServer = async (
  env: Record<string, string>,
  entry = 'server/main.ts',
  through: string[] = [],
): Promise<ServerProcess> => {
  const port = Number(env.PORT) || (await freePort())
  const dataDir = env.DATA_DIR ?? mkdtempSync(join(tmpdir(), 'wf-process-'))
  const [program = '', ...args] = [...through, process.execPath, join(root, entry)]
  const child = spawn(program, args, {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      // As `npm start` has it: what one has compiled, the next need not.
      ...(process.env.NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE } : {}),
      LOG_LEVEL: 'warn',
      PORT: String(port),
      DATA_DIR: dataDir,
      ADMIN_API_KEY: adminKey,
      SECRET_KEY: 's'.repeat(40),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (d) => (printed += d))
  const ended = once(child, 'exit')
  const url = `http://127.0.0.1:${port}`
  if (!env.DATA_DIR) void ended.then(() => rmSync(dataDir, { recursive: true, force: true }))
  return {
    url,
    child,
    output: () => printed,
    async ready() {
      for (let tries = 0; tries < 600; tries++) {
        if (child.exitCode !== null || child.signalCode) throw new Error(`The server ended: ${printed}`)
        const ok = await fetch(`${url}/readyz`).then(
          (r) => r.ok,
          () => false,
        )
        if (ok) return
        await pause(50)
      }
      throw new Error(`The server was not ready within 30 s: ${printed}`)
    },
    async kill(signal = 'SIGKILL') {
      if (child.exitCode !== null || child.signalCode) return
      child.kill(signal)
      await ended
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    async api(method, path, body) {
      const response = await fetch(`${url}/api${path}`, {
        method,
        headers: {
          authorization: `Bearer ${adminKey}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: response.status, body: await response.json() }
    },
  }
}
