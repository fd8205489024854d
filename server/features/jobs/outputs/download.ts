import { Readable } from 'node:stream'
import { create as contentDisposition } from 'content-disposition'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { runInput } from '../../../../contract/jobs/inputs.ts'
import { AppError, notFound } from '../../../platform/errors.ts'
import type { Authenticate } from '../../../platform/http/api.ts'
import type { Platform } from '../../../platform/platform.ts'
import { ask, query } from '../../../platform/query.ts'
import { requireReadable } from '../guard.ts'

type Row = {
  slug: string
  rules: string
  at: Temporal.Instant
  output: string
  bytes: number
  id: string | null
  taken: number | null
}

/** What a run has printed, for whoever may read the run. */
const outputOfRun = query('job.output', {
  permission: 'job.read',
  input: runInput,
  async run(ctx, { id, runId }) {
    await requireReadable(ctx, id)
    const { rows } = await sql<Row>`
      select j.slug, j.rules, p.at, p.output, p.output_bytes as bytes, p.output_id as id, o.taken
      from pings p join jobs j on j.id = p.job_id left join run_outputs o on o.id = p.output_id
      where p.job_id = ${id} and p.run_id = ${runId} and p.output is not null and p.kind <> 'log'
      order by p.at desc, p.id desc limit 1`.execute(ctx.db)
    if (!rows[0]) throw notFound('The output')
    return rows[0]
  },
})

/** All of it as text, beside the contract, which is JSON. */
export const mountOutputs = async (http: FastifyInstance, platform: Platform, authenticate: Authenticate) => {
  http.get<{ Params: { id: string; runId: string } }>('/api/jobs/:id/runs/:runId/output', async (request, reply) => {
    const actor = await authenticate(request)
    const found = await ask(platform, outputOfRun, { actor, input: request.params })
    return (
      reply
        // Whatever a job prints does not run in the name of this site.
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'private, no-store')
        .header('content-type', 'text/plain; charset=utf-8')
        .header('content-disposition', contentDisposition(`${found.slug}-${found.at.toString().slice(0, 19)}.txt`))
        .send(await textOf(platform, found))
    )
  })
}

const textOf = async (platform: Platform, { id, taken, bytes, output, rules }: Row): Promise<Readable | string> => {
  if (id === null) return output
  const file = await platform.store.get(id)
  if (!file)
    throw new AppError(
      'unavailable',
      'The file is not in the data folder of this process. All processes of an installation must share DATA_DIR.',
    )
  const left = bytes - (taken ?? bytes)
  // To the letter of healthchecks the beginning is kept, and nothing else.
  if (left <= 0 || rules === 'healthchecks') return file.stream
  // The row has the end of it.
  async function* parts() {
    yield* file?.stream ?? []
    yield `\n[${left} bytes more were sent; their end follows.]\n${output}`
  }
  return Readable.from(parts())
}
