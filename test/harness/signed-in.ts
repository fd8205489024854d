import { mailOf, type PersonName } from '../../dev/seed/people.ts'
import { acceptInvitation } from '../../server/features/identity/accept-invitation.ts'
import { system } from '../../server/platform/access.ts'
import { type Browser, browser, goodPassword } from './identity.ts'
import type { ScenarioWorld } from './world.ts'

/** A browser in which somebody of the imaginary bank has signed in, through the invitation he was sent. */
export const signedIn = async (
  { house, world }: Pick<ScenarioWorld, 'house' | 'world'>,
  name: PersonName,
): Promise<Browser> => {
  const invitation = await house.platform.db
    .selectFrom('invitations')
    .select('id')
    .where('user_id', '=', world.people[name])
    .where('used_at', 'is', null)
    .executeTakeFirst()
  if (invitation) await house.execute(acceptInvitation, system, { invitationId: invitation.id, password: goodPassword })
  const theirs = browser(house)
  const answer = await theirs.signIn(mailOf(name))
  if (answer.statusCode !== 200) throw new Error(`${name} cannot sign in: ${answer.body}`)
  return theirs
}
