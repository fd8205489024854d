#!/usr/bin/env node
/**
 * What every npm script and ./watchfloor start with: installs what package-lock.json says, goes over to the right
 * Node, then runs the command. Plain JavaScript for Node 18 and later, without any package, because it runs first.
 */
import { join } from 'node:path'
import { check, test } from './bootstrap/gate.mjs'
import { ensureInstalled } from './bootstrap/install.mjs'
import { ensureNode } from './bootstrap/node.mjs'
import { become, giveUp, root, toolEnv } from './bootstrap/program.mjs'
import { ensureWebBuild } from './bootstrap/web-build.mjs'

const webEnv = ({ folder }) => (folder ? { WEB_DIST: folder } : {})
const ensureWebEnv = async () => {
  const web = await ensureWebBuild()
  return web.problem ? giveUp(web.problem) : webEnv(web)
}
const program = (...path) => join(root, ...path)
const onNode = async (file, args, env = {}) => become(process.execPath, [file, ...args], toolEnv(env))

const commands = {
  start: async (args) => onNode(program('server', 'main.ts'), args, await ensureWebEnv()),
  demo: async (args) => onNode(program('dev', 'demo', 'main.ts'), args, await ensureWebEnv()),
  check: async () => process.exit((await check()).failed === 0 ? 0 : 1),
  test: async (args) => {
    const started = performance.now()
    const [checks, web] = await Promise.all([check(), ensureWebBuild()])
    if (web.problem) console.error(web.problem)
    const tests = await test(args, webEnv(web))
    const failed = checks.failed + tests.failed + (web.problem ? 1 : 0)
    console.log(`Checks and tests took ${Math.round((performance.now() - started) / 1000)} s.`)
    console.log(`${checks.passed + tests.passed} passed, ${failed} failed`)
    process.exit(failed === 0 ? 0 : 1)
  },
  bench: async (args) => onNode(program('bench', 'main.ts'), args, await ensureWebEnv()),
  soak: async (args) => onNode(program('bench', 'soak.ts'), args),
  shots: async (args) => onNode(program('test', 'e2e', 'shots.ts'), args, await ensureWebEnv()),
  'test-kill': async (args) => onNode(program('test', 'kill', 'loop.ts'), ['--runs', '100', ...args]),
  'test-ha': async (args) => onNode(program('test', 'ha', 'main.ts'), args),
  bundle: (args) => onNode(program('dev', 'bundle.ts'), args),
  cli: (args) => onNode(program('cli', 'main.ts'), args),
  web: async () => console.log((await ensureWebEnv()).WEB_DIST ?? ''),
}

const [name = '', ...args] = process.argv.slice(2)
const command = Object.hasOwn(commands, name) ? commands[name] : undefined
if (!command) giveUp(`Say what to do: node dev/bootstrap.mjs ${Object.keys(commands).join('|')}`)
await ensureInstalled()
await ensureNode(process.argv[1], process.argv.slice(2))
// The command line works where its user stands; everything else from the root.
if (name !== 'cli') process.chdir(root)
await command(args)
