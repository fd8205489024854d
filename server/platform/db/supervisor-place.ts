import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import {
  type Account,
  chooseAccount,
  otherAccounts,
  ownAccount,
  ownerOf,
  type RunAs,
  reachesPath,
} from './supervisor-account.ts'
import { EmbeddedDatabaseError } from './supervisor-error.ts'

export type Place = {
  self: Account
  runAs: RunAs
  /** Everything of the embedded database lies in here. */
  home: string
  cluster: string
  programs: string
  sockets: string
}

export const PORT = 5432

/** 103 bytes are what macOS allows for the path of a socket; Linux allows 107. */
const LONGEST_SOCKET = 103
const fitsSocket = (folder: string) => Buffer.byteLength(join(folder, `.s.PGSQL.${PORT}`)) <= LONGEST_SOCKET

const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12)

/** The folder for the sockets: beside the data, else a short path of its own, because a socket's path must be short. */
export const chooseSocketFolder = (home: string, temporary: string[]): string => {
  const folders = [join(home, 'run'), ...temporary.map((folder) => join(folder, `watchfloor-${shortHash(home)}`))]
  const fitting = folders.find(fitsSocket)
  if (!fitting)
    throw new EmbeddedDatabaseError(`The path ${home} is too long for a socket: set DATA_DIR to a shorter one.`)
  return fitting
}

/** Where a link beside the data folder points to, or the path itself. */
const followed = (path: string): string =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ? resolve(path, '..', readlinkSync(path)) : path

/** The account whose files the server's files are, as a number on disk. */
export const diskOwner = ({ self, runAs }: { self: Account; runAs: RunAs }): Account =>
  runAs.kind === 'account' ? runAs.account : self

/** Makes a folder that only its owner enters. Refuses one that somebody else made first: the path may lie in /tmp. */
export const makePrivate = (folder: string, owner: Account): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const stat = lstatSync(folder)
  if (!stat.isDirectory() || ![owner.uid, process.getuid?.()].includes(stat.uid))
    throw new EmbeddedDatabaseError(`${folder} belongs to somebody else: remove it, or set DATA_DIR to a shorter path.`)
  chownSync(folder, owner.uid, owner.gid)
  chmodSync(folder, 0o700)
}

/** Outside of every home folder, for a server whose user may not pass the folders down to the data. */
const ELSEWHERE = '/var/lib/watchfloor'

/** Finds or makes the place of the embedded database of a data folder. Throws an EmbeddedDatabaseError if it cannot be used. */
export const preparePlace = (dataDir: string, elsewhere = ELSEWHERE): Place => {
  mkdirSync(dataDir, { recursive: true, mode: 0o755 })
  const self = ownAccount()
  const isRoot = self.uid === 0
  // An empty folder is there for us alone, so the server's user may be let through it.
  if (isRoot && readdirSync(dataDir).length === 0) chmodSync(dataDir, statSync(dataDir).mode | 0o011)
  const beside = resolve(dataDir, 'postgres')
  const near = followed(beside)
  const far = join(elsewhere, shortHash(beside))
  const existing = [near, far].find((home) => existsSync(join(home, 'cluster')))
  const choice = chooseAccount({
    self,
    owner: existing ? ownerOf(join(existing, 'cluster')) : null,
    candidates: isRoot ? otherAccounts() : [],
    reaches: (account) => reachesPath(existing ?? near, account),
  })
  if ('refusal' in choice)
    throw new EmbeddedDatabaseError(`The data folder ${dataDir} cannot be used: ${choice.refusal}`)
  const home = existing ?? (choice.elsewhere ? far : near)
  mkdirSync(home, { recursive: true })
  if (isRoot) for (const folder of home === far ? [elsewhere, far] : [home]) chmodSync(folder, 0o755)
  // The link tells people, and a later start, where the data lies.
  if (home === far && !existsSync(beside)) symlinkSync(far, beside)
  const sockets = chooseSocketFolder(home, isRoot ? ['/run', '/tmp'] : [tmpdir(), '/tmp'])
  makePrivate(sockets, diskOwner({ self, runAs: choice.runAs }))
  return { self, runAs: choice.runAs, home, cluster: join(home, 'cluster'), programs: join(home, 'programs'), sockets }
}
