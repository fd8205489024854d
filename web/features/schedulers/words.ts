import type { SchedulerState } from '../../../contract/schedulers/index.ts'
import type { Tone } from '../../ui/Marks.tsx'

export const stateTone: Record<SchedulerState, Tone> = {
  lost: 'blind',
  failing: 'warn',
  new: 'off',
  reading: 'ok',
  paused: 'off',
}
export const stateWords: Record<SchedulerState, string> = {
  lost: 'cannot be read',
  failing: 'failing',
  new: 'not read yet',
  reading: 'read',
  paused: 'paused',
}

export const toldWords = {
  start: 'began',
  success: 'ended well',
  fail: 'failed',
  log: 'goes on',
} as const

/** A problem begins in the middle of "it cannot be read: …". */
export const asSentence = (problem: string): string =>
  `${problem.charAt(0).toUpperCase()}${problem.slice(1)}${/[.!?]$/.test(problem) ? '' : '.'}`
