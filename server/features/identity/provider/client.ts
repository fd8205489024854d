import type { Configuration } from 'openid-client'
import type { Config } from '../../../platform/config.ts'
import { baseUrl } from '../invitation-token.ts'

/** Loaded when somebody signs in this way. */
const openid = () => import('openid-client')

export type Provider = { issuer: string; clientId: string; clientSecret: string; name: string }

/** The company's sign-in (OpenID Connect), or null where none is set. */
export const providerOf = (config: Config): Provider | null => {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name } = config
  return issuer && clientId && clientSecret ? { issuer, clientId, clientSecret, name } : null
}

/** Kept by the browser, sealed, while its person is at the provider. */
export type Trip = { state: string; nonce: string; verifier: string; then: string; until: string }

/** What the provider says of a person. */
export type Claims = { issuer: string; sub: string; email: string | null; verified: boolean; name: string | null }

/** Speaks OpenID Connect: authorization code with PKCE, state and nonce. What the provider says of itself is read once. */
export const createProviderClient = (config: Config, provider: Provider) => {
  let discovered: Promise<Configuration> | undefined
  const redirectUri = `${baseUrl(config)}/api/auth/sign-in/provider/callback`
  const discover = async () => {
    const { discovery, allowInsecureRequests } = await openid()
    const url = new URL(provider.issuer)
    return discovery(url, provider.clientId, provider.clientSecret, undefined, {
      timeout: 10,
      execute: url.protocol === 'http:' ? [allowInsecureRequests] : [],
    })
  }
  const configuration = () => {
    discovered ??= discover().catch((error: unknown) => {
      discovered = undefined
      throw error
    })
    return discovered
  }
  return {
    /** Where the browser goes, and what it carries meanwhile. */
    async begin(): Promise<{ url: URL; trip: Omit<Trip, 'then' | 'until'> }> {
      const { buildAuthorizationUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState } =
        await openid()
      const trip = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
      const url = buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state: trip.state,
        nonce: trip.nonce,
        code_challenge: await calculatePKCECodeChallenge(trip.verifier),
        code_challenge_method: 'S256',
      })
      return { url, trip }
    },

    /** What the provider says of who came back with `search`. Throws what openid-client throws. */
    async finish(search: string, trip: Trip): Promise<Claims> {
      const { authorizationCodeGrant, fetchUserInfo } = await openid()
      const known = await configuration()
      const tokens = await authorizationCodeGrant(known, new URL(`${redirectUri}${search}`), {
        pkceCodeVerifier: trip.verifier,
        expectedState: trip.state,
        expectedNonce: trip.nonce,
        idTokenExpected: true,
      })
      const said = tokens.claims()
      if (!said) throw new Error('The provider sent no ID token.')
      // Many providers put the mail address into the second answer only.
      const more = said.email ? said : await fetchUserInfo(known, tokens.access_token, said.sub)
      const text = (value: unknown) => (typeof value === 'string' && value.trim() ? value.trim() : null)
      return {
        issuer: provider.issuer,
        sub: said.sub,
        email: text(more.email)?.toLowerCase() ?? null,
        verified: more.email_verified === true || more.email_verified === 'true',
        name: text(more.name) ?? text(said.name),
      }
    },
  }
}
