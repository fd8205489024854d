import { on, type Prepare, type Sent } from './prepare.ts'
import type { Things } from './things.ts'

/** A ticket with another that is its child, or was merged into it. */
const together = async (t: Things, how: 'children' | 'merges'): Promise<Sent> => {
  const [id, other] = [await t.ticket(), await t.ticket()]
  await t.bank.api('POST', `/tickets/${id}/${how}`, { tickets: [other] })
  return { params: { id }, body: { tickets: [other] } }
}

/** Acts that bring tickets together. */
export const linkActs: Record<string, Prepare> = {
  'desk.link': async (t) => ({ params: { id: await t.ticket(), kind: 'relates_to', to: await t.ticket() } }),
  'desk.unlink': async (t) => {
    const [id, to] = [await t.ticket(), await t.ticket()]
    await t.bank.api('PUT', `/tickets/${id}/links/caused_by/${to}`, {})
    return { params: { id, kind: 'caused_by', to } }
  },
  'desk.adopt': async (t) => ({ params: { id: await t.ticket() }, body: { tickets: [await t.ticket()] } }),
  'desk.disown': (t) => together(t, 'children'),
  'desk.merge': async (t) => ({ params: { id: await t.ticket() }, body: { tickets: [await t.ticket()] } }),
  'desk.unmerge': (t) => together(t, 'merges'),
  'desk.addCaller': on(
    (t) => t.ticket(),
    () => ({ words: 'They cannot price either' }),
  ),
  'desk.removeCaller': async (t) => {
    const id = await t.ticket()
    const call = { line: 'They cannot price either', to: id }
    const { undo } = await t.bank.api<{ undo: { input: { callerId: string } } }>('POST', '/phone-log', call)
    return { params: { id, callerId: undo.input.callerId } }
  },
  'desk.logCall': async () => ({ body: { line: 'eqd cannot price since 0915 P2' } }),
  'desk.help': async (t) => ({ params: { id: await t.ticket(), userId: t.bank.world.people.priya } }),
  'desk.stopHelping': async (t) => {
    const userId = t.bank.world.people.priya
    return { params: { id: await t.ticketIn(['PUT', `helpers/${userId}`]), userId } }
  },
}
