import type { Config } from '../../platform/config.ts'
import type { Crypto } from '../../platform/crypto.ts'

const compact = (id: string) => id.replaceAll('-', '')

/** The token of a one-time link: the invitation's id and its HMAC. It is made when it is shown or sent and stands nowhere. */
export const invitationToken = (crypto: Crypto, id: string): string =>
  `${compact(id)}.${crypto.sign('invitation', compact(id))}`

/** The invitation that a token names, or null for one that was not made here. */
export const readInvitationToken = (crypto: Crypto, token: string): string | null => {
  const match = /^([0-9a-f]{32})\.([\w-]{43})$/.exec(token)
  if (!match?.[1] || !match[2] || !crypto.verify('invitation', match[1], match[2])) return null
  return match[1].replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** The address of this installation as people type it, without a slash at its end. */
export const baseUrl = (config: Config): string =>
  config.BASE_URL?.replace(/\/+$/, '') ?? `http://localhost:${config.PORT}`

/** The link with which a person sets a password. Asked for when a message is sent, so that no event or queue holds it. */
export const invitationUrl = (platform: { config: Config; crypto: Crypto }, invitationId: string): string =>
  `${baseUrl(platform.config)}/welcome/${invitationToken(platform.crypto, invitationId)}`
