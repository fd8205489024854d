import type { UserState } from './users.ts'

/** What may be done to a person or a key in a given state: null, or the sentence that says why not. */
export const can = {
  sendLink: (user: { state: UserState }): string | null =>
    user.state === 'disabled' ? 'This account is disabled. Enable it before a link is made for it.' : null,

  rotate: (key: { revoked: boolean; validSecrets: number }): string | null => {
    if (key.revoked) return 'This key was revoked. Make a new key.'
    return key.validSecrets >= 2 ? 'This key has two valid secrets already. Revoke the older one first.' : null
  },
}
