import { expect, it } from 'vitest'
import { createCrypto } from '../../platform/crypto.ts'
import { mailId, threadRoot } from './mail-id.ts'

const crypto = createCrypto('k'.repeat(40))
const [a, b] = ['0197b1f2-0000-7000-8000-000000000001', '0197b1f2-0000-7000-8000-000000000002']

it('is the same for the same words, another for others, and signed by this installation', () => {
  expect(mailId(crypto, a, b)).toBe(mailId(crypto, a, b))
  expect(mailId(crypto, a, b)).toMatch(new RegExp(`^t\\.${a}\\.${b}\\.[A-Za-z0-9_-]{22}$`))
  const signature = (id: string) => id.split('.').at(-1)
  const others = [
    mailId(crypto, b, a),
    mailId(crypto, a, a),
    threadRoot(crypto, a),
    mailId(createCrypto('x'.repeat(40)), a, b),
  ]
  expect(new Set([mailId(crypto, a, b), ...others].map(signature)).size).toBe(5)
})
