import { changePasswordInput } from '../../../contract/identity/me.ts'
import { requireUser } from '../../platform/context.ts'
import { invalid } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { passwordHashOf, setPassword } from './credentials.ts'
import { passwordChanged } from './events.ts'
import { lockUser } from './locked-user.ts'
import { verifyPassword } from './password-hash.ts'

/** Changes one's own password, given the present one. Every session ends, this one too: sign in again. */
export const changePassword = verb('me.change_password', {
  permission: 'me.write',
  input: changePasswordInput,
  async run(ctx, { current, password }) {
    const self = ctx.scope.userId ?? requireUser(ctx)
    const user = await lockUser(ctx, self)
    const stored = await passwordHashOf(ctx, self)
    if (!stored || !(await verifyPassword(stored, current))) throw invalid('current', 'is not your present password')
    await setPassword(ctx, user, password)
    ctx.record(passwordChanged, { subject: ref('user', self), data: { name: user.name } })
    return { ok: true } as const
  },
})
