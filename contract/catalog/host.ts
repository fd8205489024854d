import { z } from 'zod'
import { environment, id, instant, line, named, pageQuery, text } from '../base.ts'
import { serviceRef } from './service.ts'

const fields = {
  name: line(253).regex(/^[A-Za-z0-9._:-]+$/, 'must be a host name or an address, such as ldn-app-01'),
  environment,
  site: text(100),
  teamId: id.nullable(),
  description: text(2_000),
}

export const hostSummary = z.object({
  id,
  name: z.string(),
  environment,
  site: z.string(),
  team: named.nullable(),
  services: z.array(serviceRef).meta({ description: 'Services that run on it, the most critical first' }),
  version: z.number(),
})

export const host = hostSummary.extend({ description: z.string(), updatedAt: instant })

export const listHostsInput = pageQuery.extend({
  search: line(100).optional(),
  environment: environment.optional(),
  team: id.optional(),
})
export const addHostInput = z.object({
  ...fields,
  environment: environment.default('prod'),
  site: fields.site.default(''),
  teamId: fields.teamId.default(null),
  description: fields.description.default(''),
})
export const changeHostInput = z.object(fields).partial().extend({ id })
export const hostIdInput = z.object({ id })
