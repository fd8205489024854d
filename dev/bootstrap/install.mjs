import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { giveUp, root, run } from './program.mjs'
import { withProgress } from './progress.mjs'

const FLAGS = ['--include=dev', '--include=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--no-progress']
const UNOBTAINABLE = join(root, 'node_modules', '.unobtainable.json')

/** Whether an `os`, `cpu` or `libc` of the lock file, in npm's notation ('linux', ['!win32'] …), means this one. */
const accepts = (wanted, actual) => {
  const list = [wanted ?? []].flat()
  const named = list.filter((value) => !value.startsWith('!'))
  return !list.includes(`!${actual}`) && (named.length === 0 || named.includes(actual))
}

const fits = (entry, { os, cpu }) => accepts(entry.os, os) && accepts(entry.cpu, cpu) && accepts(entry.libc, 'glibc')

/** The packages of a lock file that belong on this platform: [path, entry] pairs. */
export const wantedHere = (lock, platform) =>
  Object.entries(lock.packages).filter(
    // An optional package that names no platform belongs to one that does, and npm leaves it out with it.
    ([path, entry]) => path !== '' && fits(entry, platform) && (!entry.optional || entry.os || entry.cpu),
  )

/**
 * What keeps node_modules from being what the lock file says, as 'path version'. Compares with the lock file that npm
 * keeps inside node_modules, so that an install made by hand counts as well.
 */
export const outOfDate = (lock, installed, platform) => {
  const have = installed?.packages ?? {}
  const asLocked = (path, { version, integrity }) =>
    have[path] && have[path].version === version && (!integrity || have[path].integrity === integrity)
  const missing = wantedHere(lock, platform).filter(([path, entry]) => !asLocked(path, entry))
  const foreign = Object.entries(have).filter(([, entry]) => !fits(entry, platform))
  return [...missing, ...foreign].map(([path, { version }]) => `${path} ${version}`)
}

const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

const npmCommand = () => {
  const cli = process.env.npm_execpath
  return cli && /^np[mx]-cli\.c?js$/.test(basename(cli))
    ? [process.env.npm_node_execpath ?? process.execPath, [cli.replace(/npx-cli(\.c?js)$/, 'npm-cli$1')]]
    : ['npm', []]
}

const npmCi = async (paths) => {
  const [file, first] = npmCommand()
  const present = () => paths.filter((path) => existsSync(join(root, path, 'package.json'))).length
  const line = (seconds) =>
    `Installing packages (first start, or after an update): ${seconds} s, ${present()} of ${paths.length}`
  let output = ''
  const options = {
    // Not toolEnv: npm must not run on the Node inside the folder that it is about to delete.
    env: process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // npm takes half a minute to tidy up when it is interrupted; an unfinished node_modules is made anew anyway.
    forwardAs: 'SIGKILL',
    onOutput: (chunk) => {
      output = (output + chunk).slice(-20_000)
    },
  }
  const end = await withProgress(line, () => run(file, [...first, 'ci', ...FLAGS], options)).catch((error) =>
    giveUp(`npm could not be started (${error.message}). It comes with Node.js: install it, then start again.`),
  )
  if (end.signal) giveUp('The installation was interrupted. Start again to finish it.')
  if (end.code !== 0)
    giveUp(
      `${output}\nThe packages could not be installed: npm ci ended with ${end.code}, its last words are above. ` +
        'See that the package registry can be reached and that the disk is not full, then start again.',
    )
}

/** Brings node_modules to what package-lock.json says, if it is not there yet. */
export const ensureInstalled = async () => {
  const platform = { os: process.platform, cpu: process.arch }
  const lockFile = join(root, 'package-lock.json')
  const lock = readJson(lockFile) ?? giveUp(`${lockFile} cannot be read. Fetch it again from the repository.`)
  const wrong = () => outOfDate(lock, readJson(join(root, 'node_modules', '.package-lock.json')), platform)
  const unobtainable = readJson(UNOBTAINABLE) ?? []
  if (wrong().every((entry) => unobtainable.includes(entry))) return
  await npmCi(wantedHere(lock, platform).map(([path]) => path))
  // What a complete install could not bring, the next one cannot either: it must not be repeated at each start.
  const left = wrong()
  if (left.length === 0) return
  mkdirSync(dirname(UNOBTAINABLE), { recursive: true })
  writeFileSync(UNOBTAINABLE, JSON.stringify(left))
}
