import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scratchDatabase } from './harness/database.ts'
import { adminKey, type ServerProcess, startServer } from './harness/process.ts'

let server: ServerProcess
let drop: () => Promise<void>
beforeAll(async () => {
  const database = await scratchDatabase()
  drop = database.drop
  server = await startServer({ DATABASE_URL: database.url })
  await server.ready()
})
afterAll(async () => {
  await server.kill('SIGTERM')
  await drop()
})

const watchfloor = (args: string[], env: Record<string, string> = {}) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const given = {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      WATCHFLOOR_URL: server.url,
      WATCHFLOOR_API_KEY: adminKey,
      ...env,
    }
    execFile(join(import.meta.dirname, '../watchfloor'), args, { env: given, cwd: '/' }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })

describe('./watchfloor', () => {
  it('schedule lists everything periodic', async () => {
    const { code, out } = await watchfloor(['schedule'])
    expect(code).toBe(0)
    expect(out).toMatch(/5 min\s+\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\s+events\.seal/)
    const list = JSON.parse((await watchfloor(['schedule', '--json'])).out)
    expect(list.map((i: { key: string }) => i.key)).toContain('partitions.maintain')
  })

  it('doctor says what is fine and what is not', async () => {
    expect((await watchfloor(['doctor'])).out).toMatch(/ok\s+Server/)
    const lost = await watchfloor(['doctor'], { WATCHFLOOR_URL: 'http://127.0.0.1:9' })
    expect(lost).toMatchObject({ code: 1, out: expect.stringContaining('Nothing answers at http://127.0.0.1:9') })
  })

  it('user add invites a person and prints the link', async () => {
    const added = await watchfloor(['user', 'add', 'priya@bank.example', '--name', 'Priya N.', '--role', 'lead'])
    expect(added.out).toMatch(/Priya N\. \(lead\).*\n.*\/welcome\/[0-9a-f]{32}\./)
    const again = await watchfloor(['user', 'add', 'priya@bank.example'])
    expect(again.code).toBe(1)
    expect(again.err).toContain('email')
  })

  it.each([
    ['no server', ['schedule'], { WATCHFLOOR_URL: 'http://127.0.0.1:9' }, 3, 'No Watchfloor answers'],
    ['no key', ['schedule'], { WATCHFLOOR_API_KEY: '' }, 4, 'WATCHFLOOR_API_KEY'],
    ['an unknown command', ['bogus'], {}, 2, 'unknown command'],
    ['a role that there is not', ['user', 'add', 'x@y.example', '--role', 'king'], {}, 2, 'Allowed choices'],
  ] as const)('%s ends with its own exit code and a sentence', async (_what, args, env, code, words) => {
    const ended = await watchfloor([...args], env)
    expect(ended.code).toBe(code)
    expect(ended.err).toContain(words)
  })
})
