import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const program = `
  const [, , what, ...more] = process.argv
  process.on('SIGTERM', () => { console.log('asked to stop'); process.exit(7) })
  console.log(JSON.stringify({ node: Number(process.versions.node.split('.')[0]), cwd: process.cwd(), args: [what, ...more] }))
  if (what === 'fail') process.exit(3)
  if (what === 'crash') process.kill(process.pid, 'SIGKILL')
  if (what === 'wait') setInterval(() => {}, 1000)
`

describe('./watchfloor', () => {
  let folder
  let link
  beforeAll(() => {
    // A house with nothing in it but the way in.
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'wf-launch-')))
    cpSync(import.meta.dirname, join(folder, 'house', 'dev'), { recursive: true })
    cpSync(join(import.meta.dirname, '..', 'watchfloor'), join(folder, 'house', 'watchfloor'))
    for (const name of ['cli', 'elsewhere']) mkdirSync(join(folder, 'house', name))
    writeFileSync(join(folder, 'house', 'package.json'), '{"type":"module"}')
    writeFileSync(join(folder, 'house', 'package-lock.json'), '{"packages":{"":{}}}')
    writeFileSync(join(folder, 'house', 'cli', 'main.ts'), program)
    link = join(folder, 'wf')
    symlinkSync(join('house', 'watchfloor'), join(folder, 'first'))
    symlinkSync(join(folder, 'first'), link)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const call = (...args) => {
    const env = { ...process.env, PATH: [dirname(process.execPath), process.env.PATH].join(delimiter) }
    const child = spawn(link, args, {
      cwd: join(folder, 'house', 'elsewhere'),
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
      if (args[0] === 'wait' && output.endsWith('}\n')) child.kill('SIGTERM')
    })
    return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, output })))
  }

  it('works from any folder, through links, and hands on what it is told', async () => {
    const { code, output } = await call('user', 'add', 'Ann O"Neil', '')
    expect(code).toBe(0)
    expect(JSON.parse(output)).toEqual({
      node: expect.toSatisfy((major) => major >= 26),
      cwd: join(folder, 'house', 'elsewhere'),
      args: ['user', 'add', 'Ann O"Neil', ''],
    })
  })

  it.each([
    ['its exit code', 'fail', { code: 3, signal: null }],
    ['the signal that ended it', 'crash', { code: null, signal: 'SIGKILL' }],
    ['what it does when it is asked to stop', 'wait', { code: 7, output: expect.stringContaining('asked to stop') }],
  ])('keeps %s', async (_, what, expected) => {
    expect(await call(what)).toMatchObject(expected)
  })
})
