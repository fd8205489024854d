import type { ActState } from '../../../contract/acts/index.ts'
import type { Tone } from '../../ui/Marks.tsx'
import { clock } from '../../ui/time.ts'
import type { Offers } from './data.ts'

export const stateWords: Record<ActState, string> = {
  asked: 'asked',
  doing: 'under way',
  done: 'taken',
  failed: 'not taken',
  unknown: 'may have been taken',
}
export const stateTone: Record<ActState, Tone> = {
  asked: 'off',
  doing: 'off',
  done: 'ok',
  failed: 'down',
  unknown: 'blind',
}

export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

const most = 3
const odds = (share: number): string => `${Math.round(share * 100)} %`

/** "EOD P&L, due 07:45, odds to miss it 62 %" for the deadlines that hang on a job, what needs somebody first. */
export const hangingWords = ({ deadlines }: Pick<Offers, 'deadlines'>, zone: string): string[] => {
  const words = deadlines
    .slice(0, most)
    .map(({ name, dueAt, odds: share }) =>
      [name, dueAt && `due ${clock(dueAt, zone)}`, share !== null && `odds to miss it ${odds(share)}`]
        .filter(Boolean)
        .join(', '),
    )
  return deadlines.length > most ? [...words, `and ${deadlines.length - most} more`] : words
}
