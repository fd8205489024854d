import { on, type Prepare } from './prepare.ts'
import type { Things } from './things.ts'

const webhook = (t: Things) => ({ name: t.fresh('Bus'), url: 'https://bus.example.com/hook', about: ['deadline'] })
const made = async (t: Things): Promise<string> =>
  (await t.bank.api<{ id: string }>('POST', '/webhooks', webhook(t))).id

export const webhookActs: Record<string, Prepare> = {
  'webhooks.create': async (t) => ({ body: webhook(t) }),
  'webhooks.delete': on(made),
  'webhooks.skip': on(made),
}
