import type { Crypto } from '../../platform/crypto.ts'
import { newId } from '../../platform/ids.ts'

/**
 * A browser that has signed in carries proof of it, for this account alone (OWASP's "device cookie"). It lets nobody
 * in; it only keeps the owner from being slowed down by strangers who guess from the same address.
 */
export const deviceCookieName = 'watchfloor.device'

const proof = (crypto: Crypto, device: string, email: string) => crypto.sign('device', `${device} ${email}`)

export const deviceCookie = (crypto: Crypto, email: string): string => {
  const device = newId()
  return `${device}.${proof(crypto, device, email)}`
}

/** The id of a browser that is known for this mail address, or null. */
export const readDevice = (crypto: Crypto, value: string | undefined, email: string): string | null => {
  const [device, signature] = value?.split('.') ?? []
  return device && signature && crypto.verify('device', `${device} ${email}`, signature) ? device : null
}
