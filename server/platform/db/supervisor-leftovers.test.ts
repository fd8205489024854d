import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clearLeftovers, isReady, judgePidFile, parsePid, stateOf } from './supervisor-leftovers.ts'

const pidFile = (pid: number | string, state: string) => `${pid}\n/data\n1795455271\n5432\n/run\n\n  5432 1\n${state}\n`

describe('postmaster.pid', () => {
  it.each([
    ['whole', pidFile(4711, 'ready   '), 4711, true],
    ['while recovering', pidFile(4711, 'starting'), 4711, false],
    ['cut short', '4711', 4711, false],
    ['empty, as a full disk leaves it', '', null, false],
    ['of a server for one user, with a minus', pidFile(-4711, 'ready'), null, true],
    ['with something else in it', 'what is this\n', null, false],
    ['with the number of init', pidFile(1, 'ready'), null, true],
  ])('%s', (_, text, pid, ready) => {
    expect([parsePid(text), isReady(text)]).toEqual([pid, ready])
  })

  it.each([
    ['its process is gone', 4711, null, 'leave'],
    ['its process serves this data', 4711, { zombie: false, serves: true }, 'end'],
    ['its process is a zombie', 4711, { zombie: true, serves: false }, 'remove'],
    ['a stranger has its number', 4711, { zombie: false, serves: false }, 'remove'],
    ['it cannot be read', null, null, 'remove'],
  ] as const)('when %s: %s', (_, pid, seen, verdict) => {
    expect(judgePidFile(pid, seen)).toBe(verdict)
  })

  it.each([
    ['12 (postgres) S 1 12 12', 'S'],
    ['12 (a) name) Z 1 12 12', 'Z'],
  ])('reads the state of %s', (line, state) => {
    expect(stateOf(line)).toBe(state)
  })
})

describe('leftovers on the disk', () => {
  let folder: string
  let cluster: string
  let sockets: string
  let child: ChildProcess | undefined
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'wf-left-'))
    cluster = join(folder, 'cluster')
    sockets = join(folder, 'run')
    mkdirSync(cluster)
    mkdirSync(sockets)
    for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock', 'mine']) writeFileSync(join(sockets, name), '')
  })
  afterEach(() => {
    child?.kill('SIGKILL')
    child = undefined
    rmSync(folder, { recursive: true })
  })
  const left = () => [...readdirSync(cluster), ...readdirSync(sockets)]

  it('go when the number belongs to a stranger, who lives on', async () => {
    child = spawn('sleep', ['60'])
    writeFileSync(join(cluster, 'postmaster.pid'), pidFile(child.pid ?? 0, 'ready'))
    expect(await clearLeftovers(cluster, sockets)).toBe(0)
    expect(left()).toEqual(['mine'])
    expect(child.exitCode ?? child.signalCode).toBeNull()
  })

  it('go when the number belongs to a zombie', async () => {
    // The shell becomes a program that never asks how its child ended; before that it would ask itself.
    child = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] })
    const zombie = await new Promise<string>((resolve) =>
      child?.stdout?.once('data', (chunk) => resolve(String(chunk).trim())),
    )
    writeFileSync(join(cluster, 'postmaster.pid'), pidFile(zombie, 'ready'))
    await expect.poll(() => stateOf(readFileSync(`/proc/${zombie}/stat`, 'utf8'))).toBe('Z')
    expect(await clearLeftovers(cluster, sockets)).toBe(0)
    expect(left()).toEqual(['mine'])
  })

  it('are left to PostgreSQL when their process is gone, but for the sockets', async () => {
    child = spawn('true')
    const { pid } = child
    await new Promise((resolve) => child?.once('exit', resolve))
    writeFileSync(join(cluster, 'postmaster.pid'), pidFile(pid ?? 0, 'ready'))
    expect(await clearLeftovers(cluster, sockets)).toBe(0)
    expect(left()).toEqual(['postmaster.pid', 'mine'])
  })
})
