import type { IncomingHttpHeaders } from 'node:http'
import type { Config } from '../../platform/config.ts'

/**
 * Does a request come from a page of another site? Browsers send Origin with every request that writes; its host must
 * be the one that was asked, or that of BASE_URL. Programs send neither header and carry no cookie of somebody else.
 */
export const isCrossSite = (headers: IncomingHttpHeaders, config: Pick<Config, 'BASE_URL'>): boolean => {
  const { origin } = headers
  if (origin === undefined) {
    const site = headers['sec-fetch-site']
    return site !== undefined && site !== 'same-origin' && site !== 'none'
  }
  if (!URL.canParse(origin)) return true
  if (config.BASE_URL && new URL(config.BASE_URL).origin === origin) return false
  return new URL(origin).host !== headers.host
}
