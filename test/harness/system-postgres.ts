import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from './process.ts'

const versions = '/usr/lib/postgresql'

const programs = (): string => {
  try {
    const newest = readdirSync(versions).sort((a, b) => Number(a) - Number(b))[0]
    if (newest) return join(versions, newest, 'bin')
  } catch {
    // told below
  }
  throw new Error('There is no PostgreSQL of the system. Run dev/install-test-deps.')
}

const idOf = (flag: '-u' | '-g') => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))

export type SystemPostgres = {
  url: string
  version: string
  /** Away at once, with all its connections. */
  kill(): Promise<void>
  /** Back again with the same data, at the same port. */
  revive(): Promise<void>
  stop(): Promise<void>
}

/** A PostgreSQL of the system's packages (Debian's 15), on a port and a folder of its own. */
export const startSystemPostgres = async (): Promise<SystemPostgres> => {
  const bin = programs()
  const folder = mkdtempSync(join(tmpdir(), 'wf-pg-'))
  // PostgreSQL refuses to run as root.
  const as = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {}
  if ('uid' in as) chownSync(folder, as.uid as number, as.gid as number)
  const data = join(folder, 'data')
  execFileSync(join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C'], {
    ...as,
    cwd: folder,
    stdio: 'ignore',
  })
  const port = await freePort()
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, 'fsync=off']
  const start = () =>
    spawn(join(bin, 'postgres'), ['-D', data, ...settings.flatMap((s) => ['-c', s])], {
      ...as,
      cwd: folder,
      stdio: 'ignore',
    })
  let server = start()
  const end = async (signal: NodeJS.Signals) => {
    if (server.exitCode !== null || server.signalCode) return
    const ended = once(server, 'exit')
    server.kill(signal)
    await ended
  }
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  const version = await answering(url)
  return {
    url,
    version,
    // SIGQUIT: without a farewell to anybody and without a checkpoint, but its own processes go with it.
    kill: () => end('SIGQUIT'),
    async revive() {
      server = start()
      await answering(url)
    },
    async stop() {
      await end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const answering = async (url: string): Promise<string> => {
  for (let tries = 0; tries < 200; tries++) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      return (await client.query('show server_version')).rows[0].server_version
    } catch {
      await pause(50)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  throw new Error('The PostgreSQL of the system did not start within 10 s.')
}
