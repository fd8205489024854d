import { expect, it } from 'vitest'
import type { TimelineEvent } from '../../../contract/base.ts'
import { talkOf } from './talk.ts'

const event = (type: string, data: object, actor = { kind: 'user', id: 'priya', name: 'Priya N.' }): TimelineEvent => ({
  id: 'e',
  at: '2026-11-26T09:00:00Z',
  type,
  actor,
  subject: 'ticket:1',
  text: `text of ${type}`,
  tone: null,
  audience: 'requester',
  data,
})
const me = { kind: 'user', id: 'me', name: 'M. Laurent' }
const wordsOf = (e: TimelineEvent) => talkOf(e, 'me')?.text

it.each([
  [event('ticket.pended', { reason: 'user' }), 'Priya N. waits for your answer.'],
  [event('ticket.pended', { reason: 'vendor' }), 'text of ticket.pended'],
  [event('ticket.resumed', { by: 'reply' }, me), undefined],
  [event('ticket.resumed', { by: 'hand' }), 'It is being worked on again.'],
  [event('ticket.resolved', { resolution: 'Restarted it.' }), 'Priya N. resolved it: Restarted it.'],
  [
    event('ticket.reopened', { by: 'hand', reason: 'Still empty.' }, me),
    'You said that it is not solved: Still empty.',
  ],
  [event('ticket.reopened', { by: 'reply', reason: null }, me), 'It is open again.'],
  [event('ticket.closed', {}, me), 'You said that it is solved.'],
  [event('ticket.closed', {}), 'text of ticket.closed'],
  [event('ticket.cancelled', { reason: 'It works.' }, me), 'You withdrew it: It works.'],
  [event('ticket.cancelled', { reason: 'Refused: no.', told: true }), undefined],
  [event('ticket.pended', { reason: 'approval' }), undefined],
  [event('ticket.resumed', { by: 'approval' }), undefined],
  [event('ticket.from_a_later_version', {}), 'text of ticket.from_a_later_version'],
])('%o', (given, words) => expect(wordsOf(given)).toBe(words))

it('says of a request that it is done', () => {
  const said = (e: TimelineEvent) => talkOf(e, 'me', true)?.text
  expect(said(event('ticket.resolved', { resolution: 'All can read.' }))).toBe('Priya N. has done it: All can read.')
  expect(said(event('ticket.reopened', { reason: 'Not Bo.' }, me))).toBe('You said that something is missing: Not Bo.')
  expect(said(event('ticket.closed', {}, me))).toBe('You said that it is done.')
})

it('shows words with their files, mine as mine', () => {
  const files = [{ id: 'f', name: 'a.png' }]
  expect(talkOf(event('ticket.replied', { body: 'Look', attachments: files }, me), 'me')).toMatchObject({
    kind: 'said',
    mine: true,
    who: 'You',
    text: 'Look',
    files,
  })
})
