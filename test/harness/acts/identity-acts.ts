import { after, on, type Prepare } from './prepare.ts'

/** Acts on people, teams and keys. */
export const identityActs: Record<string, Prepare> = {
  'identity.users.create': async (t) => ({
    body: { name: t.fresh('Person'), email: `${t.fresh('p')}@harbour-bank.example` },
  }),
  'identity.users.change': on(
    (t) => t.user(),
    (t) => ({ name: t.fresh('Person') }),
  ),
  'identity.users.disable': on((t) => t.user()),
  'identity.users.enable': after(
    (t) => t.user(),
    (id) => `/users/${id}/disablement`,
  ),
  'identity.users.signOut': on((t) => t.user()),
  'identity.users.sendLink': on((t) => t.user()),
  'identity.users.removeSecondFactor': on((t) => t.user()),
  'identity.teams.create': async (t) => ({ body: { name: t.fresh('Team'), kind: 'l2', description: 'What it does' } }),
  'identity.teams.change': on(
    (t) => t.team(),
    (t) => ({ name: t.fresh('Team'), description: 'Another' }),
  ),
  'identity.teams.archive': on((t) => t.team()),
  'identity.teams.restore': after(
    (t) => t.team(),
    (id) => `/teams/${id}/archival`,
  ),
  'identity.teams.setMember': async (t) => ({
    params: { id: await t.team(), userId: t.bank.world.people.priya },
    body: { role: 'responder' },
  }),
  'identity.teams.removeMember': async (t) => {
    const [id, userId] = [await t.team(), t.bank.world.people.priya]
    await t.bank.api('PUT', `/teams/${id}/members/${userId}`, { role: 'responder' })
    return { params: { id, userId } }
  },
  'identity.keys.create': async (t) => ({ body: { name: t.fresh('key'), scopes: ['ticket.read'] } }),
  'identity.keys.rotate': on((t) => t.key()),
  'identity.keys.revokeSecret': async (t) => ({ params: await t.keyWithSecrets() }),
  'identity.keys.revoke': on((t) => t.key()),
  'identity.me.change': async (t) => ({ body: { name: t.fresh('Marta') } }),
}
