import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { userInfo } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { CliError } from '../client.ts'
import { zoneHere } from '../output.ts'
import { makeFolder, spoolFolder } from '../run/spool.ts'

/** A crontab: of a user, by crontab(1), or a file. Its text is what the bytes are in Latin-1, so that none is changed. */
export type Place = {
  name: string
  /** A user stands before each command. */
  system: boolean
  read(): string
  /** Puts the text there in one step, if what is there is still `before`. Answers where that is kept. */
  write(before: string, text: string): string
}

export const placeOf = (given: { user?: string; file?: string; system?: boolean }): Place => {
  const place = given.file ? fileAt(given.file, given.system ?? false) : ofUser(given.user)
  return {
    ...place,
    write(before, text) {
      if (place.read() !== before) throw new CliError(`${place.name} was changed meanwhile. Try again.`)
      const kept = keep(place.name, before)
      place.write(before, text)
      if (place.read() !== text) throw new CliError(`${place.name} could not be written. What was there is in ${kept}.`)
      return kept
    },
  }
}

const ofUser = (user: string | undefined): Omit<Place, 'write'> & { write(before: string, text: string): void } => {
  const of = user ? ['-u', user] : []
  const run = (args: string[], input?: string) => {
    const { status, stdout, stderr, error } = spawnSync('crontab', [...of, ...args], {
      encoding: 'latin1',
      maxBuffer: 64e6,
      env: { ...process.env, LC_ALL: 'C' },
      ...(input === undefined ? {} : { input: Buffer.from(input, 'latin1') }),
    })
    if (error) throw new CliError('There is no crontab(1) here. Name a file with --file.')
    if (status !== 0) throw new CliError(`crontab: ${stderr.trim()}`)
    return stdout
  }
  return {
    name: `crontab of ${user ?? userInfo().username}`,
    system: false,
    read: () => run(['-l']),
    write: (_before, text) => void run(['-'], text),
  }
}

const fileAt = (given: string, system: boolean): ReturnType<typeof ofUser> => {
  let path: string
  try {
    path = realpathSync(resolve(given))
  } catch {
    throw new CliError(`There is no file ${given}.`)
  }
  return {
    name: path,
    system: system || path === '/etc/crontab' || dirname(path) === '/etc/cron.d',
    read: () => readFileSync(path, 'latin1'),
    write(_before, text) {
      // cron passes over names with a dot in front.
      const fresh = join(dirname(path), `.${basename(path)}.watchfloor`)
      const { mode, uid, gid } = statSync(path)
      try {
        writeFileSync(fresh, text, { encoding: 'latin1', mode: 0o600, flag: 'wx' })
        chownSync(fresh, uid, gid)
        chmodSync(fresh, mode & 0o7777)
        renameSync(fresh, path)
      } catch (error) {
        rmSync(fresh, { force: true })
        throw new CliError(`${path} cannot be written: ${(error as Error).message}`)
      }
    },
  }
}

/** A copy beside the spool, which only its owner may read. */
const keep = (name: string, text: string): string => {
  const folder = join(dirname(spoolFolder()), 'crontabs')
  const at = new Date().toISOString().replaceAll(/[:.]/g, '-')
  const path = join(folder, `${name.replaceAll(/[^\w.-]+/g, '-').replace(/^-/, '')}-${at}`)
  makeFolder(folder)
  writeFileSync(path, text, { encoding: 'latin1', mode: 0o600, flag: 'wx' })
  return path
}

/** The zone by which cron of this host goes, whatever the caller's own is. */
export const hostZone = (): string => {
  try {
    const [, zone] = /zoneinfo\/(?:posix\/)?(.+)$/.exec(readlinkSync('/etc/localtime')) ?? []
    if (zone) return zone.replace(/^Etc\/UTC$/, 'UTC')
  } catch {}
  return zoneHere()
}

/** Whether cron finds a program on such a PATH. */
export const isFound = (program: string, path: string): boolean => {
  try {
    execFileSync('/bin/sh', ['-c', 'command -v "$0"', program], { env: { PATH: path }, stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
