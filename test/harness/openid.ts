import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

export type Said = { sub: string; email?: string; email_verified?: boolean; name?: string }

/**
 * A real OpenID provider at a port of its own. Whoever comes is `next`, without being asked anything; `deny` makes it
 * refuse. Its client is `watchfloor` with the secret `openid-secret-of-the-tests`.
 */
export const startOpenId = async (redirectUri: string) => {
  const server: Server = createServer()
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const people = new Map<string, Said>()
  const state: { next: Said; deny: boolean } = { next: { sub: 'nobody' }, deny: false }
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'watchfloor',
        client_secret: 'openid-secret-of-the-tests',
        redirect_uris: [redirectUri],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['cookies of the tests'] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_ctx, id) => ({ accountId: id, claims: async () => ({ ...people.get(id), sub: id }) }),
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
  })
  provider.use(async (ctx, next) => {
    if (!ctx.path.startsWith('/interaction/')) return next()
    const { prompt, params } = await provider.interactionDetails(ctx.req, ctx.res)
    people.set(state.next.sub, state.next)
    if (state.deny) {
      const refused = { error: 'access_denied', error_description: 'The person pressed no.' }
      return provider.interactionFinished(ctx.req, ctx.res, refused)
    }
    if (prompt.name === 'login') {
      return provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: state.next.sub } })
    }
    const grant = new provider.Grant({ accountId: state.next.sub, clientId: String(params.client_id) })
    grant.addOIDCScope('openid email profile')
    return provider.interactionFinished(ctx.req, ctx.res, { consent: { grantId: await grant.save() } })
  })
  server.on('request', provider.callback())
  return {
    issuer,
    state,
    environment: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: 'watchfloor',
      OIDC_CLIENT_SECRET: 'openid-secret-of-the-tests',
      OIDC_NAME: 'Harbour Bank',
    },
    /** What a browser does at the provider: follows its redirects, keeps its cookies; returns the address it is sent back to. */
    async visit(from: string): Promise<string> {
      const jar = new Map<string, string>()
      for (let url = from, hop = 0; hop < 10; hop++) {
        const cookie = [...jar].map(([k, v]) => `${k}=${v}`).join('; ')
        const answer = await fetch(url, { redirect: 'manual', headers: cookie ? { cookie } : {} })
        for (const set of answer.headers.getSetCookie()) {
          const [pair = ''] = set.split(';')
          jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
        }
        const next = answer.headers.get('location')
        if (!next) throw new Error(`The provider answered ${answer.status}: ${await answer.text()}`)
        url = new URL(next, url).href
        if (!url.startsWith(issuer)) return url
      }
      throw new Error('The provider led round in circles.')
    },
    close: () =>
      new Promise<void>((closed) => {
        server.closeAllConnections()
        server.close(() => closed())
      }),
  }
}
