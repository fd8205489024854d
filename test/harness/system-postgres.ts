import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

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

/** A PostgreSQL of the system's packages (Debian's 15), on a port and a folder of its own. */
export const startSystemPostgres = async (): Promise<{ url: string; version: string; stop(): Promise<void> }> => {
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
  const server = spawn(
    join(bin, 'postgres'),
    [
      '-D',
      data,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      `unix_socket_directories=${folder}`,
      '-c',
      'fsync=off',
    ],
    { ...as, cwd: folder, stdio: 'ignore' },
  )
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  const version = await answering(url)
  return {
    url,
    version,
    async stop() {
      const ended = once(server, 'exit')
      server.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  return port
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
