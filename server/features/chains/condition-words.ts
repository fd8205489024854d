import type { Condition, Within } from '../../../contract/jobs/waits.ts'
import { spanWords } from '../jobs/index.ts'

const outcomes: Record<Extract<Condition, { kind: 'job' }>['is'], string> = {
  succeeded: 'has succeeded',
  failed: 'has failed',
  done: 'is done',
  terminated: 'was terminated',
  'not-running': 'does not run',
}

const withinWords = (within: Within): string => {
  if (within === 'ever') return ''
  if (within === 'own-last-run') return ' since its own last run'
  if (within === 'same-date') return ' on this business date'
  if (within === 'previous-date') return ' on the business date before'
  return ` within the last ${spanWords(within.seconds * 1000)}`
}

/** A condition as people say it: "EOD_PRICES has succeeded on this business date and (A is done or B is done)". */
export const conditionWords = (c: Condition, nameOf: (job: string) => string, inner = false): string => {
  switch (c.kind) {
    case 'all':
    case 'any': {
      const words = c.of
        .map((one) => conditionWords(one, nameOf, c.of.length > 1))
        .join(c.kind === 'all' ? ' and ' : ' or ')
      return inner && c.of.length > 1 ? `(${words})` : words
    }
    case 'job':
      return `${nameOf(c.job)} ${outcomes[c.is]}${c.is === 'not-running' ? '' : withinWords(c.within)}`
    case 'exit':
      return `${nameOf(c.job)} ended with a status ${c.compare} ${c.code}${withinWords(c.within)}`
    case 'global':
      return `${c.name} ${c.compare} ${c.value}`
    case 'file':
      return `the file ${c.path} is there`
  }
}
