import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lockFolder } from './supervisor-lock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wf-lock-'))
})
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

/** A process that takes the lock, says so, and keeps it. */
const other = async () => {
  const program = `
    import { lockFolder } from '${join(import.meta.dirname, 'supervisor-lock.ts')}'
    try { lockFolder('${folder}', 'data'); console.log('taken') } catch (error) { console.log(error.message); process.exit() }
    setInterval(() => {}, 1000)
  `
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program])
  children.push(child)
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const said = await new Promise<string>((resolve) => child.stdout.once('data', (text) => resolve(String(text).trim())))
  return { child, ended, said }
}

it('goes to one process, is free when that one is killed, and leaves no trace when released', async () => {
  const first = await other()
  expect(first.said).toBe('taken')
  expect(() => lockFolder(folder, 'data')).toThrow(
    `Another Watchfloor (process ${first.child.pid}) is using the data folder data.`,
  )
  first.child.kill('SIGKILL')
  await first.ended

  const ours = lockFolder(folder, 'data')
  // A second try in this process must not loosen the lock for the others either.
  expect(() => lockFolder(folder, 'data')).toThrow(`process ${process.pid}`)
  const second = await other()
  expect(second.said).toContain(`Another Watchfloor (process ${process.pid})`)
  ours.release()
  expect(readdirSync(folder)).toEqual(['lock'])
})
