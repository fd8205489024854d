import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { root, run, toolEnv } from './program.mjs'
import { withProgress } from './progress.mjs'

const SOURCES = ['web', 'contract', 'package-lock.json', 'tsconfig.base.json']
const SKIPPED = /^(node_modules|dist|\..*)$|\.test\.tsx?$/
const KEPT = 5

function* filesUnder(path) {
  if (!existsSync(path)) return
  if (!statSync(path).isDirectory()) return yield path
  for (const name of readdirSync(path).sort()) if (!SKIPPED.test(name)) yield* filesUnder(join(path, name))
}

/** A hash of everything that the web build is made from: names and contents. */
export const sourceHash = (base = root) => {
  const hash = createHash('sha256')
  for (const source of SOURCES)
    for (const file of filesUnder(join(base, source))) {
      const content = readFileSync(file)
      hash.update(`${relative(base, file)}\0${content.length}\0`).update(content)
    }
  return hash.digest('hex').slice(0, 20)
}

const COMPRESSIBLE = /\.(js|css|html|svg|json|webmanifest)$/
const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }

/** Lays a compressed copy beside each file of text, so that serving it costs nothing. */
export const compress = (folder) => {
  for (const path of [...filesUnder(folder)].filter((file) => COMPRESSIBLE.test(file))) {
    const content = readFileSync(path)
    if (content.length < 1_000) continue
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
    writeFileSync(`${path}.br`, brotliCompressSync(content, brotli))
  }
}

const forgetOldest = (cache) => {
  const builds = readdirSync(cache).map((name) => ({
    path: join(cache, name),
    at: statSync(join(cache, name)).mtimeMs,
  }))
  // A few are kept because a running server may still serve from an older one.
  for (const { path } of builds.sort((a, b) => b.at - a.at).slice(KEPT)) rmSync(path, { recursive: true, force: true })
}

/**
 * Builds the web pages, once for their content. Resolves to {folder}, which is undefined while there are no pages to
 * build, or to {problem}, what the build said.
 */
export const ensureWebBuild = async () => {
  if (!existsSync(join(root, 'web', 'index.html'))) return {}
  const cache = join(root, 'node_modules', '.cache', 'web-build')
  const built = join(cache, sourceHash())
  if (existsSync(built)) return { folder: built }
  const unfinished = `${built}.${process.pid}`
  mkdirSync(cache, { recursive: true })
  let output = ''
  const options = {
    cwd: join(root, 'web'),
    env: toolEnv({ NODE_ENV: 'production' }),
    stdio: ['ignore', 'pipe', 'pipe'],
    onOutput: (chunk) => {
      output += chunk
    },
  }
  const end = await withProgress(
    (seconds) => `Building the web pages (once for each change of them): ${seconds} s`,
    () => run('vite', ['build', '--outDir', unfinished, '--emptyOutDir'], options),
  )
  if (end.code !== 0) {
    rmSync(unfinished, { recursive: true, force: true })
    return { problem: `${output}\nThe web pages could not be built; the reason is above.` }
  }
  compress(unfinished)
  try {
    renameSync(unfinished, built)
  } catch (error) {
    if (!existsSync(built)) throw error
    rmSync(unfinished, { recursive: true, force: true }) // Another process was faster with the same build.
  }
  forgetOldest(cache)
  return { folder: built }
}
