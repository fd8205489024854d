import { sql } from 'kysely'
import { z } from 'zod'
import { slug } from '../../../contract/base.ts'
import { changePolicyInput, createPolicyInput, slaAppliesTo } from '../../../contract/sla/index.ts'
import type { Db } from '../../platform/db/pool.ts'
import { declare, given, idNamed, idsNamed, namedBy, setOf } from '../../platform/declare/declaration.ts'
import { invalid } from '../../platform/errors.ts'
import { changePolicy } from './change-policy.ts'
import { createPolicy } from './create-policy.ts'
import { allPolicies } from './policy.ts'

const { name, targets, warnPercent, onReopen, onReclass, pauseReasons, cutOffs } = changePolicyInput.shape
const { kinds, environments, priorities } = slaAppliesTo.partial().shape
const schema = z.strictObject({
  name: name.unwrap(),
  services: setOf(slug).optional(),
  businessUnits: setOf(slug).optional(),
  kinds,
  environments,
  priorities,
  targets,
  calendar: slug.nullable().optional(),
  warnPercent,
  onReopen,
  onReclass,
  pauseReasons,
  cutOffs,
})
type Policy = z.output<typeof schema>

const known = {
  service: namedBy('services', 'service', 'service'),
  unit: namedBy('business_units', 'business unit', 'business-unit'),
  calendar: namedBy('calendars', 'calendar', 'calendar'),
}

/** An SLA policy. Those that are new are tried after the others and before the default. */
export const slaPolicyDeclaration = declare<Policy>({
  kind: 'sla-policy',
  help: 'How soon tickets must be answered and resolved, which tickets it is for (every list that is not empty must fit), and by which rules its clocks run.',
  key: 'name',
  schema,
  async stored({ db }) {
    const slugs = await slugsOf(db)
    const slug = (one: string) => slugs.get(one) ?? one
    return (await allPolicies(db)).map((p) => ({
      id: p.id,
      item: schema.parse({
        name: p.name,
        services: p.appliesTo.serviceIds.map(slug).toSorted(),
        businessUnits: p.appliesTo.businessUnitIds.map(slug).toSorted(),
        kinds: p.appliesTo.kinds,
        environments: p.appliesTo.environments,
        priorities: p.appliesTo.priorities,
        targets: p.targets,
        calendar: p.calendarId && slug(p.calendarId),
        warnPercent: p.warnPercent,
        onReopen: p.onReopen,
        onReclass: p.onReclass,
        pauseReasons: p.pauseReasons,
        cutOffs: p.cutOffs,
      }),
    }))
  },
  async write(ctx, { services, businessUnits, kinds, environments, priorities, calendar, ...rest }, id) {
    const before = id ? (await allPolicies(ctx.db)).find((p) => p.id === id)?.appliesTo : undefined
    const calendarId = calendar && (await idNamed(ctx.db, known.calendar, calendar, 'calendar'))
    const appliesTo = {
      ...(before ?? {}),
      ...given({
        serviceIds: services && (await idsNamed(ctx.db, known.service, services, 'services')),
        businessUnitIds: businessUnits && (await idsNamed(ctx.db, known.unit, businessUnits, 'businessUnits')),
        kinds,
        environments,
        priorities,
      }),
    }
    const fields = given({ ...rest, calendarId })
    if (id) await changePolicy.run(ctx, changePolicyInput.parse({ ...fields, appliesTo, id }))
    else if (!rest.targets) throw invalid('targets', 'must say how soon, for each priority from P1 to P5')
    else await createPolicy.run(ctx, createPolicyInput.parse({ ...fields, appliesTo }))
  },
})

const slugsOf = async (db: Db): Promise<Map<string, string>> => {
  const { rows } = await sql<{ id: string; slug: string }>`
    select id, slug from services union all select id, slug from business_units union all select id, slug from calendars
  `.execute(db)
  return new Map(rows.map((r) => [r.id, r.slug]))
}
