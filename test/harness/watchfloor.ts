import { execFile } from 'node:child_process'
import { join } from 'node:path'

const file = join(import.meta.dirname, '../../watchfloor')

/** Runs `./watchfloor` with these arguments, this environment alone, and this on its standard input. */
export const runWatchfloor = (args: string[], env: Record<string, string>, input = '') =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const child = execFile(file, args, { env: { PATH: process.env.PATH ?? '', ...env }, cwd: '/' }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
    child.stdin?.end(input)
  })
