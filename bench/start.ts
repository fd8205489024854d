import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Figure, median } from './tools.ts'

const root = join(import.meta.dirname, '..')
const TIMES = 5

/** From the command to the printed address: with an empty folder (installed and built), then with the data of that start. */
export const benchStart = async (): Promise<Figure[]> => {
  const first: number[] = []
  const later: number[] = []
  for (let i = 0; i < TIMES; i++) {
    const folder = mkdtempSync(join(tmpdir(), 'wf-start-'))
    first.push(await startOnce(folder))
    later.push(await startOnce(folder))
    rmSync(folder, { recursive: true, force: true })
  }
  const bare = await bareNode()
  const seconds = (values: number[]) =>
    `${(median(values) / 1000).toFixed(2)} s (of ${TIMES}: ${values.map((v) => (v / 1000).toFixed(1)).join(', ')})`
  return [
    {
      what: 'Start with existing data',
      ours: seconds(later),
      beside: `node -e 0 takes ${Math.round(bare)} ms`,
      budget: '< 2 s',
      ok: median(later) < 2_000,
      why: 'Half of it is loading 500 files of the program and its libraries, already compiled; the rest is PostgreSQL, which starts beside it, and the bootstrap.',
    },
    {
      what: 'First start, empty folder',
      ours: seconds(first),
      beside: 'makes the database and migrates',
      budget: '< 6 s',
      ok: median(first) < 6_000,
    },
  ]
}

const startOnce = async (folder: string): Promise<number> => {
  const began = performance.now()
  const child = spawn(process.execPath, [join(root, 'dev/bootstrap.mjs'), 'start'], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: '', DATA_DIR: folder, PORT: '19282', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let printed = ''
  const took = await new Promise<number>((resolve, reject) => {
    child.stderr.on('data', (d) => {
      printed += d
      if (printed.includes('is ready')) resolve(performance.now() - began)
    })
    child.on('exit', () => reject(new Error(`The start failed: ${printed}`)))
  })
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
  return took
}

const bareNode = async (): Promise<number> => {
  const began = performance.now()
  await once(spawn(process.execPath, ['-e', '0']), 'exit')
  return performance.now() - began
}
