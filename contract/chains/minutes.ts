/**
 * How ends and what lies between them are told in minutes: the one rule, so that a page, an alert and a mail agree, and
 * what is told is what one gets by subtracting one told time from the other. Instants and lengths are milliseconds.
 */

const MINUTE = 60_000

const minuteOf = (ms: number): number => Math.floor(ms / MINUTE) * MINUTE

/** An expected end is told as the minute by which it is over: within a minute after the deadline is not at the deadline. */
export const tellEnd = (ms: number): number => Math.ceil(ms / MINUTE) * MINUTE

/** From an expected end to its deadline, which is at a full minute; negative when it is late. */
export const tellSlack = (slackMs: number): number => minuteOf(slackMs)

/** From what is done to its deadline; what happened is told by the clock. Late by seconds is late. */
export const tellDone = (doneAt: number, dueAt: number): number => {
  const ms = minuteOf(dueAt) - minuteOf(doneAt)
  return ms === 0 && doneAt > dueAt ? dueAt - doneAt : ms
}

/** The same of a night that may be done or not. */
export const tellLeft = (endsAt: number, dueAt: number, isDone: boolean): number =>
  isDone ? tellDone(endsAt, dueAt) : tellSlack(dueAt - endsAt)

/** How much later than another night it ends, each against its deadline, by what is told to be left; negative when earlier. */
export const tellMoved = (left: number, before: { doneAt: number; dueAt: number }): number =>
  tellDone(before.doneAt, before.dueAt) - left
