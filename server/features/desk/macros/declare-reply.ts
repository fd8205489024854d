import { z } from 'zod'
import { createReplyInput } from '../../../../contract/desk/index.ts'
import { declare, given, idNamed } from '../../../platform/declare/declaration.ts'
import { invalid } from '../../../platform/errors.ts'
import { ownerTeam, teams } from './declare.ts'
import { changeReply, createReply } from './manage-replies.ts'

const { name, body } = createReplyInput.shape
const schema = z.strictObject({ name, team: ownerTeam, body: body.optional() })

/** A canned reply, known by its name and the team that it is of. */
export const cannedReplyDeclaration = declare<z.output<typeof schema>>({
  kind: 'canned-reply',
  help: 'A text for replies and notes, with fields such as {{ticket.number}}; without `team` it is for all teams.',
  key: ['name', 'team'],
  schema,
  async stored({ db }) {
    const rows = await db
      .selectFrom('canned_replies as r')
      .leftJoin('teams as t', 't.id', 'r.team_id')
      .select(['r.id', 'r.name', 'r.body', 't.slug as team'])
      .orderBy('r.name')
      .orderBy('r.id')
      .execute()
    return rows.map(({ id, ...item }) => ({ id, item }))
  },
  async write(ctx, { name, team, body }, id) {
    if (id) await changeReply.run(ctx, given({ id, body }))
    else if (!body) throw invalid('body', 'must be given: the text of the reply')
    else await createReply.run(ctx, { name, teamId: team ? await idNamed(ctx.db, teams, team, 'team') : null, body })
  },
})
