import { mapSecrets, secretPaths, secretsIn } from '../../../checks/lib/secrets.ts'
import { keptSecret } from '../../../contract/monitors/secrets.ts'
import type { Crypto } from '../../platform/crypto.ts'
import type { SchedulerKind } from './define-scheduler.ts'

/** The config of a connection as its kind has parsed it, secrets included: never logged, never answered. */
export type Config = Record<string, unknown>

/** What the secrets of a connection are sealed for. */
export const SEALED_SCHEDULER = 'scheduler'

export const addressOf = (config: Config): string => String(config.url ?? '').slice(0, 500)

/** How a config is kept: the mark for each secret, and all of it sealed where it has any. */
export const sealConfig = (kind: SchedulerKind, config: Config, crypto: Crypto) => {
  const paths = secretPaths(kind.config)
  return {
    config: JSON.stringify(mapSecrets(paths, config, () => keptSecret)),
    secrets: secretsIn(paths, config).length > 0 ? crypto.seal(SEALED_SCHEDULER, JSON.stringify(config)) : null,
    address: addressOf(config),
  }
}

/** Throws when the secrets were sealed under another SECRET_KEY. */
export const openConfig = (row: { config: unknown; secrets: string | null }, crypto: Crypto): Config =>
  (row.secrets === null ? row.config : JSON.parse(crypto.open(SEALED_SCHEDULER, row.secrets))) as Config
