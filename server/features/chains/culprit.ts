import { spanWords } from '../jobs/index.ts'
import { blockedWords } from './blocked-words.ts'
import type { Forecast } from './forecast.ts'
import type { NightInput } from './night-input.ts'
import { rerunTimes } from './predict/outlook.ts'

/** The job to act on. Instants are epoch milliseconds. */
export type Culprit = {
  place: number
  why: string
  oddsIfDone: number | null
  /** When it could be run again, and until when a run of it that begins anew still makes the deadline. */
  rerunFrom: number
  rerunBy: number | null
}

/** What keeps a chain from ending; else the job whose end now would help most. */
export const culpritOf = (input: NightInput, { night, predicted, outlook, doneAt }: Forecast): Culprit | null => {
  if (doneAt !== null) return null
  const [act] = outlook.odds.acts
  const place = outlook.blocked?.by ?? act?.node
  const [target] = night.targets
  if (place === undefined || !target) return null
  const { earliest, latest } = rerunTimes(night, predicted, place, target)
  const why = outlook.blocked
    ? blockedWords(outlook.blocked.why, input.jobs[place]?.name ?? '')
    : whyOf(input, predicted.phases[place], place)
  return { place, why, oddsIfDone: act?.node === place ? act.missThen : null, rerunFrom: earliest, rerunBy: latest }
}

const whyOf = (
  { models, state }: NightInput,
  phase: Forecast['predicted']['phases'][number] | undefined,
  place: number,
): string => {
  const model = models[place]
  const usual = model ? usualWords(model.samples) : ''
  if (phase?.kind === 'running') return `running ${spanWords(state.now - phase.startedAt)}${usual}`
  if (phase?.kind === 'retry') return 'it failed, and its scheduler starts it again'
  if (phase?.kind === 'mending')
    return `it failed ${spanWords(state.now - phase.endedAt)} ago, and waits to be started again`
  return `it has not started${usual}`
}

/** ", usually 41 min to 55 min", of four runs in five. */
const usualWords = (samples: Float64Array): string => {
  if (samples.length === 0) return ''
  const at = (share: number) => spanWords((samples[Math.round((samples.length - 1) * share)] ?? 0) * 1000)
  const [low, high] = [at(0.1), at(0.9)]
  return low === high ? `, usually ${low}` : `, usually ${low} to ${high}`
}
