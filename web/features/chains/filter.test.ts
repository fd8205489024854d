import { expect, test } from 'vitest'
import { readQuery } from './filter.ts'

const known = {
  services: [{ id: 's1', name: 'Risk engine' }],
  teams: [
    { id: 't1', name: 'EOD batch' },
    { id: 't2', name: 'Equities' },
  ],
}

test('state, team, service and words are asked for by their ids', () => {
  expect(readQuery('state:at-risk team:"EOD batch" service:risk p&l', 'trouble', known)).toEqual({
    ask: { view: 'trouble', state: 'at_risk', teamId: 't1', serviceId: 's1', q: 'p&l' },
    problems: [],
  })
})

test('what is not understood is told, and what is not known yet waits', () => {
  expect(readQuery('state:dead', 'all', known).problems).toEqual([
    expect.stringMatching(/^state:dead is not known; it is late, blocked, .* or done\.$/),
  ])
  expect(readQuery('team:nobody', 'all', known)).toEqual({
    ask: undefined,
    problems: ['There is no one team called "nobody".'],
  })
  expect(readQuery('team:EOD', 'all', { services: undefined, teams: undefined })).toEqual({
    ask: undefined,
    problems: [],
  })
})
