import { z } from 'zod'
import { id, pageQuery } from '../base.ts'
import { serviceRef } from './service.ts'
import { businessUnit } from './unit.ts'

/** A business unit with what it uses. */
export const businessUnitDetail = businessUnit.extend({
  uses: z.array(serviceRef).meta({ description: 'Services that it uses itself, the most critical first' }),
})

export const unitPeopleInput = pageQuery.extend({ id })
export const unitPerson = z.object({ id, name: z.string(), email: z.string() })
