import { addMethod } from '../../server/features/notify/add-method.ts'
import { verificationCode } from '../../server/features/notify/code.ts'
import { verifyMethod } from '../../server/features/notify/verify-method.ts'
import type { Actor } from '../../server/platform/access.ts'
import { execute } from '../../server/platform/verb.ts'
import { mailOf, type PersonName, people } from './people.ts'
import type { Tools } from './tools.ts'

/** Verified mail for everybody who can be paged. The code is derived, as the mail that carries it would have it. */
export const seedContacts = async ({ platform }: Tools, ids: Record<PersonName, string>): Promise<void> => {
  const paged = (Object.keys(people) as PersonName[]).filter((p) =>
    ['responder', 'lead', 'admin'].includes(people[p].role),
  )
  for (const name of paged) {
    const actor: Actor = { kind: 'user', id: ids[name], name: people[name].name, role: people[name].role, teams: [] }
    const method = await execute(platform, addMethod, {
      actor,
      input: { channel: 'mail', label: 'Work mail', config: { address: mailOf(name) } },
    })
    const { nonce } = await platform.db
      .selectFrom('contact_verifications')
      .select('nonce')
      .where('method_id', '=', method.id)
      .executeTakeFirstOrThrow()
    await execute(platform, verifyMethod, {
      actor,
      input: { id: method.id, code: verificationCode(platform.crypto, nonce) },
    })
  }
  // The firm begins with everybody's address proved; the mails with the codes are history that nobody needs to get.
  await platform.db.deleteFrom('due').where('verb', '=', 'delivery.send').execute()
  await platform.db.updateTable('deliveries').set({ state: 'cancelled' }).where('state', '=', 'queued').execute()
}
