import { on, type Prepare } from './prepare.ts'
import type { Things } from './things.ts'

const webhook = (t: Things) => ({ name: t.fresh('Bus'), url: 'https://bus.example.com/hook', about: ['deadline'] })
const made = async (t: Things): Promise<string> =>
  (await t.bank.api<{ id: string }>('POST', '/webhooks', webhook(t))).id

/** One that does not take what there is to tell. */
const failing = async (t: Things): Promise<string> => {
  const { id } = await t.bank.api<{ id: string }>('POST', '/webhooks', { ...webhook(t), about: ['job'] })
  await t.job()
  const { db, clock } = t.bank.house.platform
  const trouble = { failing_since: clock.now(), failures: 1, problem: 'It answers 400.' }
  await db.updateTable('webhooks').set(trouble).where('id', '=', id).execute()
  return id
}

export const webhookActs: Record<string, Prepare> = {
  'webhooks.create': async (t) => ({ body: webhook(t) }),
  'webhooks.delete': on(made),
  'webhooks.skip': on(failing),
}
