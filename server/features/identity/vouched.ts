import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'

/**
 * Lets in a person whose identity was proven elsewhere: by a passkey, or by the company's sign-in. For the server alone;
 * no request from outside reaches it.
 */
export const vouched = {
  id: 'vouched',
  endpoints: {
    signInVouched: createAuthEndpoint(
      '/sign-in/vouched',
      { method: 'POST', body: z.object({ userId: z.string() }), metadata: { SERVER_ONLY: true } },
      async (ctx) => {
        const user = await ctx.context.internalAdapter.findUserById(ctx.body.userId)
        if (!user) return ctx.json({ ok: false })
        const session = await ctx.context.internalAdapter.createSession(user.id)
        await setSessionCookie(ctx, { session, user })
        return ctx.json({ ok: true })
      },
    ),
  },
}
