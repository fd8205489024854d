import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '../..')
const launcher = join(root, 'watchfloor')

/** Makes the one file for other machines. */
export const bundleWatchfloor = (file: string) =>
  promisify(execFile)(process.execPath, [join(root, 'dev', 'bundle.ts'), file])

/** Runs `./watchfloor`, or its bundle, with these arguments, this environment alone, and this on its standard input. */
export const runWatchfloor = (args: string[], given: Record<string, string>, input = '', file = launcher) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const { PATH = '', NODE_COMPILE_CACHE } = process.env
    const env = {
      ...{ PATH, WATCHFLOOR_NODE: process.execPath },
      ...(NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE } : {}),
      ...given,
    }
    const child = execFile(file, args, { env, cwd: '/' }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
    child.stdin?.end(input)
  })
