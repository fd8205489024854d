import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import type { Check } from '../../../checks/lib/define.ts'
import { mapSecrets, type SecretPath, secretPaths, secretsIn } from '../../../checks/lib/secrets.ts'
import { keptSecret } from '../../../contract/monitors/secrets.ts'
import type { Crypto } from '../../platform/crypto.ts'
import { invalid } from '../../platform/errors.ts'
import { invalidInput } from '../../platform/parse.ts'

/** The config of a monitor as a kind has parsed it, secrets included: never logged, never answered. */
export type Config = Record<string, unknown>

/** What has a config of its own, with secrets in it. */
type Kind = { config: z.ZodType }

/** What the secrets of a monitor are sealed for. */
export const SEALED_CONFIG = 'monitor'

/**
 * The config that a person sent, as its kind accepts it, with stored secrets in the place of their marks. Throws
 * `invalid_input` with a sentence for each bad field (`config.address`).
 */
export const parseConfig = (check: Kind, given: Config, stored: Config | null): Config => {
  refuseUnstorable(given, ['config'])
  const parsed = check.config.safeParse(restoreSecrets(check, given, stored))
  if (parsed.success) return parsed.data as Config
  throw invalidInput(parsed.error.issues.map((i) => ({ ...i, path: ['config', ...i.path] })))
}

/** What PostgreSQL does not store would otherwise fail on our side. */
const refuseUnstorable = (value: unknown, at: string[]): void => {
  if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed()))
    throw invalid(at.join('.'), 'holds a character that cannot be stored (NUL, or half of a pair); remove it.')
  if (typeof value === 'object' && value !== null)
    for (const [name, child] of Object.entries(value)) refuseUnstorable(child, [...at, name])
}

/** How a config is kept: the mark for each secret, and all of it encrypted where it has any. */
export const sealSecrets = (kind: Kind, config: Config, crypto: Crypto, purpose: string) => {
  const paths = secretPaths(kind.config)
  const hasSecrets = secretsIn(paths, config).length > 0
  return {
    config: JSON.stringify(masked(paths, config)),
    secrets: hasSecrets ? crypto.seal(purpose, JSON.stringify(config)) : null,
  }
}

export const sealConfig = (check: Check, config: Config, crypto: Crypto) => ({
  ...sealSecrets(check, config, crypto, SEALED_CONFIG),
  address: addressOf(config),
  timeout_seconds: (config as { timeoutSeconds: number }).timeoutSeconds,
})

/** Throws when the secrets were encrypted under another SECRET_KEY. */
export const openConfig = (
  row: { config: unknown; secrets: string | null },
  crypto: Crypto,
  purpose = SEALED_CONFIG,
): Config => (row.secrets === null ? row.config : JSON.parse(crypto.open(purpose, row.secrets))) as Config

/**
 * The config before and after a change. Where the one before cannot be opened, it is shown with its marks, and each secret
 * has to be entered anew.
 */
export const changedConfig = (
  kind: Kind,
  row: { config: unknown; secrets: string | null },
  { given, crypto, purpose = SEALED_CONFIG }: { given: Config | undefined; crypto: Crypto; purpose?: string },
): { before: Config; after: Config } => {
  const opened = reopenConfig(row, crypto, purpose)
  if (given) return { before: opened ?? (row.config as Config), after: parseConfig(kind, given, opened) }
  if (opened) return { before: opened, after: opened }
  throw invalid('config', 'send all of it, with its secrets anew: what is stored was sealed with another SECRET_KEY.')
}

/** Null where the secrets were sealed under another SECRET_KEY: none of them can be kept. */
export const reopenConfig = (
  row: { config: unknown; secrets: string | null },
  crypto: Crypto,
  purpose = SEALED_CONFIG,
): Config | null => {
  try {
    return openConfig(row, crypto, purpose)
  } catch {
    return null
  }
}

export const maskConfig = (check: Kind, config: Config): Config => masked(secretPaths(check.config), config)

const masked = (paths: SecretPath[], config: Config): Config => mapSecrets(paths, config, () => keptSecret)

const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null

/** What is looked at, in a few words: an address, `host:port`, a name. */
export const addressOf = (config: Config): string => {
  const host = text(config.host)
  const hostPort = host && text(config.port) ? `${host}:${config.port}` : host
  const words =
    text(config.address) ??
    text(config.url) ??
    hostPort ??
    [text(config.name), text(config.type)].filter(Boolean).join(' ')
  return words.slice(0, 500)
}

/** The host that is looked at, where the config names one. */
export const hostOf = (config: Config): string | null => {
  const address = text(config.address) ?? text(config.url)
  return (address ? URL.parse(address)?.hostname : null) ?? text(config.host)
}

/** Where a config's secrets go to. */
const targetOf = (config: Config): string => URL.parse(addressOf(config))?.origin ?? addressOf(config)

const restoreSecrets = (check: Kind, given: Config, stored: Config | null): Config => {
  const paths = secretPaths(check.config)
  const kept: string[] = []
  const full = restore({ paths, given, stored, at: ['config'], kept }) as Config
  const [first] = kept
  if (first && stored && targetOf(stored) !== targetOf(given))
    throw invalid(first, 'enter it again: the address is another one now, and what is stored is not sent there.')
  return full
}

type Place = { paths: SecretPath[]; given: unknown; stored: unknown; at: string[]; kept: string[] }

const restore = ({ paths, given, stored, at, kept }: Place): unknown => {
  if (paths.length === 0) return given
  if (given === keptSecret && paths.some((p) => p.length === 0)) {
    const field = at.join('.')
    if (typeof stored !== 'string') throw invalid(field, 'enter it: nothing is stored that could be kept.')
    kept.push(field)
    return stored
  }
  if (typeof given !== 'object' || given === null) return given
  const below = (name: string) => paths.filter((p) => p[0] === name || p[0] === '*').map((p) => p.slice(1))
  const go = (name: string, child: unknown, counterpart: unknown) =>
    restore({ paths: below(name), given: child, stored: counterpart, at: [...at, name], kept })
  if (Array.isArray(given)) return given.map((item, i) => go(String(i), item, counterpart(below('*'), item, i, stored)))
  const from = (typeof stored === 'object' && stored !== null ? stored : {}) as Config
  return Object.fromEntries(Object.entries(given).map(([name, child]) => [name, go(name, child, from[name])]))
}

/** The stored item that is the same but for its secrets: a header's value must not move to another header. */
const counterpart = (paths: SecretPath[], item: unknown, i: number, stored: unknown): unknown => {
  if (!Array.isArray(stored)) return undefined
  const plain = (value: unknown) => mapSecrets(paths, value, () => '')
  const same = (other: unknown) => isDeepStrictEqual(plain(item), plain(other))
  return same(stored[i]) ? stored[i] : stored.find(same)
}
