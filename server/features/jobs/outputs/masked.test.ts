import fc from 'fast-check'
import { expect, test } from 'vitest'
import { masked } from './masked.ts'

const through = async (text: string, size: number): Promise<string> => {
  const bytes = Buffer.from(text)
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  const found: Buffer[] = []
  for await (const piece of masked(pieces())) found.push(piece)
  return Buffer.concat(found).toString()
}

test('a secret is masked wherever the text is cut, and nothing else is changed', async () => {
  const line = `${'x'.repeat(79)}\n`
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 1_700 }),
      fc.integer({ min: 700, max: 70_000 }),
      async (before, size) => {
        const rest = line.repeat(1_700 - before)
        const text = `${line.repeat(before)}password=hunter2-é\n${rest}`
        expect(await through(text, size)).toBe(`${line.repeat(before)}password=[masked]\n${rest}`)
      },
    ),
    { numRuns: 25 },
  )
})

test('a key over many lines, a value on the line after its name, and a line without end', async () => {
  const key = `-----BEGIN RSA PRIVATE KEY-----\n${'QUJD\n'.repeat(400)}-----END RSA PRIVATE KEY-----\n`
  for (const before of [63_000, 63_900, 63_990]) {
    const found = await through(`${'y\n'.repeat(before / 2)}${key}done\n`, 4_000)
    expect(found).not.toContain('QUJD')
    expect(found.endsWith('[masked]\ndone\n')).toBe(true)
  }
  const json = await through(`${'y\n'.repeat(31_994)}{"password":\n"hunter2"}\n`, 64_000)
  expect(json).not.toContain('hunter2')
  const long = await through(`a\n${'z'.repeat(1_500_000)} password=hunter2\nb\n`, 50_000)
  expect(long).toMatch(/^a\n\[a line of more than 1 MB was left out\]\nb\n$/)
})
