import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scopeFor } from '../../server/platform/access.ts'
import { passwordProblem } from './password.ts'
import { covers, isScope, permissionNames } from './scopes.ts'
import { userEmail } from './users.ts'

describe('a password', () => {
  it.each([
    ['correct horse battery', null],
    ['short', 'at least 12 characters'],
    ['x'.repeat(201), 'at most 200'],
    ['aaaaaaaaaaaaaaaa', 'different characters'],
    ['aabbaabbaabbaabb', 'different characters'],
    ['Aiko.T@Example.com', 'must not be the mail address'],
    [' aiko.t@example.com ', 'must not be the mail address'],
  ])('%s: %s', (password, problem) => {
    const found = passwordProblem(password, 'aiko.t@example.com')
    if (problem === null) expect(found).toBeNull()
    else expect(found).toContain(problem)
  })
})

describe('scopes', () => {
  it.each([
    ['ticket.read', true],
    ['ticket.*', true],
    ['*', true],
    ['ticket', false],
    ['ticket.', false],
    ['.*', false],
    ['*.*', false],
    ['t*', false],
    ['ticket.rea', false],
    ['toString', false],
    ['', false],
  ])('%s is one: %s', (scope, expected) => {
    expect(isScope(scope)).toBe(expected)
  })

  it('cover what the platform lets a key do, and nothing else', () => {
    const anyScope = fc.constantFrom('*', ...permissionNames, ...permissionNames.map((p) => `${p.split('.')[0]}.*`))
    fc.assert(
      fc.property(fc.array(anyScope, { maxLength: 4 }), fc.constantFrom(...permissionNames), (scopes, permission) => {
        const allowed = scopeFor({ kind: 'key', id: 'k', name: 'k', scopes }, permission) !== null
        expect(covers(scopes, permission)).toBe(allowed)
      }),
    )
  })

  it('cover another scope only when they allow all that it allows', () => {
    const all = ['*', ...permissionNames, ...new Set(permissionNames.map((p) => `${p.split('.')[0]}.*`))]
    const wrong = all.flatMap((held) =>
      all.filter(
        (wanted) => covers([held], wanted) && permissionNames.some((p) => covers([wanted], p) && !covers([held], p)),
      ),
    )
    expect(wrong).toEqual([])
  })
})

describe('a mail address', () => {
  it('is kept in small letters and without blanks around it', () => {
    expect(userEmail.parse(' Aiko@Example.COM ')).toBe('aiko@example.com')
    expect(userEmail.safeParse('aiko').success).toBe(false)
  })
})
