import { tellEnd } from '../../../../contract/chains/minutes.ts'
import { clock, millis, span } from '../../../ui/time.ts'
import type { NightJob } from '../data.ts'
import { phaseWords } from '../words.ts'

/** What is drawn of a job, in milliseconds since 1970. */
export type Bar = { from: number; to: number; as: 'done' | 'failed' | 'running' | 'rest' | 'predicted' | 'box' }
export type Drawn = {
  bars: Bar[]
  /** When it would have ended as usual, of a run that goes on. */
  tick: number | null
  /** From P10 to P90 of its end. */
  whisker: { from: number; to: number } | null
  /** Inside of its running bar. */
  label: string | null
}

const at = (instant: string | null): number | null => (instant === null ? null : millis(instant))

const asOf = (outcome: string): Bar['as'] => (outcome === 'succeeded' ? 'done' : 'failed')

const minutes = (ms: number) => Math.round(ms / 60_000)

/** '62 min, usual 48' of a run that takes longer than usual, '20 of ~22' of one that does not. */
const labelOf = (ranMs: number, usualMs: number | undefined): string => {
  if (usualMs === undefined) return span(ranMs)
  if (ranMs > usualMs) return `${minutes(ranMs)} min, usual ${minutes(usualMs)}`
  return `${minutes(ranMs)} of ~${minutes(usualMs)}`
}

/** A job as it is drawn at a time. */
export const drawnOf = (job: NightJob, now: number, inside?: { from: number; to: number }): Drawn => {
  const bars: Bar[] = job.runs.flatMap((run): Bar[] =>
    run.endedAt === null ? [] : [{ from: millis(run.startedAt), to: millis(run.endedAt), as: asOf(run.outcome) }],
  )
  const drawn: Drawn = { bars, tick: null, whisker: null, label: null }
  const [startedAt, startsAt, endsAt] = [at(job.startedAt), at(job.startsAt), at(job.endsAt)]
  if (job.isBox) {
    if (inside) return { ...drawn, bars: [{ ...inside, as: 'box' }] }
    const from = startedAt ?? startsAt
    const to = at(job.endedAt) ?? endsAt
    return { ...drawn, bars: from === null || to === null ? [] : [{ from, to, as: 'box' }] }
  }
  if (job.phase === 'running' && startedAt !== null) {
    const to = Math.max(now, startedAt)
    bars.push({ from: startedAt, to, as: 'running' })
    if (endsAt !== null && endsAt > to) bars.push({ from: to, to: endsAt, as: 'rest' })
    if (job.usual && job.usual.basis !== 'none') drawn.tick = startedAt + job.usual.p50
    drawn.label = labelOf(to - startedAt, job.usual?.basis === 'none' ? undefined : job.usual?.p50)
  } else if (startsAt !== null && endsAt !== null && !['done', 'iced', 'not_tonight'].includes(job.phase))
    bars.push({ from: startsAt, to: endsAt, as: 'predicted' })
  if (job.band && (job.phase === 'running' || startsAt !== null)) {
    const [from, to] = [millis(job.band.p10), millis(job.band.p90)]
    if (to - from > 30_000) drawn.whisker = { from, to }
  }
  return drawn
}

/** 'failed 12', 'waits': a word for its state. */
export const phaseOf = (job: NightJob): string =>
  job.phase === 'failed' && job.exitStatus ? `failed ${job.exitStatus}` : phaseWords[job.phase]

/** What the picture shows of a job, for those who do not see it. */
export const spokenOf = (job: NightJob, zone: string): string => {
  const said = [phaseOf(job)]
  const end = (at: string) => clock(tellEnd(millis(at)), zone)
  if (job.blocked) said.push(`blocked by ${job.blocked.by.name}`)
  if (job.startedAt) said.push(`started ${clock(job.startedAt, zone)}`)
  if (job.endedAt) said.push(`ended ${clock(job.endedAt, zone)}`)
  if (!job.startedAt && job.startsAt) said.push(`expected to start ${clock(job.startsAt, zone)}`)
  if (!job.endedAt && job.endsAt)
    said.push(
      `expected to end ${end(job.endsAt)}${job.band ? `, between ${end(job.band.p10)} and ${end(job.band.p90)}` : ''}`,
    )
  if (job.critical) said.push('on the critical path')
  return said.join(', ')
}
