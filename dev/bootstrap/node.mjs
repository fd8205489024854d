import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { become, giveUp, root } from './program.mjs'

const OLDEST = 26

/** The Node that came with the packages: {file, version}, or undefined where there is none that runs here. */
const shippedNode = () => {
  const folder = join(root, 'node_modules', `node-${process.platform}-${process.arch}`)
  if (!existsSync(folder)) return undefined
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return { file: join(folder, 'bin', 'node'), version: `v${version}` }
}

/** Goes on only on the right Node: the shipped one where it runs, else the machine's own if it is new enough. */
export const ensureNode = async (script, args) => {
  const shipped = shippedNode()
  if (shipped?.version === process.version) return
  // Alpine and very old systems cannot run the shipped binary.
  if (shipped && spawnSync(shipped.file, ['--version']).status === 0) await become(shipped.file, [script, ...args])
  if (Number(process.versions.node.split('.')[0]) >= OLDEST) return
  giveUp(
    `Watchfloor brings its own Node.js for Linux with glibc on x64 and arm64. On this machine (${process.platform} ${process.arch}) ` +
      `install Node.js ${OLDEST} or newer yourself, from nodejs.org or your package manager; the one found is ${process.version}.`,
  )
}
