import { describe, expect, it } from 'vitest'
import type { MacroAct } from '../../../../contract/desk/macros.ts'
import { draftOf, missingIn, readyActs } from './macro-draft.ts'

const whole: MacroAct[] = [
  { act: 'take' },
  { act: 'assign', userId: 'u' },
  { act: 'move', teamId: 't' },
  { act: 'change', impact: 'high', urgency: 'low' },
  { act: 'reply', body: 'Hello' },
  { act: 'note', body: 'Seen' },
  { act: 'pend', reason: 'vendor', minutes: 60 },
  { act: 'resolve', resolution: 'Done' },
]

describe('a macro while it is written', () => {
  it('comes out as it went in', () => expect(readyActs(whole.map(draftOf))).toEqual(whole))

  it.each<[string, MacroAct['act'], string | undefined]>([
    ['nothing', 'take', undefined],
    ['the person', 'assign', 'Choose the person.'],
    ['the team', 'move', 'Choose the team.'],
    ['a level', 'change', 'Choose the impact or the urgency.'],
    ['words', 'reply', 'Write the reply.'],
    ['the solution', 'resolve', 'Write what solved it.'],
    ['nothing, for it waits for the requester', 'pend', undefined],
  ])('lacks %s', (_, act, missing) => expect(missingIn(draftOf({ act } as MacroAct))).toBe(missing))
})
