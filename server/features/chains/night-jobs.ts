import type { JobPhase } from '../../../contract/chains/words.ts'
import { blockedWords } from './blocked-words.ts'
import type { Forecast } from './forecast.ts'
import { instantAt, instantOrNull, showUsual } from './night-figures.ts'
import type { NightInput } from './night-input.ts'
import { blockedBy } from './predict/blocked.ts'
import { floatsOf } from './predict/paths.ts'
import type { Phase } from './predict/phase.ts'

/** The jobs of a night as a page shows them, in an order in which what is waited for comes first, with the critical paths. */
export const chainOf = (night: NightInput, forecast: Forecast) => {
  const { target } = night
  const { circuit, times } = forecast.predicted
  const paths = forecast.outlook.paths.map(({ nodes, float }) => ({
    floatMs: float,
    jobs: nodes.flatMap((i) => night.jobs[i]?.id ?? []),
  }))
  const critical = new Set(paths[0]?.jobs ?? [])
  const floats = floatsOf(circuit, times, target)
  const levels = levelsOf(night)
  const jobs = night.jobs.map((job, i) => jobOf(night, forecast, i, levels[i] ?? 0, floats[i], critical.has(job.id)))
  const startOf = (j: (typeof jobs)[number]) =>
    (j.startedAt ?? j.startsAt)?.epochMilliseconds ?? Number.POSITIVE_INFINITY
  return {
    paths,
    jobs: jobs.toSorted((a, b) => startOf(a) - startOf(b) || a.level - b.level || (a.name < b.name ? -1 : 1)),
  }
}

/** How many jobs come before each, at most. In a circle the count ends where it began. */
const levelsOf = ({ graph }: NightInput): number[] => {
  const count = graph.nodes.length
  const levels = new Array<number>(count).fill(0)
  const before = Array.from({ length: count }, (): number[] => [])
  for (const { from, to, mutex } of graph.edges) if (!mutex) before[to]?.push(from)
  for (const item of graph.order) {
    if (item >= count) continue
    levels[item] = Math.max(0, ...(before[item] ?? []).map((i) => (levels[i] ?? 0) + 1))
  }
  return levels
}

const jobOf = (
  night: NightInput,
  { predicted, bands }: Forecast,
  i: number,
  level: number,
  float: number | undefined,
  isCritical: boolean,
) => {
  const job = night.jobs[i] as NightInput['jobs'][number]
  const phase = predicted.phases[i] as Phase
  const model = night.models[i]
  const { circuit, times } = predicted
  const state = night.state.nodes[i]
  const tonight = (state?.runs ?? []).filter((run) => run.date === night.date).toReversed()
  const last = tonight.at(-1)
  const isOver = phase.kind === 'done' || phase.kind === 'iced' || phase.kind === 'absent'
  const blocked = isOver ? null : blockedBy(circuit, times, i)
  const band = bands.get(i)
  return {
    id: job.id,
    name: job.name,
    service: job.serviceId ? { id: job.serviceId, name: job.service ?? '' } : null,
    team: job.teamId ? { id: job.teamId, name: job.team ?? '' } : null,
    isBox: job.waits.isBox,
    box: night.graph.boxOf[i] !== undefined && night.graph.boxOf[i] >= 0 ? job.waits.box : null,
    level,
    phase: phaseWord(phase, blocked !== null),
    startedAt: instantOrNull(startOf(phase) ?? last?.startedAt),
    endedAt: instantOrNull(
      phase.kind === 'done' || phase.kind === 'failed' || phase.kind === 'mending' ? phase.endedAt : null,
    ),
    exitStatus: last?.exit ?? null,
    runs: tonight.map((run) => ({
      startedAt: instantAt(run.startedAt),
      endedAt: instantOrNull(run.endedAt),
      outcome: run.outcome,
    })),
    startsAt: isOver ? null : instantOrNull(times.begin[i]),
    endsAt: isOver ? null : instantOrNull(times.end[i]),
    band:
      band && band.p10 !== null && band.p50 !== null && band.p90 !== null
        ? { p10: instantAt(band.p10), p50: instantAt(band.p50), p90: instantAt(band.p90) }
        : null,
    usual: job.waits.isBox || !model ? null : showUsual(model),
    floatMs: float !== undefined && Number.isFinite(float) ? Math.max(0, float) : null,
    critical: isCritical,
    blocked: blocked && {
      by: { id: night.jobs[blocked.by]?.id ?? job.id, name: night.jobs[blocked.by]?.name ?? job.name },
      why: blockedWords(blocked.why, night.jobs[blocked.by]?.name ?? job.name),
    },
  }
}

const startOf = (phase: Phase): number | null =>
  phase.kind === 'running' || phase.kind === 'done' ? phase.startedAt : null

const phaseWord = (phase: Phase, isBlocked: boolean): JobPhase => {
  switch (phase.kind) {
    case 'waiting':
      return phase.held ? 'held' : isBlocked ? 'blocked' : 'waits'
    case 'retry':
      return 'retries'
    case 'absent':
      return 'not_tonight'
    default:
      return phase.kind
  }
}
