import { expect, test } from 'vitest'
import { pageAbove } from './nav.ts'

const patterns = [
  '/',
  '/queue',
  '/queue/new',
  '/tickets/$number',
  '/services',
  '/services/$id',
  '/services/hosts',
  '/services/hosts/$id',
  '/jobs',
  '/jobs/$id',
  '/jobs/$id/graph',
  '/on-call',
  '/on-call/schedules/$id',
  '/catalogue',
  '/catalogue/$slug',
  '/teams/$id',
  '/disturbances/$number',
  '/me/contact-methods',
]

test.each([
  ['/', undefined, undefined],
  ['/queue', undefined, '/'],
  ['/queue/new', '/queue', '/queue'],
  ['/tickets/INC-7', '/queue', '/'],
  ['/teams/7', '/people', '/'],
  ['/services/7', '/services', '/services'],
  ['/services/hosts', '/services', '/services'],
  ['/services/hosts/7', '/services/hosts', '/services/hosts'],
  ['/jobs/7/graph', '/jobs/7', '/jobs/7'],
  ['/on-call/schedules/7', '/on-call', '/on-call'],
  ['/disturbances/INC-7', '/', '/'],
  ['/me/contact-methods', '/', '/'],
])('above %s is %s at the desk, %s for whoever asks', (path, atDesk, asking) => {
  expect(pageAbove(path, patterns, false)).toBe(atDesk)
  expect(pageAbove(path, patterns, true)).toBe(asking)
})
