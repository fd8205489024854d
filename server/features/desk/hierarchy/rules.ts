import { defaultRules, type HierarchyRule } from '../../../../contract/desk/index.ts'
import type { ReadContext } from '../../../platform/context.ts'

export type TeamRules = { managers: string[]; rules: readonly HierarchyRule[] }

/** The rules of a team: its own, else those for all, else the defaults. Who manages it is taken from the first that names anybody. */
export const rulesOf = async (ctx: Pick<ReadContext, 'db'>, teamId: string | null): Promise<TeamRules> => {
  const rows = await ctx.db
    .selectFrom('hierarchy_rules')
    .selectAll()
    .where((eb) => eb.or([eb('team_id', 'is', null), ...(teamId ? [eb('team_id', '=', teamId)] : [])]))
    .execute()
  const own = rows.find((r) => r.team_id !== null)
  const all = rows.find((r) => r.team_id === null)
  const rules = (own ?? all)?.rules as HierarchyRule[] | undefined
  const managers = own && own.managers.length > 0 ? own.managers : (all?.managers ?? [])
  return { rules: rules ?? defaultRules, managers }
}
