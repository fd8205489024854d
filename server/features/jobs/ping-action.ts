import { constants } from 'node:os'
import type { Ping } from './advance.ts'

export type Action = Pick<Ping, 'kind' | 'exit'>

const words = new Map<string, Action>([
  ['', { kind: 'success', exit: null }],
  ['start', { kind: 'start', exit: null }],
  ['fail', { kind: 'fail', exit: null }],
  ['log', { kind: 'log', exit: null }],
])

const signals = new Map<string, number>(Object.entries(constants.signals))

/**
 * What the end of a ping's address means: nothing, `start`, `fail`, `log`, an exit status from 0 to 255, or the name of a
 * signal, which systemd puts in place of the status after a death by one. Null for anything else.
 */
export const actionOf = (suffix: string): Action | null => {
  const word = words.get(suffix)
  if (word) return word
  if (/^\d{1,3}$/.test(suffix)) {
    const exit = Number(suffix)
    return exit > 255 ? null : { kind: exit === 0 ? 'success' : 'fail', exit }
  }
  const signal = signals.get(suffix) ?? signals.get(`SIG${suffix}`)
  return signal === undefined ? null : { kind: 'fail', exit: 128 + signal }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
export const isUuid = (text: string): boolean => uuid.test(text)

/** How old a ping may be that its sender kept while we were away. */
export const MOST_LATE_MS = 7 * 86_400_000
/** Clocks differ; so much of it is not worth a word. */
const TOLERATED_MS = 5_000

/** A sender gives up before; what lies further apart is another clock. */
export const SKEWED_MS = 30_000

type Told = Pick<Ping, 'happened' | 'late'> & { note: string | null }

/**
 * When a ping happened that says so itself. `sent` is when its sender sends it, by the same clock: where that is far
 * from ours, it is the clock that is wrong, and both are put right.
 */
export const happenedAt = (said: number | null, sent: number | null, received: number): Told => {
  const behind = sent === null ? 0 : received - sent
  if (said === null || Math.abs(behind) <= SKEWED_MS) return trusted(said, received)
  const told = trusted(said + behind, received)
  const words = `${Math.round(Math.abs(behind) / 1000)} s ${behind > 0 ? 'behind' : 'ahead of'} ours`
  return { ...told, note: told.note ?? `The sender’s clock is ${words}; its times are put right.` }
}

/** A clock is never trusted into the future, nor more than seven days into the past: then it is the time of receipt. */
const trusted = (said: number | null, received: number): Told => {
  if (said === null) return { happened: received, late: false, note: null }
  const ahead = said - received
  if (ahead > 0) {
    const note =
      ahead > TOLERATED_MS
        ? `The sender’s clock is ${Math.round(ahead / 1000)} s ahead of ours; the time of receipt counts.`
        : null
    return { happened: received, late: false, note }
  }
  if (-ahead > MOST_LATE_MS)
    return {
      happened: received,
      late: false,
      note: 'It says that it is older than seven days; the time of receipt counts.',
    }
  return { happened: said, late: true, note: null }
}
