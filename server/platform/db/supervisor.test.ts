import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Embedded, startEmbedded } from './supervisor.ts'
import { ownAccount, reachesPath } from './supervisor-account.ts'
import { pidFileOf } from './supervisor-leftovers.ts'

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
// fsync off: nothing here tests a loss of power, and a slow disk must not make these tests slow.
const settings = { fsync: 'off' }

const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return false
  }
}

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'wf-pg-'))
  chmodSync(dataDir, 0o755)
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

describe('the embedded PostgreSQL, in this process', () => {
  const started: Embedded[] = []
  const start = async () => {
    const database = await startEmbedded({ dataDir, log: silent, settings })
    started.push(database)
    return database
  }
  afterEach(() => Promise.all(started.splice(0).map((database) => database.stop())))
  const cluster = () => join(dataDir, 'postgres', 'cluster')

  it('starts over the remains of a broken start, refuses a second owner, comes back when its server is killed, and leaves nothing behind', async () => {
    // What a first start leaves when it is killed half-way.
    mkdirSync(join(`${cluster()}.unfinished-1`, 'base'), { recursive: true })
    const database = await start()
    expect(readdirSync(join(dataDir, 'postgres')).sort()).toEqual([
      'cluster',
      'lock',
      'programs',
      'run',
      'watchfloor.pid',
    ])
    const pool = new pg.Pool({ ...database.connection, max: 1 })
    pool.on('error', () => undefined)
    await pool.query('create table kept (n int)')
    await pool.query('insert into kept values (1)')

    await expect(start()).rejects.toThrow(
      `Another Watchfloor (process ${process.pid}) is using the data folder ${dataDir}.`,
    )

    const killed = database.pid
    process.kill(killed, 'SIGKILL')
    // A connection to the killed server still answers for a moment, until its process is ended as well.
    await expect.poll(() => database.pid, { timeout: 30_000 }).not.toBe(killed)
    const rows = () => pool.query('select n from kept').then((result) => result.rows)
    await expect.poll(() => rows().catch(() => 'away'), { timeout: 30_000 }).toEqual([{ n: 1 }])
    const second = database.pid

    await pool.end()
    await Promise.all([database.stop(), database.stop()])
    expect([killed, second].filter(alive)).toEqual([])
    expect(readdirSync(database.connection.host)).toEqual([])
    expect(existsSync(pidFileOf(cluster()))).toBe(false)

    writeFileSync(join(cluster(), 'PG_VERSION'), '17\n')
    await expect(start()).rejects.toThrow(/made by PostgreSQL 17/)
  }, 60_000)
})

it('says which folder cannot be used, and why', async () => {
  writeFileSync(join(dataDir, 'letter'), '')
  const started = startEmbedded({ dataDir: join(dataDir, 'letter'), log: silent })
  await expect(started).rejects.toThrow(/^The data folder .*letter cannot be used: EEXIST/)
})

describe('the embedded PostgreSQL, in a process that is killed', () => {
  const repository = join(import.meta.dirname, '../../..')
  const nobody = { uid: 65534, gid: 65534, name: 'nobody' }
  const isRoot = process.getuid?.() === 0
  // In a home that only root enters, no other user could read the program itself.
  const account = isRoot && reachesPath(repository, nobody) ? nobody : ownAccount()

  const program = `
    import pg from 'pg'
    import { type Embedded, startEmbedded } from '${join(import.meta.dirname, 'supervisor.ts')}'
    const log = { debug() {}, info() {}, warn: (said) => warnings.push(said), error() {} }
    const warnings = []
    const database = await startEmbedded({ dataDir: process.argv[1], log })
    process.on('SIGTERM', () => database.stop().then(() => process.exit(0)))
    const client = new pg.Client(database.connection)
    client.on('error', () => undefined)
    await client.connect()
    await client.query('create table if not exists starts (n int)')
    await client.query('insert into starts values (1)')
    const show = async (name) => (await client.query('show ' + name)).rows[0][name]
    console.log(JSON.stringify({
      pid: database.pid,
      warnings,
      starts: (await client.query('select count(*)::int as n from starts')).rows[0].n,
      settings: [await show('server_encoding'), await show('listen_addresses'), await show('fsync'), await show('jit'), await show('TimeZone')],
      locale: (await client.query("select datlocprovider::text || ' ' || datlocale as l from pg_database where datname = current_database()")).rows[0].l,
    }))
  `
  const children: ChildProcess[] = []
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGTERM')
  })

  /** Without LANG and all else that a shell sets. */
  const run = async () => {
    const { uid, gid } = account
    const args = ['--input-type=module-typescript', '-e', program, dataDir]
    const env = { PATH: '/usr/bin:/bin' }
    const child = spawn(process.execPath, args, {
      uid,
      gid,
      env,
      cwd: repository,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.push(child)
    const ended = new Promise((resolve) => child.once('exit', resolve))
    for await (const line of createInterface({ input: child.stdout })) return { child, ended, told: JSON.parse(line) }
    throw new Error('the program ended before it said anything')
  }

  it('is clean at the next start, with all that was committed', async () => {
    chownSync(dataDir, account.uid, account.gid)
    const first = await run()
    expect(first.told).toMatchObject({ starts: 1, settings: ['UTF8', '', 'on', 'off', 'UTC'], locale: 'b C.UTF-8' })

    // The program alone: its server stays behind.
    first.child.kill('SIGKILL')
    await first.ended
    expect(alive(first.told.pid)).toBe(true)
    const second = await run()
    expect(second.told.starts).toBe(2)
    expect(second.told.warnings).toEqual([expect.stringContaining('had left running')])
    expect(alive(first.told.pid)).toBe(false)

    // The program and its server.
    second.child.kill('SIGKILL')
    process.kill(second.told.pid, 'SIGKILL')
    await second.ended
    const third = await run()
    expect(third.told.starts).toBe(3)

    third.child.kill('SIGTERM')
    expect(await third.ended).toBe(0)
    expect([first, second, third].filter(({ told }) => alive(told.pid))).toEqual([])
  }, 60_000)
})
