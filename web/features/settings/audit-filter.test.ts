import { expect, test } from 'vitest'
import { readAudit } from './audit-filter.ts'

const people = [
  { id: 'p', name: 'Priya N.' },
  { id: 'a', name: 'Ana K.' },
]
test.each([
  ['', {}, []],
  ['who:priya', { actorId: 'p' }, []],
  ['who:"Ana K." what:ticket', { actorId: 'a', type: 'ticket.' }, []],
  ['what:user.disabled', { type: 'user.disabled' }, []],
  ['from:2026-03-29 to:2026-03-29', { from: '2026-03-29T00:00:00Z', to: '2026-03-29T23:00:00Z' }, []],
  ['who:zoe', {}, ['who: nobody is called zoe.']],
  ['what:cheese', {}, ['what: there is nothing called cheese; try alert, alert_route, announcement, approval …']],
  ['from:monday', {}, ['from: monday is no date such as 2026-11-23.']],
  ['late', {}, ['“late” means nothing here: use who, what, from or to, such as who:priya.']],
])('%s', (filter, asked, problems) => {
  expect(readAudit(filter, people, 'Europe/London')).toEqual({ asked, problems })
})
