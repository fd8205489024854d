import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that package.json stands in, with links resolved and no slash at the end. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']

/** The environment in which the installed tools, and this very Node, are found first. */
export const toolEnv = (more = {}) => ({
  ...process.env,
  // What is compiled once is kept: the program, 500 files of TypeScript, then loads in half the time.
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules', '.cache', 'compile'),
  PATH: [join(root, 'node_modules', '.bin'), dirname(process.execPath), process.env.PATH].join(delimiter),
  ...more,
})

/**
 * Runs a program to its end and hands on the signals we get (or another one: `forwardAs`). Resolves to {code, signal};
 * rejects if it cannot start. With piped stdio, `onOutput` gets what it writes.
 */
export const run = (file, args, { onOutput, forwardAs, ...options } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: 'inherit', cwd: root, env: toolEnv(), ...options })
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', onOutput)
    const handlers = FORWARDED.map((name) => [name, () => child.kill(forwardAs ?? name)])
    for (const [name, handler] of handlers) process.on(name, handler)
    // npm that is killed hands on nothing: who lost it ends what it runs.
    const parent = process.ppid
    const watch = process.env.npm_lifecycle_event
      ? setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500)
      : undefined
    const forget = () => {
      clearInterval(watch)
      for (const [name, handler] of handlers) process.off(name, handler)
    }
    child.on('error', (error) => {
      forget()
      reject(error)
    })
    child.on('close', (code, signal) => {
      forget()
      resolve({ code, signal })
    })
  })

/** Ends this process the way another one ended: with its exit code, or by its signal. */
export const endLike = ({ code, signal }) => {
  if (signal) process.kill(process.pid, signal)
  process.exit(code ?? 128 + (constants.signals[signal] ?? 1))
}

/** Turns this process into another program where the running Node can (22.15 and later), else waits for it to end. */
export const become = async (file, args, env = toolEnv()) => {
  if (process.execve && process.platform !== 'win32') process.execve(file, [file, ...args], env)
  endLike(await run(file, args, { cwd: process.cwd(), env }))
}

/** Says a plain sentence and ends. */
export const giveUp = (sentence) => {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
