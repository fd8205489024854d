import { describe, expect, it } from 'vitest'
import type { Policy } from './data.ts'
import { draftOfPolicy, newPolicy, newStep, stepsOf, whatIsMissing } from './policy-draft.ts'

const policy: Policy = {
  id: 'p',
  slug: 'critical',
  name: 'Critical',
  team: { id: 't', name: 'T' },
  steps: [
    { delayMinutes: 0, targets: [{ kind: 'schedule', id: 's1', name: 'L2', now: [] }] },
    {
      delayMinutes: 5,
      targets: [
        { kind: 'user', id: 'u1', name: 'Ana', now: [] },
        { kind: 'team', id: 't1', name: 'T', now: [] },
      ],
    },
  ],
  repeats: 2,
  ackTimeoutMinutes: 30,
  services: [],
  version: 3,
}

describe('a policy while it is edited', () => {
  it('says the same to the API', () => {
    expect(stepsOf(draftOfPolicy(policy).steps)).toEqual([
      { delayMinutes: 0, targets: [{ kind: 'schedule', id: 's1' }] },
      {
        delayMinutes: 5,
        targets: [
          { kind: 'user', id: 'u1' },
          { kind: 'team', id: 't1' },
        ],
      },
    ])
  })
  it('takes whichever step stands first at once', () => {
    expect(stepsOf(draftOfPolicy(policy).steps.toReversed()).map(({ delayMinutes }) => delayMinutes)).toEqual([0, 0])
  })
  it('says what is missing', () => {
    const draft = draftOfPolicy(policy)
    expect(whatIsMissing(draft)).toBeUndefined()
    expect(whatIsMissing(newPolicy(null))).toBe('The policy needs a name.')
    expect(whatIsMissing({ ...draft, slug: '' })).toBe('The policy needs a short name.')
    expect(whatIsMissing({ ...draft, steps: [...draft.steps, newStep(5)] })).toBe('Step 3: choose to whom it turns.')
    expect(whatIsMissing({ ...draft, steps: draft.steps.map((step) => ({ ...step, delay: undefined })) })).toBe(
      'Step 2: say after how many minutes.',
    )
    expect(whatIsMissing({ ...draft, ackTimeout: undefined })).toMatch(/acknowledged/)
    expect(whatIsMissing({ ...draft, ackTimeout: null })).toBeUndefined()
  })
})
