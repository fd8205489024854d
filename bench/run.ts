import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startPingServer } from '../test/harness/ping-server.ts'
import { type Figure, median, ms } from './tools.ts'

const TIMES = 60
const watchfloor = join(import.meta.dirname, '..', 'watchfloor')
const nothing = ['sh', '-c', 'true']

/** What `watchfloor run` adds to a command that does nothing: with and without, in turns, a server taking the pings. */
export const benchRun = async (): Promise<Figure[]> => {
  const server = await startPingServer()
  const spool = mkdtempSync(join(tmpdir(), 'wf-bench-run-'))
  const env = { ...process.env, WATCHFLOOR_URL: server.url, WATCHFLOOR_SPOOL: spool }
  const take = async (command: string[]) => {
    const began = performance.now()
    await once(spawn(command[0] ?? '', command.slice(1), { stdio: 'ignore', env }), 'exit')
    return performance.now() - began
  }
  const wrapped = [watchfloor, 'run', randomUUID(), '--', ...nothing]
  const bare: number[] = []
  const under: number[] = []
  const node: number[] = []
  for (let i = 0; i < TIMES; i++) {
    bare.push(await take(nothing))
    under.push(await take(wrapped))
    node.push(await take([process.execPath, '-e', '0']))
    // The courier in the background is not what is measured; it shall be done before the next.
    await pause(300)
  }
  const delivered = server.pings.length
  await server.goAway()
  rmSync(spool, { recursive: true, force: true })
  const added = median(under) - median(bare)
  return [
    {
      what: '`watchfloor run` adds to a command',
      ours: `${ms(added)} (${delivered} of ${2 * TIMES} pings taken by then)`,
      beside: `sh -c true alone ${ms(median(bare))}; node -e 0 ${ms(median(node))}`,
      budget: '< 30 ms',
      ok: added < 30,
    },
  ]
}
