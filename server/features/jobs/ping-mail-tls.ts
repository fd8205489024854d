import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import type { Platform } from '../../platform/platform.ts'

/** What renews certificates writes new files in the same place. */
const AGAIN_MS = 3_600_000

type Files = { key: Buffer; cert: Buffer }

/** The key and the certificate for pings by mail; null where there are none. Throws, naming the setting and the file. */
export const readTls = ({ config: { PING_SMTP_TLS_KEY: key, PING_SMTP_TLS_CERT: cert } }: Platform): Files | null => {
  if (!key || !cert) return null
  const read = (name: string, path: string) => {
    try {
      return readFileSync(path)
    } catch (error) {
      throw new Error(`${name}: ${path} cannot be read: ${(error as Error).message}.`)
    }
  }
  const files = { key: read('PING_SMTP_TLS_KEY', key), cert: read('PING_SMTP_TLS_CERT', cert) }
  try {
    createSecureContext(files)
  } catch (error) {
    throw new Error(`PING_SMTP_TLS_KEY and PING_SMTP_TLS_CERT do not fit together: ${(error as Error).message}.`)
  }
  return files
}

/** Takes up a renewed certificate within the hour; one that cannot be used leaves the one before. Returns how to stop. */
export const renewTls = (platform: Platform, use: (files: Files) => void): (() => void) => {
  const timer = setInterval(() => {
    try {
      const files = readTls(platform)
      if (files) use(files)
    } catch (error) {
      platform.log.warn({ err: (error as Error).message }, 'the certificate for pings by mail could not be read again')
    }
  }, AGAIN_MS)
  timer.unref()
  return () => clearInterval(timer)
}
