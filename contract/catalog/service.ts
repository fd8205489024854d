import { z } from 'zod'
import { environment, id, instant, line, named, pageQuery, slug, text, wallTime, zone } from '../base.ts'
import { unitRef } from './unit.ts'

export const serviceKind = z.enum(['business', 'technical'], 'must be business or technical')
export type ServiceKind = z.output<typeof serviceKind>

const tier = z.coerce
  .number('must be a tier from 1 to 4')
  .int('must be a tier from 1 to 4')
  .min(1, 'must be 1 (most critical) to 4')
  .max(4, 'must be 1 (most critical) to 4')

/** A service in a few words, as lists and neighbours show it. */
export const serviceRef = z.object({ id, name: z.string(), kind: serviceKind, tier: z.number() })

const fields = {
  name: line(120),
  kind: serviceKind,
  description: text(5_000),
  tier: tier.meta({ description: 'Criticality: 1 is the most critical' }),
  environments: z
    .array(environment)
    .min(1, 'must name at least one environment')
    .max(4)
    .refine((list) => new Set(list).size === list.length, 'must name each environment once'),
  ownerTeamId: id.nullable(),
  calendarId: id.nullable().meta({ description: 'The support calendar; null is around the clock' }),
  costPerHour: z
    .int('must be whole units of the currency')
    .min(0, 'must be 0 or more')
    .max(1_000_000_000_000)
    .nullable()
    .meta({ description: 'Cost of downtime per hour, where known' }),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be a currency code such as GBP')
    .nullable(),
}

const cutOffFields = {
  name: line(120),
  atTime: wallTime,
  zone,
  days: z
    .array(z.int().min(1).max(7), 'must be days from 1 (Monday) to 7 (Sunday)')
    .min(1, 'must name at least one day')
    .refine((list) => new Set(list).size === list.length, 'must name each day once'),
}

export const cutOff = z.object({
  id,
  name: z.string(),
  atTime: z.string(),
  zone: z.string(),
  days: z.array(z.number()),
  nextAt: instant,
})

export const serviceSummary = serviceRef.extend({
  slug: z.string(),
  environments: z.array(environment),
  ownerTeam: named.nullable(),
  archived: z.boolean(),
  version: z.number(),
})

/** A service with everything around it. Cost, hosts and dependencies are for those who run it. */
export const service = serviceSummary.extend({
  description: z.string(),
  calendar: named.nullable(),
  costPerHour: z.number().nullable(),
  currency: z.string().nullable(),
  archivedAt: instant.nullable(),
  dependsOn: z.array(z.object({ dependencyId: id, service: serviceRef })),
  hosts: z.array(
    z.object({ dependencyId: id, host: z.object({ id, name: z.string(), environment, site: z.string() }) }),
  ),
  dependents: z.array(serviceRef).meta({ description: 'Services that depend on this one, one level up' }),
  businessUnits: z.array(unitRef),
  cutOffs: z.array(cutOff),
  impact: z
    .object({ services: z.array(serviceRef), businessUnits: z.array(unitRef) })
    .meta({ description: 'What breaks when this breaks: all services above it, and the business units of them all' }),
  updatedAt: instant,
})

export const listServicesInput = pageQuery.extend({
  search: line(100).optional(),
  kind: serviceKind.optional(),
  tier: tier.optional(),
  team: id.optional().meta({ description: 'Owner team' }),
  environment: environment.optional(),
  archived: z.enum(['no', 'yes'], 'must be no or yes').default('no'),
})

export const createServiceInput = z.object({
  ...fields,
  slug,
  description: fields.description.default(''),
  tier: fields.tier.default(3),
  environments: fields.environments.default(['prod']),
  ownerTeamId: fields.ownerTeamId.default(null),
  calendarId: fields.calendarId.default(null),
  costPerHour: fields.costPerHour.default(null),
  currency: fields.currency.default(null),
})
export const changeServiceInput = z.object(fields).partial().extend({ id })
export const serviceIdInput = z.object({ id })

export const addDependencyInput = z
  .object({ id, serviceId: id.optional(), hostId: id.optional() })
  .refine((d) => (d.serviceId === undefined) !== (d.hostId === undefined), {
    path: ['serviceId'],
    message: 'give either serviceId or hostId: the one thing that it depends on',
  })
export const removeDependencyInput = z.object({ id, dependencyId: id })

export const setBusinessUnitsInput = z.object({ id, businessUnitIds: z.array(id).max(500) })

export const addCutOffInput = z.object({ ...cutOffFields, id, days: cutOffFields.days.default([1, 2, 3, 4, 5]) })
export const changeCutOffInput = z.object(cutOffFields).partial().extend({ id, cutOffId: id })
export const removeCutOffInput = z.object({ id, cutOffId: id })
