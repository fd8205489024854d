import { sql } from 'kysely'
import { z } from 'zod'
import { email, slug } from '../../../contract/base.ts'
import {
  type ApprovalStage,
  approvalStage,
  changeRequestTypeInput,
  createRequestTypeInput,
} from '../../../contract/requests/index.ts'
import type { Context } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import { byMail, declare, given, idNamed, namedBy, setOf } from '../../platform/declare/declaration.ts'
import { invalid } from '../../platform/errors.ts'
import { changeRequestType } from './change-type.ts'
import { createRequestType } from './create-type.ts'
import { restoreRequestType, retireRequestType } from './retire-type.ts'
import { selectTypes } from './type-rows.ts'

const by = z.union(
  [z.strictObject({ people: z.array(email.toLowerCase()).min(1).max(10) }), z.strictObject({ leadsOf: slug })],
  'must be people, such as {people: [ana@example.com]}, or leads, such as {leadsOf: dba}',
)
const { all, expiryHours, reminderHours } = approvalStage.shape
const stage = z.strictObject({ by, all, expiryHours, reminderHours })

const { name, description, category, icon, priority, form, checklist } = changeRequestTypeInput.shape
const schema = z.strictObject({
  slug,
  name,
  description,
  category,
  icon,
  team: slug.optional(),
  service: slug.nullable().optional(),
  priority,
  onlyFor: setOf(slug).optional(),
  form,
  checklist,
  approvals: z.array(stage).max(5, 'must have at most 5 stages').optional(),
  retired: z.boolean().optional(),
})
type Declared = z.output<typeof schema>

const teams = namedBy('teams', 'team', 'team')
const services = namedBy('services', 'service', 'service')
const units = namedBy('business_units', 'business unit', 'business-unit')

/** A request type, with its form, checklist and approvals. */
export const requestTypeDeclaration = declare<Declared>({
  kind: 'request-type',
  help: 'What can be asked for, known by its slug; `form` is JSON Schema, and requests that were made keep the form they were filled with.',
  key: 'slug',
  schema,
  async stored({ db }) {
    const names = await wordsFor(db)
    const word = (id: string) => names.get(id) ?? id
    return (await selectTypes(db, sql`true`))
      .toSorted((a, b) => (a.slug < b.slug ? -1 : 1))
      .map((t) => ({
        id: t.id,
        item: {
          slug: t.slug,
          name: t.name,
          description: t.description,
          category: t.category,
          icon: t.icon,
          team: word(t.team_id),
          service: t.service_id && word(t.service_id),
          priority: t.priority,
          onlyFor: t.business_unit_ids.map(word).sort(),
          form: t.form,
          checklist: t.checklist,
          approvals: t.approvals.map(({ by: who, ...rest }) => ({
            by: who.kind === 'people' ? { people: who.userIds.map(word) } : { leadsOf: word(who.teamId) },
            ...rest,
          })),
          retired: t.retired_at !== null,
        },
      }))
  },
  async write(ctx, { slug, team, service, onlyFor, approvals, retired, ...rest }, id) {
    const fields = given({
      ...rest,
      teamId: team === undefined ? undefined : await idNamed(ctx.db, teams, team, 'team'),
      serviceId: service && (await idNamed(ctx.db, services, service, 'service')),
      businessUnitIds: onlyFor && (await idsOf(ctx, onlyFor)),
      approvals: approvals && (await stagesOf(ctx, approvals)),
    })
    if (id) await changeRequestType.run(ctx, { id, ...fields })
    else {
      if (!fields.form) throw invalid('form', 'must be given: JSON Schema with the fields that are asked')
      if (!fields.teamId) throw invalid('team', 'must be given: the team that fulfils it')
      await createRequestType.run(ctx, createRequestTypeInput.parse({ name: slug, category: 'Other', ...fields, slug }))
    }
    if (retired !== undefined) await (retired ? retireRequestType : restoreRequestType).run(ctx, { id: slug })
  },
})

const wordsFor = async (db: Db): Promise<Map<string, string>> => {
  const { rows } = await sql<{ id: string; word: string }>`
    select id, slug as word from teams union all select id, slug from services
    union all select id, slug from business_units union all select id, email from users`.execute(db)
  return new Map(rows.map((r) => [r.id, r.word]))
}

const idsOf = async (ctx: Context, names: readonly string[]) => {
  const ids: string[] = []
  for (const [i, one] of names.entries()) ids.push(await idNamed(ctx.db, units, one, `onlyFor.${i}`))
  return ids
}

const stagesOf = async (ctx: Context, stages: NonNullable<Declared['approvals']>): Promise<ApprovalStage[]> => {
  const found: ApprovalStage[] = []
  for (const [i, { by: who, ...rest }] of stages.entries()) {
    if ('leadsOf' in who) {
      const teamId = await idNamed(ctx.db, teams, who.leadsOf, `approvals.${i}.by.leadsOf`)
      found.push({ ...rest, by: { kind: 'leads', teamId } })
      continue
    }
    const userIds: string[] = []
    for (const [n, mail] of who.people.entries())
      userIds.push(await idNamed(ctx.db, byMail, mail, `approvals.${i}.by.people.${n}`))
    found.push({ ...rest, by: { kind: 'people', userIds } })
  }
  return found
}
