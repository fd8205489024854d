import { performance } from 'node:perf_hooks'
import { describe, expect, it } from 'vitest'
import { maskSecrets } from './mask-secrets.ts'

const jwt = `eyJ${'hbGciOiJIUzI1NiJ9'}.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U`

describe('what looks like a secret is masked', () => {
  it.each([
    ['DB_PASSWORD=hunter2', 'DB_PASSWORD=[masked]'],
    ['export API_KEY="a b c"; run', 'export API_KEY=[masked]; run'],
    ["client_secret: 's3cr3t'", 'client_secret: [masked]'],
    ['{"user": "eod", "password": "x\\"y", "rows": 12}', '{"user": "eod", "password": "[masked]", "rows": 12}'],
    ['mysql --user=eod --password hunter2 prices', 'mysql --user=eod --password [masked] prices'],
    ['> Authorization: Basic ZW9kOmh1bnRlcjI=', '> Authorization: Basic [masked]'],
    ['sent Bearer abcdef0123456789abcdef to it', 'sent Bearer [masked] to it'],
    ['cannot reach postgres://eod:hunter2@db01:5432/prices', 'cannot reach postgres://eod:[masked]@db01:5432/prices'],
    ['+ sqlplus -s eod/hunter2@PRICES @load.sql', '+ sqlplus -s eod/[masked]@PRICES @load.sql'],
    ['DB_PASS=hunter2 ./load --pass hunter2', 'DB_PASS=[masked] ./load --pass [masked]'],
    ["{:password => 'hunter2'}", '{:password => [masked]}'],
    ['<dbPassword>hunter2</dbPassword>', '<dbPassword>[masked]</dbPassword>'],
    ['alter user eod identified by "hunter2" account unlock', 'alter user eod identified by [masked] account unlock'],
    ['curl -fsS -u eod:hunter2 https://prices', 'curl -fsS -u eod:[masked] https://prices'],
    ['jdbc:oracle:thin:eod/hunter2@db01:1521:PRD', 'jdbc:oracle:thin:eod/[masked]@db01:1521:PRD'],
    ['key AKIAIOSFODNN7EXAMPLE used', 'key [masked] used'],
    [`got ${jwt}.`, 'got [masked].'],
    ['a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----\nb', 'a\n[masked]\nb'],
    ['MIIEabc\nabc==\n-----END PRIVATE KEY-----\nb', '[masked]\nb'],
  ])('%s', (text, masked) => {
    expect(maskSecrets(text)).toBe(masked)
    // What is masked stays so.
    expect(maskSecrets(masked)).toBe(masked)
  })

  it.each([
    'ORA-01017: invalid username/password; logon denied',
    'wrote 12,345 rows for key EURUSD at 22:05',
    'tokens: 12',
    'see https://wiki.example.com/eod?x=1 and mail ops@example.com',
    'primary key violated',
    'basic checks passed=12',
    'checks_pass=12 checks-pass: 3',
    'date -u and time: 12',
  ])('and this is left alone: %s', (text) => {
    expect(maskSecrets(text)).toBe(text)
  })

  it('whatever is sent takes milliseconds', () => {
    const texts = [
      '-----BEGIN PRIVATE KEY-----',
      'password=',
      'eyJ',
      'sqlplus -a ',
      'a://',
      'authorization: ',
      '"password": "',
      '--token ',
      '"a":"',
      'curl -u ',
      '<a-pass>',
      'x=1\n',
    ]
    for (const text of texts) {
      const began = performance.now()
      maskSecrets(text.repeat(Math.ceil(100_000 / text.length)))
      expect(performance.now() - began, text).toBeLessThan(500)
    }
  })
})
