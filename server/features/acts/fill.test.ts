import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CannotFill, fillArgument, fillJson, fillUrl, unknownPlaceholder, urlProblem, type Values } from './fill.ts'

const values: Values = {
  job: 'EOD_PRICES',
  slug: 'eod-prices',
  externalId: 'PRD:EOD_PRICES',
  box: '',
  host: 'prdbat01',
  runId: '0198c0de-0000-7000-8000-000000000001',
  businessDate: '2026-11-25',
}
const withJob = (job: string): Values => ({ ...values, job })
const hostile = [
  'two words',
  `it's "quoted"`,
  'a; rm -rf /',
  '$(reboot) `reboot` && || | > <',
  'a/b\\c?x=1#y&z=2%2f',
  '{"a": 1}',
  'Zürich 東京 🌙',
  '{businessDate}',
]
/** Those of which mischief is made. */
const letters = [...'a2f.,/\\%{}"\';?#&@: é\u{1f319}\n\0']
const refused = (fill: () => string) => {
  expect(fill).toThrow(CannotFill)
  try {
    return fill()
  } catch (error) {
    return (error as Error).message
  }
}

describe('a value of a job', () => {
  it.each(hostile)('%s is one argument, as it is', (job) => {
    expect(fillArgument(withJob(job))('JOB={job}')).toBe(`JOB=${job}`)
    expect(fillArgument(withJob(job))('{job}')).toBe(job)
  })

  it.each(hostile)('%s stays within its folder or field of an address', (job) => {
    const url = new URL(fillUrl(withJob(job))('https://s.example.com/jobs/{job}/run?name={job}&date={businessDate}'))
    expect(url.host).toBe('s.example.com')
    expect(url.pathname.split('/')).toEqual(['', 'jobs', encodeURIComponent(job), 'run'])
    expect([...url.searchParams]).toEqual([
      ['name', job],
      ['date', '2026-11-25'],
    ])
  })

  it.each(hostile)('%s stays within its text of a body', (job) => {
    expect(JSON.parse(fillJson(withJob(job))('{"job": "{job}", "of": ["on {businessDate}", 3, null]}'))).toEqual({
      job,
      of: ['on 2026-11-25', 3, null],
    })
  })

  it.each(['a\nb', 'a\rb', 'a\0b', 'a\u001b[2Jb', 'a\u2028b', 'x'.repeat(501)])('%j is refused everywhere', (job) => {
    for (const fill of [fillArgument, fillUrl, fillJson])
      expect(() => fill(withJob(job))(fill === fillJson ? '"{job}"' : 'https://s.example.com/{job}')).toThrow(
        CannotFill,
      )
  })

  it.each(['..', '.', '../../admin', 'a/../b', '..\\x', './x'])('%s does not leave the folder of an address', (job) => {
    expect(refused(() => fillUrl(withJob(job))('https://s.example.com/jobs/{job}/run'))).toContain('lead elsewhere')
  })

  it('that begins with a dash is no argument, where it would begin one', () => {
    expect(refused(() => fillArgument(withJob('-oProxyCommand=sh'))('{job}'))).toContain('begins with -')
    expect(fillArgument(withJob('-x'))('--job={job}')).toBe('--job=-x')
  })

  it('that there is not is said', () => {
    expect(refused(() => fillArgument(values)('{box}'))).toBe('This job has no {box}, which the action needs.')
  })

  it('whatever it is, leads nowhere else and breaks no body', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...letters), maxLength: 20 }), (job) => {
        const go = (fill: () => void) => {
          try {
            fill()
          } catch (error) {
            expect(error).toBeInstanceOf(CannotFill)
          }
        }
        go(() => {
          const url = new URL(fillUrl(withJob(job))('https://s.example.com:8443/a/{job}/b'))
          expect([url.origin, url.pathname.split('/').length, url.search, url.hash]).toEqual([
            'https://s.example.com:8443',
            4,
            '',
            '',
          ])
        })
        go(() => expect(JSON.parse(fillJson(withJob(job))('{"a": "{job}"}'))).toEqual({ a: job }))
      }),
    )
  })
})

describe('a template', () => {
  it.each([
    ['https://{job}.example.com/run', 'must not have a placeholder in its host: only after it'],
    ['https://s.example.com{job}/run', 'must not have a placeholder in its host: only after it'],
    ['https://s.example.com:{job}/run', 'must not have a placeholder in its host: only after it'],
    ['{job}://s.example.com/', 'must be an address such as https://scheduler.example.com/jobs/{job}/run'],
    ['https://me:pw@s.example.com/', 'must not hold a user or password; use the header Authorization'],
    ['https://s.example.com\\{job}', 'must not have a placeholder in its host: only after it'],
    ['ftp://s.example.com/', 'must be an address such as https://scheduler.example.com/jobs/{job}/run'],
    ['https://s.example.com/a#{job}', 'must not have a part after #, which is never sent'],
    ['https://s.example.com:8443/jobs/{job}/run?d={businessDate}', null],
    ['http://localhost', null],
  ])('%s', (url, problem) => expect(urlProblem(url)).toBe(problem))

  it('with an unknown word says which there are', () => {
    expect(unknownPlaceholder('-J {jobname}')).toMatch(/^\{jobname\} stands for nothing; there are \{job\}, /)
    expect(unknownPlaceholder('{job} of {businessDate} {} {1}')).toBeNull()
  })
})
