import { expect, it } from 'vitest'
import { loggedPath } from './logged-path.ts'

it.each([
  ['/api/tickets/INC-1?q=secret', '/api/tickets/INC-1'],
  ['/ping/0b6c/start', '/ping/…'],
  ['/p/key/slug', '/p/…'],
  ['/snitch/token?m=secret', '/snitch/…'],
  ['/api/push/token', '/api/push/…'],
  ['/api/push-key', '/api/push-key'],
  ['/api/1/cron/slug/key/', '/api/1/cron/…'],
  ['/api/1/envelope/?sentry_key=key', '/api/1/envelope/'],
  ['/intake/generic/key', '/intake/…'],
  ['/feeds/deadlines/token.ics', '/feeds/deadlines/…'],
  ['/ack/token', '/ack/…'],
  ['/approve/token', '/approve/…'],
  ['/welcome/token', '/welcome/…'],
  ['/api/welcome/token', '/api/welcome/…'],
  ['/api/page-links/token', '/api/page-links/…'],
  ['/API//approvals/by-link/token', '/API//approvals/by-link/…'],
  ['/%61ck/token', '/ack/…'],
  ['http://floor.example/welcome/token', '/welcome/…'],
  ['/tickets/%E0%A4%A', '/tickets/%E0%A4%A'],
  ['/api/approvals/01a2', '/api/approvals/01a2'],
])('%s stands in the log as %s', (url, logged) => {
  expect(loggedPath(url)).toBe(logged)
})
