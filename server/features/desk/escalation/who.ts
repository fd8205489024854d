import { userOf } from '../../../platform/access.ts'
import type { Context } from '../../../platform/context.ts'
import { AppError } from '../../../platform/errors.ts'
import { isMember, teamOf } from '../people.ts'

/** Programs act for whom they were set up for, and administrators for everybody. */
const actsForAll = ({ actor }: Context) =>
  actor.kind === 'key' || actor.kind === 'system' || (actor.kind === 'user' && actor.role === 'admin')

/** Only the team that it was escalated to accepts or sends back. Throws `forbidden`. */
export const requireReceiver = async (ctx: Context, teamId: string, words: string): Promise<void> => {
  const userId = userOf(ctx.actor)
  if (actsForAll(ctx) || (userId && (await isMember(ctx, teamId, userId)))) return
  throw new AppError('forbidden', `Only members of ${(await teamOf(ctx, teamId))?.name} can ${words}.`)
}

type Sender = { from_team_id: string | null; from_user_id: string | null }

/** Whoever sent it, or the team that answers for it, takes it back. Throws `forbidden`. */
export const requireSender = async (ctx: Context, { from_team_id: team, from_user_id: person }: Sender) => {
  const userId = userOf(ctx.actor)
  if (actsForAll(ctx) || (userId !== null && userId === person)) return
  if (team === null || (userId && (await isMember(ctx, team, userId)))) return
  throw new AppError(
    'forbidden',
    `Only who sent it and members of ${(await teamOf(ctx, team))?.name} can take the escalation back.`,
  )
}
