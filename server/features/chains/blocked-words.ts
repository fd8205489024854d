import type { Why } from './predict/evaluate.ts'

/** Why a job does not come to pass, in a sentence without its full stop. */
export const blockedWords = (why: Why, by: string): string => {
  switch (why) {
    case 'held':
      return `${by} is on hold`
    case 'failed':
      return `${by} has failed, and its scheduler does not start it again`
    case 'not-today':
      return `${by} is started by nothing on this date`
    case 'stale':
      return `${by} ran too long ago to count`
    case 'unknown-job':
      return `${by} waits for a job that nobody knows`
    case 'variable':
      return `${by} waits for a variable that has another value`
    case 'file':
      return `${by} waits for a file that is not there`
    case 'window':
      return `${by} may not start any more: its window is over`
    case 'resource':
      return `${by} needs more of a resource than there is`
    case 'circle':
      return `${by} waits for itself by way of others`
    case 'unexpected':
      return `${by} waits for a failure or an exit status that is not expected`
  }
}
