import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LastAlert, type Step, stepsTo } from './decide.ts'
import { advance, freshKey, type KeyState } from './key-state.ts'

const key = (state: KeyState['state'], flip: number, firedFlip: number) => ({ state, flip, firedFlip })

describe('the steps to the newest state', () => {
  it.each<[string, LastAlert | null, Pick<KeyState, 'state' | 'flip' | 'firedFlip'>, Step[]]>([
    ['nothing yet', null, key('resolved', 0, 0), []],
    ['it began', null, key('firing', 1, 1), ['open']],
    ['it began and ended', null, key('resolved', 2, 1), ['pass']],
    ['it began and ended and began', null, key('firing', 3, 3), ['open']],
    ['it ended', { flip: 1, status: 'firing' }, key('resolved', 2, 1), ['end']],
    ['it is blind', { flip: 1, status: 'firing' }, key('blind', 2, 1), ['change']],
    ['a blind one ended', { flip: 1, status: 'blind' }, key('resolved', 2, 1), ['end']],
    ['it ended and began', { flip: 1, status: 'firing' }, key('firing', 3, 3), ['end', 'open']],
    ['it ended, began and ended', { flip: 1, status: 'firing' }, key('resolved', 4, 3), ['end', 'pass']],
    ['it began anew', { flip: 2, status: 'resolved' }, key('firing', 3, 3), ['open']],
    ['an older flip than the newest applied', { flip: 3, status: 'firing' }, key('firing', 3, 3), []],
  ])('%s', (_what, last, state, steps) => {
    expect(stepsTo(last, state)).toEqual(steps)
  })

  it('lead to one open alert exactly when the key is open, however seldom they are taken', () => {
    const kinds = fc.constantFrom('firing' as const, 'resolved' as const, 'blind' as const)
    fc.assert(
      fc.property(fc.array(fc.tuple(kinds, fc.boolean())), (list) => {
        let state = freshKey
        const alerts: LastAlert[] = []
        const work = () => {
          for (const step of stepsTo(alerts.at(-1) ?? null, state)) {
            const last = alerts.at(-1)
            if (step === 'open') alerts.push({ flip: state.flip, status: state.state === 'blind' ? 'blind' : 'firing' })
            else if (step === 'pass') alerts.push({ flip: state.flip, status: 'resolved' })
            else if (last && step === 'end') {
              last.status = 'resolved'
              if (state.firedFlip <= last.flip) last.flip = state.flip
            } else if (last) Object.assign(last, { flip: state.flip, status: state.state })
          }
        }
        for (const [kind, worked] of list) {
          state = advance(state, { id: 'x', kind, severity: 'high', sent: null, received: 1 })
          if (worked) work()
        }
        work()
        const open = alerts.filter((a) => a.status !== 'resolved')
        expect(open.map((a) => a.status)).toEqual(state.state === 'resolved' ? [] : [state.state])
        expect(stepsTo(alerts.at(-1) ?? null, state)).toEqual([])
      }),
    )
  })
})
