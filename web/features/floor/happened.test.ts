import { expect, test } from 'vitest'
import { happenedOf } from './happened.ts'

const at = (second: number) => new Date(Date.UTC(2026, 10, 26, 7, 12, second)).toISOString()
const event = (type: string, subject: string, text: string, data: object = {}, second = 0, who = 'Watchfloor') => ({
  id: `${type} ${second}`,
  at: at(second),
  type,
  actor: { kind: who === 'Watchfloor' ? 'system' : 'user', id: null, name: who },
  subject,
  text,
  tone: null,
  data,
})
const lines = (...events: ReturnType<typeof event>[]) =>
  happenedOf(events, 10).map(({ pieces }) =>
    pieces.map(({ text, to, strong }) => (to ? `[${text}](${to})` : strong ? `*${text}*` : text)).join(''),
  )

const down = 'Login is down: 3 of 3 looks failed'

test('an outage is one line and who was paged, not five', () => {
  expect(
    lines(
      event('delivery.sent', 'delivery:1', 'Told Priya N. by mail.'),
      event('page.step', 'page:1', 'Step 1: Priya N. On call.', {
        person: 'Priya N.',
        why: 'On call for L2 markets.',
        title: `INC-7 ${down}`,
      }),
      event('page.started', 'page:1', 'Paging by Markets.'),
      event('ticket.priority_changed', 'ticket:1', 'Impact high × urgency high = P1', {
        number: 'INC-7',
        before: null,
      }),
      event('ticket.opened', 'ticket:1', `Watchfloor opened INC-7: ${down}`, {
        number: 'INC-7',
        title: `${down} (10.0.0.5)`,
        via: 'alert',
      }),
      event('alert.opened', 'alert:1', `Monitors reports: ${down} (critical)`, { title: down, source: 'Monitors' }),
      event('monitor.went_down', 'monitor:1', `${down}.`, { name: 'Login', summary: down }),
    ),
  ).toEqual([
    'Paged *Priya N.* for [INC-7](/tickets/INC-7): On call for L2 markets.',
    `[INC-7](/tickets/INC-7) ${down} (10.0.0.5)`,
  ])
})

test('its end is told once as well', () => {
  expect(
    lines(
      event('ticket.resolved', 'ticket:1', 'Watchfloor resolved it: it is over.', { number: 'INC-7' }, 3),
      event('alert.resolved', 'alert:1', `It is over: ${down}`, { title: down }, 2),
      event(
        'monitor.recovered',
        'monitor:1',
        'Login is up again: HTTP 200 OK, 31 ms.',
        { name: 'Login', summary: 'Login is up again' },
        1,
      ),
    ),
  ).toEqual([
    'Watchfloor resolved [INC-7](/tickets/INC-7): it is over.',
    '[Login](/monitors/1) is up again: HTTP 200 OK, 31 ms.',
  ])
  expect(lines(event('alert.resolved', 'alert:2', 'It is over: Disk full', { title: 'Disk full' }))).toEqual([
    'It is over: [Disk full](/alerts/2)',
  ])
})

test('people stand out, and what they did it to can be opened', () => {
  expect(
    lines(
      event('ticket.assigned', 'ticket:1', 'Priya N. took it.', { number: 'INC-7' }, 0, 'Priya N.'),
      event(
        'ticket.replied',
        'ticket:1',
        'Priya N. replied: it is being looked at',
        { number: 'INC-7' },
        0,
        'Priya N.',
      ),
      event('ticket.called_out', 'ticket:1', 'Tom M. called and reached nobody: busy', { number: 'INC-7' }),
      event(
        'ticket.opened',
        'ticket:2',
        'M. Laurent opened INC-8: No prices',
        { number: 'INC-8', title: 'No prices', via: 'portal' },
        0,
        'M. Laurent',
      ),
    ),
  ).toEqual([
    '*Priya N.* took [INC-7](/tickets/INC-7).',
    '*Priya N.* replied on [INC-7](/tickets/INC-7): it is being looked at',
    'Tom M. called about [INC-7](/tickets/INC-7) and reached nobody: busy',
    '*M. Laurent* opened [INC-8](/tickets/INC-8): No prices',
  ])
})

test('what belongs to no floor is left out, and no more is shown than fits', () => {
  expect(
    lines(
      event('session.started', 'user:1', 'Marta G. signed in.'),
      event('ticket.watched', 'ticket:1', 'Tom M. watches it.'),
    ),
  ).toEqual([])
  const many = Array.from({ length: 30 }, (_, index) =>
    event('ticket.noted', 'ticket:1', 'Tom M. noted: x', { number: 'INC-1' }, index),
  )
  expect(happenedOf(many, 10)).toHaveLength(10)
})

test('what waits for an approval is told with its number, and not beside its opening', () => {
  const waits = (number: string) =>
    event('ticket.pended', 'ticket:1', 'It waits for an approval.', { number, reason: 'approval' })
  expect(lines(waits('REQ-7'))).toEqual(['[REQ-7](/tickets/REQ-7) waits for an approval.'])
  const opened = event('ticket.opened', 'ticket:2', 'A. Lind opened REQ-8: Data', { number: 'REQ-8', title: 'Data' })
  expect(lines(waits('REQ-8'), opened)).toHaveLength(1)
})
