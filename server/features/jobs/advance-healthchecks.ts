import type { Ping, Step } from './advance.ts'
import { downBy, type Flip, type JobState, plainFlip, type Rule } from './job-state.ts'

/**
 * What a ping makes of the state of its job to the letter of healthchecks: one run counts at a time, known by its rid; a
 * start changes no status; and down, by whatever cause, is over with the next success.
 */
export const advanceStrictly = (s: JobState, p: Ping, rule: Rule): Step => {
  const state: JobState = { ...s, pings: s.pings + 1, lastPingAt: p.received }
  const step: Step = { state, run: p.rid ?? p.id, startedAt: null, dueAt: null, lost: [], flips: [] }
  if (p.kind === 'log' || p.kind === 'ignored') return step
  if (p.kind === 'start') return start(step, s, p)
  return finish(step, s, p, rule)
}

const start = (step: Step, s: JobState, p: Ping): Step => {
  if (p.endedBefore || (p.late && s.lastAt !== null && p.happened < s.lastAt)) return step
  const { long } = s.open[0] ?? { long: false }
  const open = [{ run: step.run, rid: p.rid, at: p.happened, due: null, long }]
  return { ...step, state: { ...step.state, open }, lost: s.open.filter((r) => r.run !== step.run && !r.over) }
}

const finish = (step: Step, s: JobState, p: Ping, rule: Rule): Step => {
  const kind = p.kind === 'success' ? 'success' : 'fail'
  const own = s.open.find((r) => r.rid === p.rid && !r.over)
  // A success with another name leaves it running; without a name, or failing, it ends it.
  const ends = own || p.rid === null || kind === 'fail' ? s.open : []
  const began = p.began ?? own?.at ?? null
  const base: Step = {
    ...step,
    run: own?.run ?? step.run,
    startedAt: began,
    dueAt: s.dueAt,
    lost: own ? [] : ends,
    verdicts: [...(own?.long ? (['long'] as const) : []), ...(kind === 'fail' ? (['failed'] as const) : [])],
  }
  const left = s.open.filter((r) => !ends.includes(r))
  if (p.late && s.lastAt !== null && p.happened < s.lastAt) return { ...base, state: { ...step.state, open: left } }
  const ms = began !== null && p.happened >= began ? p.happened - began : null
  const cause = downBy(s)
  const flips: Flip[] = []
  const tell = (f: Partial<Flip> & Pick<Flip, 'kind' | 'on'>) =>
    flips.push(
      plainFlip(
        { run: base.run, exit: p.exit, ms, ended: kind, heard: p.late ? p.received : null, at: p.happened, ...f },
        s.flip + flips.length + 1,
      ),
    )
  if (kind === 'success' && cause !== null)
    tell({ kind: cause, on: false, ...(cause === 'miss' && { due: s.missedAt }) })
  if (kind === 'fail' && cause === null) tell({ kind: 'failure', on: true, due: s.dueAt })
  const isUp = kind === 'success'
  // What is told as a long run is told until a success comes.
  const stillDown = cause === 'long' ? s.open.map((r) => (ends.includes(r) ? { ...r, over: true as const } : r)) : left
  return {
    ...base,
    flips,
    resumes: rule.paused,
    state: {
      ...step.state,
      open: isUp ? left.map(({ over: _, ...r }) => ({ ...r, long: false })) : stillDown,
      flip: s.flip + flips.length,
      outcome: kind,
      lastAt: p.happened,
      lastRun: base.run,
      lastMs: ms,
      lastExit: p.exit,
      lastLateMs: s.dueAt === null ? null : (began ?? p.happened) - s.dueAt,
      missedAt: isUp ? null : s.missedAt,
      unheardAt: null,
      toldFailAt: flips.some((f) => f.on) ? p.received : s.toldFailAt,
      dueAt: isUp ? rule.after(p.happened) : null,
    },
  }
}
