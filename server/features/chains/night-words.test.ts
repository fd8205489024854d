import { describe, expect, it } from 'vitest'
import { nightStates } from '../../../contract/chains/words.ts'
import { outlookWords, summaryOf, type TellingWords, titleOf } from './night-words.ts'
import { signalOf, type Telling } from './tell.ts'

const at = (time: string) => Date.parse(`2026-11-26T${time}Z`)
const night: TellingWords = {
  name: 'EOD P&L',
  zone: 'Europe/Zurich',
  state: 'predicted_late',
  due: at('06:45:00'),
  odds: 0.62,
  endsAt: at('06:45:20'),
  band: { p10: at('06:43:00'), p90: at('06:51:30') },
  doneAt: null,
  culprit: { name: 'EOD_PRICES', why: 'running 42 min', rerunBy: null },
  blocked: null,
}
const seen = (state: TellingWords['state']): TellingWords =>
  state === 'done' || state === 'done_late'
    ? { ...night, state, doneAt: at(state === 'done' ? '06:40:00' : '07:00:00') }
    : { ...night, state }

describe('the title of what is told of a night', () => {
  it.each([
    ['late', 'EOD P&L has missed its deadline of 07:45 Zurich because of EOD_PRICES'],
    ['blocked', 'EOD P&L cannot make its deadline of 07:45 Zurich unless somebody acts'],
    ['predicted_late', 'EOD P&L is predicted to miss its deadline of 07:45 Zurich because of EOD_PRICES'],
    ['at_risk', 'EOD P&L may miss its deadline of 07:45 Zurich because of EOD_PRICES'],
    ['done_late', 'EOD P&L was done at 08:00 Zurich, 15 min after its deadline of 07:45 Zurich'],
  ] as const)('%s', (state, words) => expect(titleOf(seen(state), at('06:12:00'))).toBe(words))

  it.each(nightStates)('%s is as true hours later, whatever the night looks like by then', (state) => {
    const told = seen(state)
    const later = { ...told, odds: 0.97, endsAt: at('08:10:00'), band: null }
    expect(titleOf(later, at('09:30:00'))).toBe(titleOf(told, at('06:12:00')))
  })

  it('names what blocks it instead', () => {
    const blocked = { ...night, state: 'blocked' as const, blocked: 'JOB_2 waits for itself by way of others' }
    expect(titleOf(blocked, at('06:12:00'))).toMatch(/unless somebody acts: JOB_2 waits for itself by way of others$/)
  })
})

it('what moves on is said with the moment: odds, the expected end and its band', () => {
  expect(outlookWords(night, at('06:12:00'))).toBe('odds to miss it 62 %, expected 07:46 Zurich (07:43 to 07:52)')
  expect(outlookWords({ ...night, odds: null, endsAt: null, band: null }, at('06:12:00'))).toBe('')
  expect(summaryOf(night, at('06:12:00'))).toMatch(
    /^EOD P&L is predicted to miss .*; odds to miss it 62 %, expected 07:46 Zurich/,
  )
  expect(summaryOf(seen('done'), at('06:41:00'))).toBe(
    'EOD P&L was done at 07:40 Zurich, 5 min before its deadline of 07:45 Zurich',
  )
})

describe('what stands below the title', () => {
  const telling = (more: Partial<Telling>): Telling => ({
    ...night,
    deadlineId: 'd',
    date: '2026-11-25',
    environment: 'prod',
    service: null,
    teamId: null,
    consequence: 'The desk opens without P&L',
    audience: '',
    cost: '',
    units: [],
    ...more,
  })
  const below = (more: Partial<Telling>) =>
    signalOf(telling(more), true, at('06:12:00'), undefined).details?.split('\n')

  it('says as of when it looked so, and what to act on', () =>
    expect(below({})).toEqual([
      'As of 07:12 Zurich: odds to miss it 62 %, expected 07:46 Zurich (07:43 to 07:52).',
      'Act on EOD_PRICES: running 42 min.',
      '',
      'If it slips: The desk opens without P&L.',
    ]))

  it('does not name the job twice, and says of what is blocked that it does not end', () =>
    expect(
      below({
        state: 'blocked',
        endsAt: null,
        band: null,
        culprit: { name: 'JOB_2', why: 'JOB_2 is on hold', rerunBy: null },
      })?.slice(0, 2),
    ).toEqual(['As of 07:12 Zurich: it does not end unless somebody acts.', 'Act on JOB_2: it is on hold.']))
})
