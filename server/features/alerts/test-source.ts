import { canSource } from '../../../contract/alerts/can.ts'
import { testSourceInput } from '../../../contract/alerts/source.ts'
import type { Context } from '../../platform/context.ts'
import { conflict, invalid } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { type Reading, SourceError, type SourceKind } from './define-source.ts'
import { sourceTested } from './events.ts'
import { findRoute } from './find-route.ts'
import { reportSignals } from './report-signals.ts'
import { whyNoIncident } from './route-rules.ts'
import type { Signal } from './signal.ts'
import { lockSource } from './source-guard.ts'
import { knownKind } from './source-kinds.ts'
import type { SourceRow } from './source-rows.ts'

/**
 * Reads a sample as if the tool had sent it, and says what would be decided. With `deliver` it is really taken in, as
 * something of severity info that is over at once, so that nobody is told.
 */
export const testSource = verb('source.test', {
  permission: 'source.write',
  input: testSourceInput,
  async run(ctx, { id, sample, body, deliver }) {
    const { row, state } = await lockSource(ctx, id)
    const kind = knownKind(row.kind)
    const refusal = canSource.test(state)
    if (refusal || !kind) throw conflict(refusal ?? `Sources of the kind ${row.kind} are not known here.`)
    const reading = readSample(kind, sample, body)
    const delivered = deliver && reading.signals.length > 0
    if (delivered) await reportSignals(ctx, id, reading.signals.slice(0, MOST_DELIVERED).flatMap(asTest))
    ctx.record(sourceTested, {
      subject: ref('source', id),
      team: row.team_id,
      data: { name: row.name, signals: reading.signals.length, problems: reading.problems.length, delivered },
    })
    return {
      signals: await Promise.all(reading.signals.slice(0, MOST_SHOWN).map((s) => show(ctx, row, s))),
      problems: reading.problems,
      delivered,
    }
  },
})

const MOST_SHOWN = 20
const MOST_DELIVERED = 5

const readSample = (kind: SourceKind, name: string | undefined, body: string | undefined): Reading => {
  const sample = name === undefined ? { body: body ?? '', headers: {} } : kind.samples.find((s) => s.name === name)
  if (!sample)
    throw invalid('sample', `there is no sample of this name; there are ${kind.samples.map((s) => s.name).join(', ')}.`)
  try {
    return kind.parse(sample.body, sample.headers)
  } catch (error) {
    if (error instanceof SourceError) return { signals: [], problems: [error.message] }
    throw error
  }
}

const asTest = (s: Signal): Signal[] => {
  const test = {
    ...s,
    dedupKey: `test/${newId()}`,
    at: null,
    severity: 'info' as const,
    summary: `Test: ${s.summary || s.dedupKey}`,
  }
  return [
    { ...test, kind: 'firing' as const },
    { ...test, kind: 'resolved' as const },
  ]
}

const show = async (ctx: Context, source: SourceRow, s: Signal) => {
  const route = await findRoute(ctx.db, source, { ...s, status: s.kind === 'blind' ? 'blind' : 'firing' })
  const incident = whyNoIncident({
    status: s.kind === 'blind' ? 'blind' : 'firing',
    severity: s.severity,
    opensIncident: source.opens_incident,
    sourceName: source.name,
    rule: route.rule,
  })
  const opens = s.kind === 'firing' || s.kind === 'blind'
  return {
    kind: s.kind,
    dedupKey: s.dedupKey,
    severity: s.severity,
    summary: s.summary,
    service: s.service ?? null,
    host: s.host ?? null,
    environment: s.environment ?? null,
    labels: s.labels,
    notes: s.notes ?? [],
    route: opens ? [...route.sentences, incident ?? 'An incident is opened, and the people on call are paged.'] : [],
  }
}
