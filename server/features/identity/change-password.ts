import { changePasswordInput } from '../../../contract/identity/me.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { selfByPassword } from './confirm-password.ts'
import { setPassword } from './credentials.ts'
import { passwordChanged } from './events.ts'

/** Changes one's own password, given the present one. Every session ends, this one too: sign in again. */
export const changePassword = verb('me.change_password', {
  permission: 'me.write',
  input: changePasswordInput,
  async run(ctx, { current, password }) {
    const user = await selfByPassword(ctx, current, 'current')
    await setPassword(ctx, user, password)
    ctx.record(passwordChanged, { subject: ref('user', user.id), data: { name: user.name } })
    return { ok: true } as const
  },
})
