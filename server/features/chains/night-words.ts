import { tellDone, tellEnd } from '../../../contract/chains/minutes.ts'
import type { NightState } from '../../../contract/chains/words.ts'
import { spanWords, wallWords, zonedWords } from '../jobs/index.ts'

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

/** How it looks now: "odds to miss it 62 %, expected 07:46 London (07:43 to 07:52)"; empty where nobody can say. */
export const outlookWords = ({ state, odds, endsAt, band, zone }: TellingWords, now: number): string => {
  const end = (words: typeof wallWords, ms: number) => words(tellEnd(ms), zone, now)
  const between = band ? ` (${end(wallWords, band.p10)} to ${end(wallWords, band.p90)})` : ''
  return [
    ...(odds === null || state === 'late' || state === 'blocked' ? [] : [`odds to miss it ${percent(odds)}`]),
    ...(endsAt === null ? [] : [`expected ${end(zonedWords, endsAt)}${between}`]),
  ].join(', ')
}

/**
 * What has become of a night, in one line that is still true an hour later: the title of an alert and of its incident.
 * Odds and expected ends move on, and stand with their time in the details.
 */
export const titleOf = (t: TellingWords, now: number): string => {
  const wall = (ms: number) => zonedWords(ms, t.zone, now)
  const due = `its deadline of ${wall(t.due)}`
  const why = t.blocked ? `: ${t.blocked}` : t.culprit ? ` because of ${t.culprit.name}` : ''
  const done = t.doneAt ?? now
  const between = spanWords(Math.abs(tellDone(done, t.due)))
  switch (t.state) {
    case 'late':
      return `${t.name} has missed ${due}${why}`
    case 'blocked':
      return `${t.name} cannot make ${due} unless somebody acts${t.blocked ? why : ''}`
    case 'predicted_late':
      return `${t.name} is predicted to miss ${due}${why}`
    case 'at_risk':
      return `${t.name} may miss ${due}${why}`
    case 'unknown':
      return `${t.name} was due at ${wall(t.due)}, when nothing could be heard of it; whether it was in time is not known`
    case 'done':
      return `${t.name} was done at ${wall(done)}, ${between} before ${due}`
    case 'done_late':
      return `${t.name} was done at ${wall(done)}, ${between} after ${due}`
    case 'no_statistics':
      return `Nobody can say whether ${t.name} makes ${due}: there are no runs to go by`
    case 'on_time':
    case 'planned':
      return `${t.name} is expected to make ${due}`
  }
}

const isOver: readonly NightState[] = ['done', 'done_late', 'unknown']

/** The same with how it looks at this moment: for a timeline, which says when that was. */
export const summaryOf = (t: TellingWords, now: number): string =>
  [titleOf(t, now), isOver.includes(t.state) ? '' : outlookWords(t, now)].filter(Boolean).join('; ')
