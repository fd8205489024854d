import type { Context } from '../../platform/context.ts'
import { invalid } from '../../platform/errors.ts'

type Wanted = { id: string | null; kind: string; host: string; teamId: string | null }

/**
 * Two connections to schedulers of one kind, whose jobs bear the same names, could not be told apart: the host that is
 * named at the import is what tells them apart.
 */
export const requireOnlyOne = async (ctx: Context, { id, kind, host, teamId }: Wanted): Promise<void> => {
  const other = await ctx.db
    .selectFrom('schedulers')
    .select('name')
    .where('kind', '=', kind)
    .where('host', '=', host)
    .where('team_id', 'is not distinct from', teamId)
    .$if(id !== null, (q) => q.where('id', '<>', id ?? ''))
    .executeTakeFirst()
  if (other)
    throw invalid(
      'host',
      `${other.name} tells of the same jobs already. Where this is another scheduler, import its jobs with a host, and name that here.`,
    )
}
