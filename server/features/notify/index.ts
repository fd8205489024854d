/**
 * Notify reaches people. It owns how each person can be reached (contact methods, verified; notification rules by
 * urgency) and every message: planned by the person's rules, handed to a channel, tried again with back-off, passed to
 * the next method, bundled in a storm, and kept with each attempt. It promises that what it was told to tell is told at
 * least once or visibly failed, and that what may have been told twice says so. It knows nothing of tickets or pages:
 * whoever calls says why, and by which subject it can be stopped.
 */
import type { Feature } from '../../platform/registry-of-work.ts'
import { addMethod, sendCode } from './add-method.ts'
import { removeMethod, setRules, testMethod } from './change-methods.ts'
import { channels } from './channels.ts'
import { notifyEvents } from './events.ts'
import { notifyHealth } from './health.ts'
import { invitationReactions } from './invite.ts'
import { readyForPush, SEALED_PUSH } from './push-identity.ts'
import { sendDelivery } from './send.ts'
import { SEALED_CONTACT } from './stored.ts'
import { verifyMethod } from './verify-method.ts'

export { writeLetters } from './letter.ts'
export { deliveriesOf } from './queries.ts'
export { readerTime } from './reader-time.ts'
export { notifyRoutes } from './routes.ts'
export { postSigned } from './signed-post.ts'
export { stopTelling, tellUser } from './tell.ts'

export const notify: Feature = {
  name: 'notify',
  verbs: [readyForPush, addMethod, sendCode, verifyMethod, removeMethod, testMethod, setRules],
  effects: [sendDelivery],
  events: notifyEvents,
  reactions: invitationReactions,
  health: notifyHealth,
  sealed: [
    { table: 'contact_methods', key: 'id', column: 'config', purpose: SEALED_CONTACT },
    { table: 'push_identity', key: 'id', column: 'private_key', purpose: SEALED_PUSH },
  ],
  start: async () => ({
    idle: async () => undefined,
    stop: async () => void (await Promise.all([...channels.values()].map((c) => c.close?.()))),
  }),
}
