import { z } from 'zod'
import { environment, id, line, pageQuery, zone } from '../base.ts'
import { monitorStatus } from './words.ts'

const kind = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be the name of a kind of check, such as http')
const config = z
  .record(z.string(), z.unknown(), 'must be an object with the fields of the kind')
  .meta({ description: 'As the schema of the kind says; a stored secret is sent back as its mark' })

const looks = (what: string) =>
  z.int(`must be a whole number of ${what}`).min(1, 'must be at least 1').max(20, 'must be at most 20')

const fields = {
  name: line(120),
  config,
  serviceId: id.nullable(),
  environment,
  teamId: id.nullable().meta({ description: 'Who may change it' }),
  intervalSeconds: z
    .int('must be whole seconds')
    .min(5, 'must be at least 5 seconds')
    .max(86_400, 'must be at most 86,400 seconds, a day'),
  downAfter: looks('looks').meta({ description: 'Down when so many looks failed' }),
  ofLooks: looks('looks').meta({ description: 'of so many last ones' }),
  upAfter: looks('looks').meta({ description: 'Up again when so many in a row did not fail' }),
}

export const createMonitorInput = z.object({
  ...fields,
  kind,
  serviceId: fields.serviceId.default(null),
  environment: fields.environment.default('prod'),
  teamId: fields.teamId.optional().meta({ description: 'The team that owns the service, unless told' }),
  intervalSeconds: fields.intervalSeconds.default(60),
  downAfter: fields.downAfter.default(3),
  ofLooks: fields.ofLooks.optional().meta({ description: 'As many as downAfter, unless told' }),
  upAfter: fields.upAfter.default(1),
})
export const changeMonitorInput = z.object(fields).partial().extend({ id })
export const monitorIdInput = z.object({ id })

export const tryMonitorInput = z.object({
  kind,
  config,
  monitorId: id.optional().meta({ description: 'The monitor whose stored secrets the marks in the config stand for' }),
})

export const monitorViews = ['all', 'trouble', 'paused'] as const
export const listMonitorsInput = pageQuery.extend({
  view: z.enum(monitorViews, 'must be all, trouble or paused').default('all').meta({
    description: 'trouble: whatever is not up and not paused',
  }),
  kind: kind.optional(),
  serviceId: id.optional(),
  teamId: id.optional(),
  environment: environment.optional(),
  state: monitorStatus.optional(),
  q: line(100).optional().meta({ description: 'Part of the name or of the address' }),
})
export type ListMonitorsInput = z.output<typeof listMonitorsInput>

export const chartRanges = ['1h', '24h', '7d', '90d'] as const
export const chartInput = z.object({
  id,
  range: z.enum(chartRanges, 'must be 1h, 24h, 7d or 90d').default('24h'),
})
export const daysInput = z.object({
  id,
  zone: zone.optional().meta({ description: 'Whose midnight ends a day; that of the support calendar unless told' }),
})
export const changesInput = pageQuery.extend({ id })
