import { z } from 'zod'
import { id, instant, line, named, pageQuery, slug, text } from '../base.ts'

const people = z.int('must be a whole number').min(0, 'must be 0 or more').max(10_000_000).nullable()

/** A business unit in a few words. */
export const unitRef = z.object({ id, name: z.string(), site: z.string(), people: z.number().nullable() })

export const businessUnit = unitRef.extend({
  slug: z.string(),
  services: z.number().meta({ description: 'How many services it uses' }),
  updatedAt: instant,
  version: z.number(),
})

export const listUnitsInput = pageQuery.extend({ search: line(100).optional() })
export const addUnitInput = z.object({
  slug,
  name: line(120),
  site: text(100).default(''),
  people: people.default(null),
})
export const changeUnitInput = z
  .object({ name: line(120), site: text(100), people })
  .partial()
  .extend({ id })
export const unitIdInput = z.object({ id })

export const unitsOfPersonInput = z.object({ userId: id })
export const setUnitsOfPersonInput = z.object({
  userId: id,
  businessUnitIds: z.array(id).max(50, 'must name at most 50 business units'),
})
export const unitsOfPerson = z.object({ items: z.array(named) })
