import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
const installs = process.platform === 'linux' && process.arch === 'x64'

/** helm or kubectl as dev/install-test-deps keeps them. Undefined on a machine that it has none for. */
export const findTool = (name: 'helm' | 'kubectl') => {
  if (!installs) return
  const [, version = ''] =
    /^kubernetes=\S+layer-(\S+)$/m.exec(readFileSync(join(root, 'dev/install-test-deps'), 'utf8')) ?? []
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  const file = join(cache, 'watchfloor-tests', version, name, name)
  if (!existsSync(file)) throw new Error(`There is no ${name}. Run dev/install-test-deps.`)
  return file
}

/** Runs one of them away from any cluster: what it wrote, or what it said when it refused. */
export const runTool = (file: string, args: string[], input = '') => {
  // Whoever has a cluster has settings for it, which are no matter of a test.
  const env = { PATH: process.env.PATH, HOME: '/nonexistent', KUBECONFIG: '/dev/null' }
  try {
    return { out: execFileSync(file, args, { cwd: root, env, input, encoding: 'utf8', stdio: 'pipe' }), refused: '' }
  } catch (error) {
    return { out: '', refused: String((error as { stderr: unknown }).stderr) }
  }
}
