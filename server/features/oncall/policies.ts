import { assignInput, policyChange, policyInput } from '../../../contract/oncall/policy.ts'
import type { Context } from '../../platform/context.ts'
import { AppError, conflict, invalid } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { findService } from '../catalog/index.ts'
import { policyAssigned, policyChanged, policyCreated, policyUnassigned } from './events.ts'
import { namesOfTargets, showPolicyRow } from './policy-queries.ts'
import { requireKnownTeam, requireTeam } from './scope.ts'
import type { Step } from './steps.ts'

/** Makes an escalation policy. */
export const createPolicy = verb('policy.create', {
  permission: 'policy.write',
  input: policyInput,
  async run(ctx, input) {
    await requireTeam(ctx, input.teamId)
    await requireKnownTeam(ctx, input.teamId)
    await checkTargets(ctx, input.steps)
    const taken = await ctx.db
      .selectFrom('escalation_policies')
      .select('id')
      .where('slug', '=', input.slug)
      .executeTakeFirst()
    if (taken) throw invalid('slug', `there is a policy ${input.slug} already; choose another`)
    const row = await ctx.db
      .insertInto('escalation_policies')
      .values({
        id: newId(),
        slug: input.slug,
        name: input.name,
        team_id: input.teamId,
        steps: JSON.stringify(input.steps),
        repeats: input.repeats,
        ack_timeout_minutes: input.ackTimeoutMinutes,
        created_at: ctx.now(),
        updated_at: ctx.now(),
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    ctx.record(policyCreated, { subject: ref('policy', row.id), team: row.team_id, data: { name: row.name } })
    return showPolicyRow(ctx.db, row, ctx.now())
  },
})

/** Changes a policy. Pages under way keep the one they began with. */
export const changePolicy = verb('policy.change', {
  permission: 'policy.write',
  input: policyChange,
  async run(ctx, input) {
    const row = await ctx.db
      .selectFrom('escalation_policies')
      .selectAll()
      .where('id', '=', input.id)
      .forUpdate()
      .executeTakeFirst()
    if (!row) throw new AppError('not_found', 'There is no such policy.')
    await requireTeam(ctx, row.team_id)
    if (input.teamId !== undefined) await requireTeam(ctx, input.teamId)
    await requireKnownTeam(ctx, input.teamId ?? null)
    if (ctx.expected !== null && ctx.expected !== row.version)
      throw new AppError('stale', `${row.name} was changed meanwhile. Load it again, and make your change anew.`)
    if (input.steps) await checkTargets(ctx, input.steps)
    const after = await ctx.db
      .updateTable('escalation_policies')
      .set((eb) => ({
        name: input.name ?? row.name,
        team_id: input.teamId === undefined ? row.team_id : input.teamId,
        steps: JSON.stringify(input.steps ?? row.steps),
        repeats: input.repeats ?? row.repeats,
        ack_timeout_minutes: input.ackTimeoutMinutes === undefined ? row.ack_timeout_minutes : input.ackTimeoutMinutes,
        updated_at: ctx.now(),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', row.id)
      .where('version', '=', row.version)
      .returningAll()
      .executeTakeFirst()
    if (!after) throw conflict(`${row.name} was changed meanwhile. Load it again, and make your change anew.`)
    const facts = (r: typeof row) => ({
      name: r.name,
      steps: r.steps,
      repeats: r.repeats,
      ackTimeoutMinutes: r.ack_timeout_minutes,
    })
    ctx.record(policyChanged, {
      subject: ref('policy', row.id),
      team: after.team_id,
      data: { name: after.name, before: facts(row), after: facts(after) },
    })
    return showPolicyRow(ctx.db, after, ctx.now())
  },
})

/** Gives a service this policy; one that it had before is replaced. */
export const assignPolicy = verb('policy.assign', {
  permission: 'policy.write',
  input: assignInput,
  async run(ctx, { id, serviceId }) {
    const row = await ctx.db
      .selectFrom('escalation_policies')
      .selectAll()
      .where('id', '=', id)
      .where('archived_at', 'is', null)
      .executeTakeFirst()
    if (!row) throw new AppError('not_found', 'There is no such policy.')
    const service = await findService(ctx.db, serviceId)
    if (!service) throw invalid('serviceId', 'there is no such service; choose one from the list of services')
    await requireTeam(ctx, service.ownerTeamId)
    await ctx.db
      .insertInto('service_policies')
      .values({ service_id: serviceId, policy_id: id })
      .onConflict((c) => c.column('service_id').doUpdateSet({ policy_id: id }))
      .execute()
    ctx.record(policyAssigned, {
      subject: ref('policy', id),
      about: [ref('service', serviceId)],
      team: service.ownerTeamId,
      data: { name: row.name, service: service.name },
    })
    return showPolicyRow(ctx.db, row, ctx.now())
  },
})

/** Takes this policy from a service, which then has that of its team, or none. */
export const unassignPolicy = verb('policy.unassign', {
  permission: 'policy.write',
  input: assignInput,
  async run(ctx, { id, serviceId }) {
    const row = await ctx.db.selectFrom('escalation_policies').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) throw new AppError('not_found', 'There is no such policy.')
    const service = await findService(ctx.db, serviceId)
    if (!service) throw invalid('serviceId', 'there is no such service; choose one from the list of services')
    await requireTeam(ctx, service.ownerTeamId)
    const { numDeletedRows } = await ctx.db
      .deleteFrom('service_policies')
      .where('service_id', '=', serviceId)
      .where('policy_id', '=', id)
      .executeTakeFirst()
    if (numDeletedRows > 0n)
      ctx.record(policyUnassigned, {
        subject: ref('policy', id),
        about: [ref('service', serviceId)],
        team: service.ownerTeamId,
        data: { name: row.name, service: service.name },
      })
    const view = await showPolicyRow(ctx.db, row, ctx.now())
    return numDeletedRows > 0n ? view : ctx.unchanged(view)
  },
})

/** Throws `invalid`, naming the target, for one that is not there. */
export const checkTargets = async (ctx: Pick<Context, 'db'>, steps: readonly Step[]) => {
  const names = await namesOfTargets(ctx.db, steps)
  for (const [i, step] of steps.entries()) {
    const missing = step.targets.findIndex((t) => !names.has(t.id))
    if (missing >= 0)
      throw invalid(
        `steps.${i}.targets.${missing}.id`,
        `there is no such ${step.targets[missing]?.kind}; choose one from the list`,
      )
  }
}
