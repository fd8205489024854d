import { type KeyName, type NamedKey, nameOf } from './key-rows.ts'

export type KeyCache = {
  find(names: KeyName[]): NamedKey[]
  /** States that were committed. */
  put(keys: NamedKey[]): void
  forget(names: KeyName[]): void
}

/** Some 70 MB: a key with its signal takes 730 bytes. */
const MOST = 100_000

/**
 * The states of keys as this process wrote them last, the most recent ones. They may be old: each write says which turn
 * of the key it follows, and meets nothing when somebody else was there.
 */
export const createKeyCache = (most = MOST): KeyCache => {
  const known = new Map<string, NamedKey>()
  return {
    find: (names) => names.flatMap((name) => known.get(nameOf(name)) ?? []),
    put(keys) {
      for (const key of keys) {
        const name = nameOf(key)
        known.delete(name)
        known.set(name, key)
      }
      for (const oldest of known.keys()) {
        if (known.size <= most) break
        known.delete(oldest)
      }
    },
    forget(names) {
      for (const name of names) known.delete(nameOf(name))
    },
  }
}
