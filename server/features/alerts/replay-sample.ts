import { sql } from 'kysely'
import { sampleIdInput } from '../../../contract/alerts/source.ts'
import type { Context } from '../../platform/context.ts'
import { AppError, conflict, notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { decode, unpack } from '../../platform/http/raw-body.ts'
import { verb } from '../../platform/verb.ts'
import { type Reading, SourceError } from './define-source.ts'
import { sourceReplayed } from './events.ts'
import { dueOf } from './flip-due.ts'
import { keepSignals } from './report-signals.ts'
import { lockSource } from './source-guard.ts'
import { knownKind } from './source-kinds.ts'

/**
 * Reads again what could not be read, after its reader or the tool's owner mended the cause. What came after
 * it stands: it does not close what fires since, nor opens what is over.
 */
export const replaySample = verb('source.replay', {
  permission: 'source.write',
  input: sampleIdInput,
  async run(ctx, { id, sampleId }) {
    const { row } = await lockSource(ctx, id)
    const { rows } = await sql<{
      at: Temporal.Instant
      content_type: string
      headers: Record<string, string>
      body: Buffer
      outcome: string
    }>`
      select at, content_type, headers, body, outcome from journal
      where source_id = ${id} and id = ${sampleId} for update`.execute(ctx.db)
    const [sample] = rows
    if (!sample) throw notFound('This sample')
    if (sample.outcome === 'read') throw conflict('This was read already; what it said was taken in.')
    const reading = await readAgain(row.kind, sample)
    const stored = await keepSignals(ctx, id, reading.signals, sampleId, { first: sample.at })
    for (const work of dueOf(stored, ctx.now(), () => 1)) ctx.due(work)
    await markRead(ctx, id, sampleId, sample.at, reading)
    ctx.record(sourceReplayed, {
      subject: ref('source', id),
      team: row.team_id,
      data: { name: row.name, sample: sampleId, signals: reading.signals.length },
    })
    return { signals: reading.signals.length, problems: reading.problems }
  },
})

const readAgain = async (
  kindName: string,
  sample: { content_type: string; headers: Record<string, string>; body: Buffer },
): Promise<Reading> => {
  const kind = knownKind(kindName)
  if (!kind) throw conflict(`Sources of the kind ${kindName} are not known here.`)
  try {
    const body = await unpack(sample.body, sample.headers['content-encoding'])
    return kind.parse(decode(body, sample.content_type), sample.headers)
  } catch (error) {
    if (error instanceof SourceError) throw conflict(`It still cannot be read: ${error.message}`)
    if (error instanceof AppError) throw conflict(`It still cannot be read: ${error.message}`)
    throw error
  }
}

const markRead = async (ctx: Context, sourceId: string, id: string, at: Temporal.Instant, reading: Reading) => {
  await sql`
    update journal set outcome = 'read', signals = ${reading.signals.length},
      problem = ${reading.problems.length > 0 ? reading.problems.slice(0, 20).join(' ') : null}
    where source_id = ${sourceId} and at = ${at} and id = ${id}`.execute(ctx.db)
}
