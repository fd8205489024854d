import { z } from 'zod'
import { id, line, pageQuery } from '../base.ts'

const kind = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be the name of a kind of scheduler, such as airflow')
const config = z
  .record(z.string(), z.unknown(), 'must be an object with the fields of the kind')
  .meta({ description: 'As the schema of the kind says; a stored secret is sent back as its mark' })

const fields = {
  name: line(120),
  config,
  host: z.union([z.literal(''), line(200)]).meta({
    description: 'The host that was named when its jobs were imported; empty: none was',
  }),
  teamId: id.nullable().meta({ description: 'Whose jobs it tells of; null: of those of all teams' }),
  intervalSeconds: z
    .int('must be whole seconds')
    .min(10, 'must be at least 10 seconds')
    .max(3_600, 'must be at most 3,600 seconds, an hour'),
}

export const createSchedulerInput = z.object({
  ...fields,
  kind,
  host: fields.host.default(''),
  teamId: fields.teamId.default(null),
  intervalSeconds: fields.intervalSeconds.default(30),
})
export const changeSchedulerInput = z.object(fields).partial().extend({ id })
export const schedulerIdInput = z.object({ id })
export const testSchedulerInput = z.object({
  kind,
  config,
  host: fields.host.default(''),
  teamId: fields.teamId.default(null),
  schedulerId: id
    .optional()
    .meta({ description: 'The connection whose stored secrets the marks in the config stand for' }),
})
export const listSchedulersInput = pageQuery
export const listStrangersInput = pageQuery.extend({ id })
export const estimatesInput = z.object({
  jobs: z
    .union([id.transform((one) => [one]), z.array(id).min(1).max(200, 'must be at most 200')])
    .meta({ description: 'Ids of jobs' }),
})
