import fc from 'fast-check'
import { expect, it } from 'vitest'
import { safeName } from './safe-name.ts'

it.each([
  ['blotter.png', 'blotter.png'],
  ['../../x', 'x'],
  ['..\\..\\boot.ini', 'boot.ini'],
  ['/etc/passwd', 'passwd'],
  ['..', 'file'],
  ['', 'file'],
  ['a/', 'file'],
  ['.htaccess', 'htaccess'],
  ['report\r\nSet-Cookie: a=b.txt', 'reportSet-Cookie_ a=b.txt'],
  // Reads "exe.png" from right to left in some programs.
  ['harmless\u202egnp.exe', 'harmlessgnp.exe'],
  ['a<b>"c|d?*.txt', 'a_b__c_d__.txt'],
  ['CON.txt', '_CON.txt'],
  ['Zürich – P&L.xlsx', 'Zürich – P&L.xlsx'],
  [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(146)}.pdf`],
])('%j is %j', (given, expected) => expect(safeName(given)).toBe(expected))

it('is a plain name whatever is sent, and the same the second time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (given) => {
      const name = safeName(given)
      expect(name).toMatch(/^[^/\\\p{Cc}]{1,150}$/u)
      expect(name).not.toMatch(/^\./)
      expect(safeName(name)).toBe(name)
    }),
    { numRuns: 50 },
  )
})
