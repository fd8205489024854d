import { sql } from 'kysely'
import { z } from 'zod'
import { email, slug } from '../../../contract/base.ts'
import { policyInput, policyStep } from '../../../contract/oncall/policy.ts'
import type { Context } from '../../platform/context.ts'
import { byMail, declare, given, idNamed, idsNamed, namedBy, setOf } from '../../platform/declare/declaration.ts'
import { invalid } from '../../platform/errors.ts'
import { assignPolicy, changePolicy, createPolicy, unassignPolicy } from './policies.ts'
import type { Step, Target } from './steps.ts'

const target = z.union(
  [z.strictObject({ schedule: slug }), z.strictObject({ team: slug }), z.strictObject({ user: email.toLowerCase() })],
  'must be one of schedule, team or user, such as {schedule: l2-markets}',
)
const { name, repeats, ackTimeoutMinutes } = policyInput.partial().shape
const schema = z.strictObject({
  slug,
  name,
  team: slug.nullable().optional(),
  steps: z
    .array(z.strictObject({ delayMinutes: policyStep.shape.delayMinutes, targets: z.array(target).min(1).max(10) }))
    .min(1, 'must have at least one step')
    .max(20)
    .optional(),
  repeats: repeats.unwrap().unwrap().optional(),
  ackTimeoutMinutes: ackTimeoutMinutes.unwrap().unwrap().optional(),
  services: setOf(slug).optional(),
})
type Policy = z.output<typeof schema>
type Named = NonNullable<Policy['steps']>[number]['targets'][number]

const known = {
  schedule: namedBy('schedules', 'schedule', 'schedule'),
  team: namedBy('teams', 'team', 'team'),
  user: byMail,
}

/** An escalation policy, with the services that have it. */
export const policyDeclaration = declare<Policy>({
  kind: 'escalation-policy',
  help: 'Whom a page turns to, step by step, and the services that have this policy.',
  key: 'slug',
  schema,
  async stored({ db }) {
    const rows = await db
      .selectFrom('escalation_policies as p')
      .leftJoin('teams as t', 't.id', 'p.team_id')
      .selectAll('p')
      .select('t.slug as team')
      .select(
        sql<string[]>`array(select s.slug from service_policies sp join services s on s.id = sp.service_id
          where sp.policy_id = p.id)`.as('services'),
      )
      .where('p.archived_at', 'is', null)
      .orderBy('p.slug')
      .execute()
    const names = await namesOf(db)
    return rows.map((row) => ({
      id: row.id,
      item: {
        slug: row.slug,
        name: row.name,
        team: row.team,
        steps: (row.steps as Step[]).map((s) => ({
          delayMinutes: s.delayMinutes,
          targets: s.targets.map((t) => ({ [t.kind]: names.get(t.id) ?? t.id }) as Named),
        })),
        repeats: row.repeats,
        ackTimeoutMinutes: row.ack_timeout_minutes,
        services: row.services.toSorted(),
      },
    }))
  },
  async write(ctx, { slug, team, steps, services, ...rest }, id) {
    const teamId = team && (await idNamed(ctx.db, known.team, team, 'team'))
    const fields = given({ ...rest, teamId, steps: steps && (await stepsOf(ctx, steps)) })
    if (id) await changePolicy.run(ctx, { id, ...fields })
    else if (!steps) throw invalid('steps', 'must have at least one step')
    const policyId = id ?? (await createPolicy.run(ctx, policyInput.parse({ name: slug, ...fields, slug }))).id
    if (services) await setServices(ctx, policyId, services)
  },
})

const namesOf = async (db: Context['db']): Promise<Map<string, string>> => {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, slug as name from schedules union all select id, slug from teams union all select id, email from users
  `.execute(db)
  return new Map(rows.map((r) => [r.id, r.name]))
}

const stepsOf = async (ctx: Context, steps: NonNullable<Policy['steps']>): Promise<Step[]> => {
  const found: Step[] = []
  for (const [i, { delayMinutes, targets }] of steps.entries()) {
    const there: Target[] = []
    for (const [n, named] of targets.entries()) {
      const [[kind, name] = ['', '']] = Object.entries(named)
      const target = kind as Target['kind']
      there.push({ kind: target, id: await idNamed(ctx.db, known[target], name, `steps.${i}.targets.${n}`) })
    }
    found.push({ delayMinutes, targets: there })
  }
  return found
}

const setServices = async (ctx: Context, id: string, services: readonly string[]) => {
  const wanted = await idsNamed(ctx.db, namedBy('services', 'service', 'service'), services, 'services')
  const there = await ctx.db.selectFrom('service_policies').select('service_id').where('policy_id', '=', id).execute()
  for (const { service_id: serviceId } of there)
    if (!wanted.includes(serviceId)) await unassignPolicy.run(ctx, { id, serviceId })
  for (const serviceId of wanted)
    if (!there.some((t) => t.service_id === serviceId)) await assignPolicy.run(ctx, { id, serviceId })
}
