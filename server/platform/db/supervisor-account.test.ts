import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type AccountFacts, chooseAccount, mayPass, reachesPath } from './supervisor-account.ts'

const root = { uid: 0, gid: 0, name: 'root' }
const ann = { uid: 1000, gid: 1000, name: 'ann' }
const postgres = { uid: 101, gid: 104, name: 'postgres' }
const nobody = { uid: 65534, gid: 65534, name: 'nobody' }

const facts = (more: Partial<AccountFacts>): AccountFacts => ({
  self: root,
  owner: null,
  candidates: [postgres, nobody],
  reaches: () => true,
  ...more,
})

describe('as whom PostgreSQL runs', () => {
  it.each([
    ['an ordinary user', { self: ann }, 'self', 'ann', false],
    ['an ordinary user with data of her own', { self: ann, owner: ann }, 'self', 'ann', false],
    ['root', {}, 'account', 'postgres', false],
    ['root, no user postgres', { candidates: [nobody] }, 'account', 'nobody', false],
    ['root, in a home that nobody else enters', { reaches: () => false }, 'account', 'postgres', true],
    ['root, with data that ann made', { owner: ann }, 'account', 'ann', false],
    ['root, with data that nobody owns although postgres exists by now', { owner: nobody }, 'account', 'nobody', false],
    ['root that may not change its user', { candidates: [] }, 'namespace', 'nobody', false],
    ['root, with data made in a namespace', { owner: root }, 'namespace', 'nobody', false],
  ] as const)('%s', (_, more, kind, name, elsewhere) => {
    const choice = chooseAccount(facts(more as Partial<AccountFacts>))
    if ('refusal' in choice) throw new Error(choice.refusal)
    expect(choice.runAs.kind).toBe(kind)
    expect(choice.runAs.kind === 'self' ? 'ann' : choice.runAs.account.name).toBe(name)
    expect(choice.elsewhere).toBe(elsewhere)
  })

  it.each([
    [
      'data of somebody else',
      { self: ann, owner: postgres },
      /belongs to the user postgres, and this is ann\. Start as postgres/,
    ],
    ['data whose owner cannot get to it', { owner: postgres, reaches: () => false }, /may not pass .* chmod o\+x/],
  ] as const)('refuses %s, and says what to do', (_, more, sentence) => {
    expect(chooseAccount(facts(more as Partial<AccountFacts>))).toEqual({ refusal: expect.stringMatching(sentence) })
  })
})

describe('whether an account may pass a folder', () => {
  it.each([
    ['its own, closed to others', { mode: 0o40700, uid: 101, gid: 0 }, true],
    ["root's, closed to others", { mode: 0o40700, uid: 0, gid: 0 }, false],
    ["root's, open", { mode: 0o40755, uid: 0, gid: 0 }, true],
    ["root's, to be passed but not listed", { mode: 0o40711, uid: 0, gid: 0 }, true],
    ['of its group', { mode: 0o40750, uid: 0, gid: 104 }, true],
    ['of its group, which alone is shut out', { mode: 0o40705, uid: 0, gid: 104 }, false],
    ['its own, which shuts out itself', { mode: 0o40077, uid: 101, gid: 0 }, false],
  ])('%s', (_, folder, expected) => {
    expect(mayPass(folder, postgres)).toBe(expected)
  })

  it('asks every folder on the way, and forgives those that are still to be made', () => {
    const folder = mkdtempSync(join(tmpdir(), 'wf-reach-'))
    const stranger = { uid: 54321, gid: 54321, name: 'stranger' }
    const deep = join(folder, 'a', 'b')
    try {
      mkdirSync(join(folder, 'a'))
      chmodSync(folder, 0o755)
      expect(reachesPath(deep, stranger)).toBe(true)
      chmodSync(folder, 0o700)
      expect(reachesPath(deep, stranger)).toBe(false)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
