import { describe, expect, it } from 'vitest'
import { maskAnswer } from './mask-answer.ts'
import { runProgram } from './run-program.ts'

const calm = { timeoutMs: 30_000, signal: new AbortController().signal }
const sh = (script: string, ...args: string[]) => ['-c', script, 'sh', ...args]

describe('a program', () => {
  it('gets each argument as it is, and nothing of our environment', async () => {
    const args = ['two words', `it's "quoted"`, '; reboot', '$(reboot)', '', '../..', 'Zürich']
    const ran = await runProgram('/bin/sh', sh('for a in "$@"; do echo "[$a]"; done; env | cut -d= -f1', ...args), calm)
    expect(ran).toMatchObject({ end: 'exit', exitStatus: 0 })
    const lines = ran.output.trim().split('\n')
    expect(lines.slice(0, args.length)).toEqual(args.map((a) => `[${a}]`))
    const kept = ['HOME', 'LANG', 'PATH', 'PWD', 'OLDPWD', 'SHLVL', '_']
    expect(lines.slice(args.length).filter((name) => !kept.includes(name))).toEqual([])
  })

  it('that is not there, or gets more than the system takes, is not started', async () => {
    expect(await runProgram('/no/such/program', [], calm)).toMatchObject({ end: 'not_started', exitStatus: null })
    expect(await runProgram('/bin/true', ['x'.repeat(3_000_000)], calm)).toMatchObject({ end: 'not_started' })
  })

  it('may print far more than is held, of which the end is kept', async () => {
    const ran = await runProgram('/bin/sh', sh('head -c 20000000 /dev/zero; echo the end; exit 3'), calm)
    expect(ran).toMatchObject({ end: 'exit', exitStatus: 3, bytes: 20_000_008 })
    expect(ran.output.length).toBeLessThanOrEqual(64_000)
    expect(ran.output.endsWith('the end\n')).toBe(true)
  })

  it('that overstays its time ends with all that it has started, although they do not want to', async () => {
    const script = "trap '' TERM; sleep 60 & echo $!; wait; sleep 60"
    const ran = await runProgram('/bin/sh', sh(script), { ...calm, timeoutMs: 300 })
    expect(ran.end).toBe('timeout')
    const child = Number(ran.output.trim())
    expect(child).toBeGreaterThan(1)
    await expect.poll(() => isThere(child)).toBe(false)
  })

  it('ends when Watchfloor does, and what it leaves running does not hold us up', async () => {
    const stopping = new AbortController()
    const run = runProgram('/bin/sleep', ['60'], { ...calm, signal: stopping.signal })
    stopping.abort()
    expect((await run).end).toBe('aborted')
    const ran = await runProgram('/bin/sh', sh('sleep 5 & echo started; exit 0'), calm)
    expect(ran).toMatchObject({ end: 'exit', exitStatus: 0, output: 'started\n' })
  })
})

const isThere = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('an answer', () => {
  it('is told without what was sent as a secret, in whatever form it comes back', () => {
    const basic = Buffer.from('batch:s3cret"word').toString('base64')
    const secrets = ['Bearer abcd.efgh-1234', `Basic ${basic}`]
    const told = maskAnswer(
      `got Bearer abcd.efgh-1234, abcd.efgh-1234, ${basic}, s3cret"word, {"p":"s3cret\\"word"}, s3cret%22word; password=hunter2`,
      secrets,
      'beginning',
    )
    for (const secret of ['abcd.efgh', basic, 's3cret', 'hunter2']) expect(told).not.toContain(secret)
    expect(told).toContain('got ')
  })

  it('is cut to what tells most, and can be stored', () => {
    expect(maskAnswer(`a\0${'b'.repeat(50_000)}c`, [], 'beginning')).toMatch(/^a\ufffdb{15998}$/)
    expect(maskAnswer(`a${'b'.repeat(50_000)}c`, [], 'end')).toMatch(/^b{15999}c$/)
  })
})
