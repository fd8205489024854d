import { keptOutputBytes } from '../../../../contract/jobs/words.ts'
import { newId } from '../../../platform/ids.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { TakenPing } from '../apply-pings.ts'
import { uuidOf } from '../define-dialect.ts'
import { happenedAt, MOST_LATE_MS } from '../ping-action.ts'
import { plainText } from '../ping-intake.ts'
import { createPingStore } from '../ping-store.ts'

/** What a scheduler tells of a run of a job. */
export type RunReport = {
  jobId: string
  kind: 'start' | 'success' | 'fail' | 'log'
  /** The run, as its scheduler calls it; and what of it this tells, so that it counts once however often it is told. */
  run: string
  id: string
  /** When it happened, by the scheduler's clock: epoch milliseconds. */
  at: number
  exit?: number
  host?: string
  text?: string
  note?: string
}

const stores = new WeakMap<Platform, ReturnType<typeof createPingStore>>()

const storeOf = (platform: Platform) => {
  const known = stores.get(platform)
  if (known) return known
  const made = createPingStore(platform)
  stores.set(platform, made)
  return made
}

/**
 * Takes what a scheduler tells of runs, as if each had been a ping; resolves once all of it is kept, with how many were
 * new. `sent` is the scheduler's clock as it told them. What is older than a ping may be is left out: its time would
 * not be believed. Inner function.
 */
export const reportRuns = async (
  platform: Platform,
  reports: readonly RunReport[],
  sent: number | null,
): Promise<number> => {
  const store = storeOf(platform)
  const received = platform.clock.ms()
  const oldest = (sent ?? received) - MOST_LATE_MS + 60_000
  const taken = reports.filter(({ at }) => at > oldest)
  const answers = await Promise.all(
    taken.map(async (report) => {
      const { known, repeated } = await store.put(pingOf(report, sent, received))
      const outcome = !known ? 'unknown' : repeated ? 'repeated' : 'kept'
      platform.metrics.pings.inc({ kind: report.kind, outcome })
      return outcome
    }),
  )
  return answers.filter((outcome) => outcome === 'kept').length
}

const pingOf = ({ jobId, kind, run, id, ...r }: RunReport, sent: number | null, received: number): TakenPing => {
  const told = happenedAt(r.at, sent, received)
  return {
    id: newId(),
    jobId,
    kind,
    exit: r.exit ?? null,
    rid: uuidOf(run),
    givenId: uuidOf(id),
    received,
    happened: told.happened,
    late: told.late,
    began: null,
    host: plainText(r.host, 200),
    output: plainText(r.text, keptOutputBytes),
    head: null,
    outputBytes: r.text ? Buffer.byteLength(r.text) : 0,
    cpuMs: null,
    peakKb: null,
    volumes: null,
    note: plainText([r.note, told.note].filter(Boolean).join(' '), 500),
    remote: null,
    method: null,
    userAgent: null,
    scheme: 'scheduler',
    mail: null,
  }
}
