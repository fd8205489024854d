import type { ApprovalStage } from '../../../contract/requests/index.ts'
import type { Context } from '../../platform/context.ts'
import { AppError, type FieldProblem, invalid } from '../../platform/errors.ts'

type Given = {
  teamId?: string | undefined
  serviceId?: string | null | undefined
  businessUnitIds?: string[] | undefined
  approvals?: ApprovalStage[] | undefined
}

const liveIds = async (ctx: Context, table: 'teams' | 'services', ids: string[]) =>
  new Set(
    ids.length === 0
      ? []
      : (
          await ctx.db.selectFrom(table).select('id').where('id', 'in', ids).where('archived_at', 'is', null).execute()
        ).map((r) => r.id),
  )

/** Throws `invalid_input` for whatever a type names that is not there, archived or has left, and `forbidden` for another's team. */
export const requireTypeReferences = async (ctx: Context, given: Given): Promise<void> => {
  const { scope } = ctx
  if (given.teamId !== undefined && scope.rows !== 'all' && !scope.teamIds.includes(given.teamId)) {
    const problem = 'choose a team that you lead; only an administrator may choose another.'
    throw new AppError('forbidden', `teamId: ${problem}`, { fields: [{ field: 'teamId', problem }] })
  }
  const stages = given.approvals ?? []
  const teams = [
    ...(given.teamId ? [{ field: 'teamId', id: given.teamId }] : []),
    ...stages.flatMap(({ by }, at) =>
      by.kind === 'leads' ? [{ field: `approvals.${at}.by.teamId`, id: by.teamId }] : [],
    ),
  ]
  const live = await liveIds(
    ctx,
    'teams',
    teams.map(({ id }) => id),
  )
  refuse(
    teams
      .filter(({ id }) => !live.has(id))
      .map(({ field }) => ({ field, problem: 'there is no such team, or it is archived; choose another.' })),
  )
  if (given.serviceId && !(await liveIds(ctx, 'services', [given.serviceId])).has(given.serviceId))
    throw invalid('serviceId', 'there is no such service, or it is archived; choose another.')
  await requireApprovers(ctx, stages)
  await requireUnits(ctx, given.businessUnitIds ?? [])
}

const refuse = (fields: FieldProblem[]) => {
  if (fields.length > 0)
    throw new AppError('invalid_input', fields.map((f) => `${f.field}: ${f.problem}`).join('; '), { fields })
}

const requireApprovers = async (ctx: Context, stages: readonly ApprovalStage[]) => {
  const named = stages.flatMap(({ by }, stage) =>
    by.kind === 'people' ? by.userIds.map((id, at) => ({ field: `approvals.${stage}.by.userIds.${at}`, id })) : [],
  )
  if (named.length === 0) return
  const ids = named.map(({ id }) => id)
  const rows = await ctx.db
    .selectFrom('users')
    .select('id')
    .where('id', 'in', ids)
    .where('disabled_at', 'is', null)
    .execute()
  const here = new Set(rows.map((r) => r.id))
  refuse(
    named
      .filter(({ id }) => !here.has(id))
      .map(({ field }) => ({ field, problem: 'there is no such person, or the person has left; choose another.' })),
  )
}

const requireUnits = async (ctx: Context, ids: readonly string[]) => {
  if (ids.length === 0) return
  const rows = await ctx.db
    .selectFrom('business_units')
    .select('id')
    .where('id', 'in', [...ids])
    .execute()
  const known = new Set(rows.map((r) => r.id))
  refuse(
    ids.flatMap((id, at) =>
      known.has(id)
        ? []
        : [{ field: `businessUnitIds.${at}`, problem: 'there is no such business unit; take it out.' }],
    ),
  )
}
