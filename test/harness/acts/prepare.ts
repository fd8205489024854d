import type { Browser } from '../identity.ts'
import type { Things } from './things.ts'

/** What an act is sent: what fills its path, and its body. */
export type Sent = { params?: Record<string, string>; body?: Record<string, unknown> }
/** Makes what the act needs, in the state in which it may be done. `who` is an administrator who is signed in. */
export type Prepare = (t: Things, who: Browser) => Promise<Sent>

export const on =
  (make: (t: Things) => Promise<string>, body: (t: Things) => Record<string, unknown> = () => ({})): Prepare =>
  async (t) => ({ params: { id: await make(t) }, body: body(t) })
export const after =
  (make: (t: Things) => Promise<string>, path: (id: string) => string, body?: object): Prepare =>
  async (t) => {
    const id = await make(t)
    await t.bank.api('POST', path(id), body ?? {})
    return { params: { id } }
  }
