import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'

const file = join(import.meta.dirname, 'log.ts')
const logs = (lines: number) => `
  const { createLog } = await import(${JSON.stringify(file)})
  const log = createLog('info')
  for (let i = 0; i < ${lines}; i++) log.info({ i, text: 'x'.repeat(1_000) }, 'a line')
  setTimeout(() => process.exit(0), 300)`

const run = (lines: number) =>
  spawn(process.execPath, ['--input-type=module', '-e', logs(lines)], { stdio: ['ignore', 'pipe', 'inherit'] })

it('a process ends although nobody reads what it logs', async () => {
  const child = run(20_000)
  const end = await Promise.race([once(child, 'exit'), pause(15_000)])
  child.kill('SIGKILL')
  expect(end).toEqual([0, null])
})

it('the last lines are written before the process ends', async () => {
  const child = run(3)
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += chunk
  })
  await once(child, 'close')
  expect(text.trim().split('\n')).toHaveLength(3)
})
