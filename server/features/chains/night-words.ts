import { tellDone, tellEnd } from '../../../contract/chains/minutes.ts'
import type { NightState } from '../../../contract/chains/words.ts'
import { spanWords, wallWords } from '../jobs/index.ts'

/** What the sentences about a night say. Instants are epoch milliseconds. */
export type TellingWords = {
  name: string
  zone: string
  state: NightState
  due: number
  odds: number | null
  endsAt: number | null
  band: { p10: number; p90: number } | null
  doneAt: number | null
  culprit: { name: string; why: string; rerunBy: string | null } | null
  blocked: string | null
}

export const percent = (odds: number): string => {
  const whole = Math.round(odds * 100)
  if (whole <= 0 && odds > 0) return 'under 1 %'
  if (whole >= 100 && odds < 1) return 'over 99 %'
  return `${whole} %`
}

/** One line for people: what has become of a night. */
export const summaryOf = (t: TellingWords, now: number): string => {
  const wall = (ms: number) => wallWords(ms, t.zone, now)
  const due = wall(t.due)
  const end = (ms: number) => wall(tellEnd(ms))
  const done = t.doneAt ?? now
  const between = spanWords(Math.abs(tellDone(done, t.due)))
  const act = t.culprit ? `; act on ${t.culprit.name}` : ''
  const band = t.band ? ` (${end(t.band.p10)} to ${end(t.band.p90)})` : ''
  const expected = t.endsAt === null ? '' : `, expected ${end(t.endsAt)}${band}`
  switch (t.state) {
    case 'late':
      return `${t.name} has missed ${due} (${spanWords(now - t.due)} ago)${expected}${t.blocked ? `: ${t.blocked}` : ''}${act}`
    case 'blocked':
      return `${t.name} will not make ${due} unless somebody acts: ${t.blocked ?? 'it does not end'}${act}`
    case 'predicted_late':
      return `${t.name} will probably miss ${due}: odds ${percent(t.odds ?? 1)}${expected}${act}`
    case 'at_risk':
      return `${t.name} may miss ${due}: odds ${percent(t.odds ?? 0)}${expected}${act}`
    case 'unknown':
      return `${t.name} was due at ${due}, when nothing could be heard of it; whether it was in time is not known`
    case 'done':
      return `${t.name} was done at ${wall(done)}, ${between} before ${due}`
    case 'done_late':
      return `${t.name} was done at ${wall(done)}, ${between} after ${due}`
    case 'no_statistics':
      return `Nobody can say whether ${t.name} makes ${due}: there are no runs to go by`
    case 'on_time':
    case 'planned':
      return `${t.name} is expected to make ${due}${t.odds === null ? '' : `: odds to miss it ${percent(t.odds)}`}${expected}`
  }
}
