import { expect, test } from 'vitest'
import { readQuery } from './filter.ts'

const known = {
  kinds: [{ kind: 'http' }, { kind: 'tcp' }],
  services: [
    { id: 's1', name: 'Equities order entry' },
    { id: 's2', name: 'Equities order entry archive' },
    { id: 's3', name: 'Settlement' },
  ],
  teams: [{ id: 't1', name: 'L2 markets' }],
}

test.each([
  ['', { view: 'all' }],
  ['state:down', { view: 'all', state: 'down' }],
  ['kind:tcp env:uat gateway login', { view: 'all', kind: 'tcp', environment: 'uat', q: 'gateway login' }],
  ['service:"equities order entry"', { view: 'all', serviceId: 's1' }],
  ['service:settle team:"L2 markets"', { view: 'all', serviceId: 's3', teamId: 't1' }],
])('%s', (text, ask) => expect(readQuery(text, 'all', known)).toEqual({ ask, problems: [] }))

test.each([
  ['state:broken', 'state:broken is not known; it is down, degraded, unknown, up or paused.'],
  ['env:live', 'env:live is not known; it is prod, uat, test or dev.'],
  ['kind:ping', 'kind:ping is not known; it is http or tcp.'],
  ['service:order', 'There is no one service called "order".'],
])('%s is told, and asks for nothing', (text, problem) => {
  expect(readQuery(text, 'all', known)).toEqual({ ask: undefined, problems: [problem] })
})

test('a name that is still being looked up asks for nothing yet', () => {
  expect(readQuery('service:settle', 'all', { ...known, services: undefined })).toEqual({
    ask: undefined,
    problems: [],
  })
})
