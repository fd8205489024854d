import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname } from 'node:path'
import { EmbeddedDatabaseError } from './supervisor-error.ts'

export type Account = { uid: number; gid: number; name: string }

/** Who runs the server: we ourselves, another account, or we as seen from inside a user namespace. */
export type RunAs = { kind: 'self' } | { kind: 'account'; account: Account } | { kind: 'namespace'; account: Account }

export type AccountFacts = {
  self: Account
  /** The owner of the existing cluster, or null before the first start. */
  owner: Account | null
  /** The accounts that we may become, best first. */
  candidates: Account[]
  /** Whether the account may pass all folders down to the place of the cluster. */
  reaches: (account: Account) => boolean
}

export type AccountChoice = { runAs: RunAs; elsewhere: boolean } | { refusal: string }

/** Only PostgreSQL's name for it matters: the user namespace maps root to this one. */
const nobody: Account = { uid: 65534, gid: 65534, name: 'nobody' }

/**
 * Decides as whom PostgreSQL runs, because it refuses to run as root, and whether its data must lie elsewhere than in
 * the data folder. The owner of existing data goes before everything: no other account could read it.
 */
export const chooseAccount = ({ self, owner, candidates, reaches }: AccountFacts): AccountChoice => {
  if (self.uid !== 0) {
    if (owner && owner.uid !== self.uid)
      return {
        refusal: `its database belongs to the user ${owner.name}, and this is ${self.name}. Start as ${owner.name}, as root, or set DATA_DIR to another folder.`,
      }
    return { runAs: { kind: 'self' }, elsewhere: false }
  }
  if (owner?.uid === 0) return { runAs: { kind: 'namespace', account: nobody }, elsewhere: false }
  if (owner && !reaches(owner))
    return {
      refusal: `its database belongs to the user ${owner.name}, who may not pass the folders that lead to it. Allow that with chmod o+x on them, or start as ${owner.name}.`,
    }
  if (owner) return { runAs: { kind: 'account', account: owner }, elsewhere: false }
  const [account] = candidates
  if (!account) return { runAs: { kind: 'namespace', account: nobody }, elsewhere: false }
  return { runAs: { kind: 'account', account }, elsewhere: !reaches(account) }
}

/** Whether an account may pass a folder, by its permission bits. */
export const mayPass = (folder: { mode: number; uid: number; gid: number }, account: Account): boolean => {
  const bit = folder.uid === account.uid ? 0o100 : folder.gid === account.gid ? 0o010 : 0o001
  return (folder.mode & bit) !== 0
}

/** Whether an account may pass `path` and every folder above it. Folders that do not exist yet count as passable. */
export const reachesPath = (path: string, account: Account): boolean => {
  if (existsSync(path) && !mayPass(statSync(path), account)) return false
  return dirname(path) === path || reachesPath(dirname(path), account)
}

const idOf = (flag: '-u' | '-g' | '-un', who: string): string | null => {
  try {
    return execFileSync('id', [flag, who], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return null
  }
}

const accountNamed = (name: string): Account[] => {
  const [uid, gid] = [idOf('-u', name), idOf('-g', name)]
  return uid && gid ? [{ uid: Number(uid), gid: Number(gid), name }] : []
}

/** A root without the right to change its user (a container, a namespace with one user) cannot start anything as another. */
const mayBecome = ({ uid, gid }: Account): boolean => !spawnSync('true', { uid, gid, cwd: '/' }).error

/** This process's own account. PostgreSQL wants a name, so a number without an entry in /etc/passwd is refused. */
export const ownAccount = (): Account => {
  try {
    const { uid, gid, username } = userInfo()
    return { uid, gid, name: username }
  } catch {
    throw new EmbeddedDatabaseError(
      `The user with the number ${process.getuid?.()} has no name on this machine, and PostgreSQL needs one: add it to /etc/passwd, or set DATABASE_URL.`,
    )
  }
}

/** The account that owns a file or folder; null if that does not exist. */
export const ownerOf = (path: string): Account | null => {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat ? { uid: stat.uid, gid: stat.gid, name: idOf('-un', String(stat.uid)) ?? String(stat.uid) } : null
}

export const otherAccounts = (): Account[] => ['postgres', 'nobody'].flatMap(accountNamed).filter(mayBecome)
