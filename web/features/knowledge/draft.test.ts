import fc from 'fast-check'
import { expect, test } from 'vitest'
import { draftOf, emptyDraft, forward, inputOf, missing, moved, newStep } from './draft.ts'

test('options lead forward, however the steps are moved', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(20), { minLength: 1, maxLength: 8 }),
      fc.array(fc.nat(7), { maxLength: 6 }),
      (to, moves) => {
        const bare = to.map(() => newStep('decide'))
        let steps = forward(
          bare.map((s, i) => ({
            ...s,
            options: [{ label: 'Yes', goTo: bare[(to[i] ?? 0) % bare.length]?.id ?? null }],
          })),
        )
        for (const at of moves) if (at < steps.length - 1) steps = moved(steps, at, 1)
        expect(steps.map(({ id }) => id).sort()).toEqual(bare.map(({ id }) => id).sort())
        steps.forEach((s, at) => {
          for (const { goTo } of s.options)
            if (goTo !== null) expect(steps.findIndex(({ id }) => id === goTo)).toBeGreaterThan(at)
        })
      },
    ),
  )
})

test('what belongs to another kind is not sent', () => {
  const draft = { ...emptyDraft('article'), title: ' x ', symptoms: 'left over', steps: [newStep('do')] }
  expect(inputOf(draft)).toMatchObject({ title: 'x', symptoms: '', steps: [] })
  expect(inputOf({ ...draft, kind: 'known_error', audience: 'requester' })).toMatchObject({
    audience: 'internal',
    symptoms: 'left over',
  })
})

test('says what is missing', () => {
  expect(missing(emptyDraft('article'))).toEqual({ title: 'Say in a line what it is about.' })
  expect(missing({ ...emptyDraft('runbook'), title: 'x', steps: [newStep('do')] })).toHaveProperty('steps')
})

test('an item is edited as it is', () => {
  const item = { ...emptyDraft('article'), id: 'i', number: 'KB-1', team: { id: 't', name: 'T' }, title: 'x' }
  expect(draftOf(item as never)).toEqual({ ...emptyDraft('article'), title: 'x', teamId: 't' })
})
