import { describe, expect, it } from 'vitest'
import type { Condition } from '../../../../contract/jobs/waits.ts'
import type { ImportFile, Reading } from '../define-importer.ts'
import { controlm } from '../kinds/controlm.ts'

/** What single definitions of Control-M mean, and what must hurt nothing. */

const now = Temporal.Instant.from('2026-11-23T07:00:00Z')
const read = (...texts: string[]): Reading =>
  controlm.read(
    texts.map((text, at): ImportFile => ({ name: `f${at}`, text })),
    { zone: 'Europe/London', host: null, now },
  )
const xmlJob = (name: string, says: string, inside = '') => `<JOB JOBNAME="${name}" ${says}>${inside}</JOB>\n`
const xmlOf = (...jobs: string[]) =>
  `<DEFTABLE><FOLDER DATACENTER="C" FOLDER_NAME="F">\n${jobs.join('')}</FOLDER></DEFTABLE>`
const jsonOf = (jobs: object, type = 'SimpleFolder', more: object = {}) =>
  JSON.stringify({ F: { Type: type, ControlmServer: 'C', ...more, ...jobs } }, null, 1)
const command = (more: object = {}) => ({ Type: 'Job:Command', Command: 'x', ...more })
const named = ({ jobs }: Reading, name: string) => jobs.find((j) => j.name === name)
const rulesOf = ({ findings }: Reading) => findings.map((f) => f.rule)
const incond = (name: string, odate = 'ODAT', more = '') => `<INCOND NAME="${name}" ODATE="${odate}" ${more}/>`
const outcond = (name: string, odate = 'ODAT', sign = 'SIGN="+"') =>
  `<OUTCOND NAME="${name}" ODATE="${odate}" ${sign}/>`
/** A(succeeded, same-date) & (B | C) */
const words = (c: Condition | null | undefined): string => {
  if (!c) return ''
  if ('of' in c) return `(${c.of.map(words).join(c.kind === 'all' ? ' & ' : ' | ')})`
  if (c.kind === 'job') return `${c.job.replace('C/F/', '')} ${c.is} ${typeof c.within === 'string' ? c.within : ''}`
  if (c.kind === 'exit') return `${c.job.replace('C/F/', '')} ${c.compare}${c.code}`
  return c.kind === 'global' ? `${c.name}?` : c.path
}
const waitOf = (reading: Reading, name = 'B') => words(named(reading, name)?.waits?.condition)

describe('events', () => {
  it.each([
    ['the same date', 'ODAT', 'ODAT', 'A succeeded same-date', []],
    ['the date before', 'PREV', 'ODAT', 'A succeeded previous-date', []],
    ['one added for the next date', 'ODAT', 'NEXT', 'A succeeded previous-date', []],
    ['one without a date', 'STAT', 'STAT', 'A succeeded ever', ['latch']],
    ['one of any date', '****', 'ODAT', 'A succeeded ever', ['latch']],
    ['one of any date, written otherwise', '$$$$', 'ODAT', 'A succeeded ever', ['latch']],
    ['one that is only added without a date', 'ODAT', 'STAT', 'E?', ['dates-differ']],
    ['three days before', '-003', 'ODAT', 'A succeeded ever', ['date-not-carried']],
  ])('%s', (_what, waited, added, condition, rules) => {
    const found = read(
      xmlOf(
        xmlJob('A', 'DAYS="ALL" TIMEFROM="2200"', outcond('E', added)),
        xmlJob('B', 'DAYS="ALL"', incond('E', waited)),
      ),
    )
    expect([waitOf(found), rulesOf(found)]).toEqual([condition, rules])
  })

  it('have as many who add them as there are, by what happened to them', () => {
    const found = read(
      xmlOf(
        xmlJob('A', 'DAYS="ALL" TIMEFROM="2200"', outcond('E', 'ODAT', '')),
        xmlJob('A2', 'DAYS="ALL" TIMEFROM="2200"', outcond('E', 'ODAT', 'SIGN="ADD"')),
        xmlJob(
          'A3',
          'DAYS="ALL" TIMEFROM="2200"',
          `<ON STMT="*" CODE="NOTOK"><DOCOND NAME="E" ODATE="ODAT" SIGN="+"/></ON>`,
        ),
        xmlJob(
          'A4',
          'DAYS="ALL" TIMEFROM="2200"',
          `<ON CODE="COMPSTAT GT 4"><DOCOND NAME="E" ODATE="ODAT" SIGN="+"/></ON>`,
        ),
        xmlJob('A5', 'DAYS="ALL" TIMEFROM="2200"', outcond('E', 'ODAT', 'SIGN="DEL"')),
        xmlJob('B', 'DAYS="ALL"', incond('E')),
      ),
    )
    expect(waitOf(found)).toBe('(A succeeded same-date | A2 succeeded same-date | A3 failed same-date | A4 >4)')
  })

  it('without a date are new each time where their reader deletes them, and held where another does', () => {
    const found = read(
      xmlOf(
        xmlJob('A', 'DAYS="ALL" TIMEFROM="2200"', outcond('E', 'STAT')),
        xmlJob('B', 'DAYS="ALL"', incond('E', 'STAT') + outcond('E', 'STAT', 'SIGN="-"')),
        xmlJob('D', 'DAYS="ALL"', incond('E', 'STAT')),
      ),
    )
    expect([waitOf(found), waitOf(found, 'D'), rulesOf(found)]).toEqual([
      'A succeeded own-last-run',
      'A succeeded ever',
      [],
    ])
  })

  it('are joined by signs and brackets, in both forms', () => {
    const adders = ['P', 'Q', 'R'].map((n) => xmlJob(n, 'DAYS="ALL" TIMEFROM="2200"', outcond(n)))
    const is = (n: string) => `${n} succeeded same-date`
    const both = (xml: string, json: unknown[]) => [
      waitOf(read(xmlOf(...adders, xmlJob('B', 'DAYS="ALL"', xml)))),
      waitOf(
        read(
          jsonOf({
            ...Object.fromEntries(
              ['P', 'Q', 'R'].map((n) => [n, command({ a: { Type: 'AddEvents', Events: [{ Event: n }] } })]),
            ),
            B: command({ w: { Type: 'WaitForEvents', Events: json } }),
          }),
        ),
      ),
    ]
    const [p, q, r] = [{ Event: 'P' }, { Event: 'Q' }, { Event: 'R' }]
    const flat = `(${is('P')} | (${is('Q')} & ${is('R')}))`
    expect(both(incond('P') + incond('Q', 'ODAT', 'AND_OR="O"') + incond('R'), [p, 'OR', q, r])).toEqual([flat, flat])
    const grouped = `((${is('P')} | ${is('Q')}) & ${is('R')})`
    expect(
      both(
        incond('P', 'ODAT', 'OP="("') + incond('Q', 'ODAT', 'AND_OR="O" OP=")"') + incond('R', 'ODAT', 'AND_OR="A"'),
        ['(', p, 'OR', q, ')', 'AND', r],
      ),
    ).toEqual([grouped, grouped])
    const wrong = `(${is('P')} & ${is('Q')})`
    expect(both(incond('P', 'ODAT', 'OP="("') + incond('Q'), ['(', p, q])).toEqual([wrong, wrong])
  })

  it('of a smart folder come at its end, and hold up all that is in it', () => {
    const found = read(
      `<DEFTABLE><SMART_FOLDER DATACENTER="C" FOLDER_NAME="S" DAYS="ALL" TIMEFROM="2000">${incond('IN')}${outcond('OUT')}${xmlJob('M', '')}</SMART_FOLDER>
      <FOLDER DATACENTER="C" FOLDER_NAME="F">${xmlJob('A', 'DAYS="ALL" TIMEFROM="1900"', outcond('IN'))}${xmlJob('B', 'DAYS="ALL"', incond('OUT'))}</FOLDER></DEFTABLE>`,
    )
    expect([waitOf(found), waitOf(found, 'S'), named(found, 'M')?.waits?.box]).toEqual([
      'C/S succeeded same-date',
      'A succeeded same-date',
      'C/S',
    ])
  })

  it('that nobody adds are marked; of another server they are taken with a word', () => {
    const lost = read(xmlOf(xmlJob('B', 'DAYS="ALL"', incond('E'))))
    expect([waitOf(lost), rulesOf(lost), lost.findings[0]?.line]).toEqual(['E?', ['no-producer'], 2])
    const other = read(
      xmlOf(xmlJob('B', 'DAYS="ALL"', incond('E'))),
      xmlOf(xmlJob('A', 'DAYS="ALL" TIMEFROM="2200"', outcond('E'))).replace('"C"', '"D"'),
    )
    expect([waitOf(other), rulesOf(other)]).toEqual(['D/F/A succeeded same-date', ['other-server']])
  })

  it('and a job that another one orders when it has failed', () => {
    const force = `<ON STMT="*" CODE="NOTOK"><DOFORCEJOB TABLE_NAME="F" NAME="B" ODATE="ODAT"/><DOFORCEJOB NAME="LOST"/></ON>`
    const found = read(xmlOf(xmlJob('A', 'DAYS="ALL" TIMEFROM="2200"', force), xmlJob('B', '')))
    expect([waitOf(found), named(found, 'B')?.schedule, rulesOf(found)]).toEqual([
      'A failed own-last-run',
      { kind: 'waits', zone: 'Europe/London' },
      ['forced-unknown'],
    ])
  })
})

describe('the graph', () => {
  const chain = (...edges: [string, string][]) => {
    const names = [...new Set(edges.flat())]
    return xmlOf(
      ...names.map((n) =>
        xmlJob(
          n,
          'DAYS="ALL"',
          edges
            .flatMap(([a, b]) => [...(b === n ? [incond(`${a}${b}`)] : []), ...(a === n ? [outcond(`${a}${b}`)] : [])])
            .join(''),
        ),
      ),
    )
  }
  it.each([
    ['a circle', chain(['A', 'B'], ['B', 'C'], ['C', 'A'], ['C', 'D']), 'A, B, C wait for one another'],
    ['itself', chain(['A', 'A']), 'A waits for itself'],
    [
      'a member of its own',
      `<DEFTABLE><SMART_FOLDER FOLDER_NAME="S" DAYS="ALL">${incond('X')}${xmlJob('M', '', outcond('X'))}</SMART_FOLDER></DEFTABLE>`,
      'S, M wait for one another',
    ],
  ])('says who waits for %s', (_what, text, message) => {
    const [found] = read(text).findings.filter((f) => f.rule === 'cycle')
    expect(found?.message).toContain(message)
  })

  it('takes no circle for one from which there is a way out', () => {
    const found = read(
      xmlOf(
        xmlJob('A', 'DAYS="ALL"', incond('X') + incond('Y', 'ODAT', 'AND_OR="O"') + outcond('Z')),
        xmlJob('B', 'DAYS="ALL"', incond('Z') + outcond('X')),
        xmlJob('C', 'DAYS="ALL" TIMEFROM="2200"', outcond('Y')),
      ),
    )
    expect(rulesOf(found)).toEqual([])
  })

  it('says who waits on a day on which nobody adds it', () => {
    const rules = (a: string, b: string, c = '') =>
      read(
        xmlOf(
          xmlJob('A', `${a} TIMEFROM="2000"`, outcond('E')),
          ...(c ? [xmlJob('C', `${c} TIMEFROM="2000"`, outcond('E'))] : []),
          xmlJob('B', `${b} TIMEFROM="2200"`, incond('E')),
        ),
      ).findings.map((f) => [f.rule, f.line])
    expect(rules('WEEKDAYS="1,2,3"', 'WEEKDAYS="1,3"')).toEqual([])
    expect(rules('WEEKDAYS="5"', 'WEEKDAYS="4,5"')).toEqual([['not-its-day', 3]])
    expect(rules('WEEKDAYS="5"', 'WEEKDAYS="4,5"', 'WEEKDAYS="4"')).toEqual([])
    expect(rules('WEEKDAYS="5"', 'WEEKDAYS="4,5"', 'WEEKDAYS="1"')).toEqual([['not-its-day', 4]])
    expect(rules('DAYS="1"', 'DAYS="1,15"')).toEqual([['not-its-day', 3]])
    expect(rules('DAYS="ALL"', 'DAYS="ALL" DAYSCAL="GONE"')).toEqual([['calendar-unknown', 3]])
  })

  const sla = (by: object, more: object = {}) => ({ Type: 'Job:SLAManagement', ServiceName: 'P&L', ...by, ...more })
  it('has an SLA job last, with a deadline after its start', () => {
    const flow = (Sequence: string[]) => ({ f: { Type: 'Flow', Sequence } })
    const start = command({ When: { MonthDays: ['ALL'], FromTime: '2200' } })
    const at = (Time: string, Days: string) => ({ CompleteBy: { Time, Days } })
    const rules = (jobs: object) => rulesOf(read(jsonOf(jobs))).filter((r) => r !== 'new-day')
    const good = { A: start, S: sla(at('05:30', '1')), ...flow(['A', 'S']) }
    expect(rules(good)).toEqual([])
    expect(rules({ ...good, S: sla(at('21:30', '0')) })).toEqual(['deadline-before-start'])
    expect(rules({ ...good, S: sla(at('05:30', '0')) })).toEqual(['next-morning'])
    expect(rules({ ...good, B: command(), ...flow(['A', 'S', 'B']) })).toEqual(['sla-not-last'])
    expect(rules({ A: start, S: sla(at('05:30', '1')) })).toEqual(['sla-alone'])
    const tolerant = read(
      jsonOf({ ...good, S: sla({ CompleteIn: { Time: '00:45' } }, { JobRunsDeviationsTolerance: '3' }) }),
    )
    expect(named(tolerant, 'S')).toMatchObject({
      deadlines: [{ kind: 'in', name: 'P&L', seconds: 2_700 }],
      attributes: { JobRunsDeviationsTolerance: '3' },
    })
  })

  it('takes what Control-M tells when late as a deadline, and as too long', () => {
    const shouts =
      '<SHOUT WHEN="LATETIME" TIME="0545" DAYSOFFSET="1"/><SHOUT WHEN="EXECTIME" TIME="&gt;045"/><SHOUT WHEN="EXECTIME" TIME="+10%"/>'
    expect(named(read(xmlOf(xmlJob('A', 'DAYS="ALL" TIMEFROM="2200"', shouts))), 'A')).toMatchObject({
      deadlines: [{ kind: 'by', name: 'A', time: '05:45', days: 1 }],
      maxRunSeconds: 2_700,
    })
  })
})

describe('bad input', () => {
  const laugh = `<!DOCTYPE x [<!ENTITY a "ha">${[...'bcdefghij'].map((n, at) => `<!ENTITY ${n} "${`&${'abcdefghi'[at]};`.repeat(10)}">`).join('')}]>\n<DEFTABLE><FOLDER FOLDER_NAME="&j;"/></DEFTABLE>`
  it.each([
    ['a laugh', laugh, 'entities of its own'],
    [
      'a file of the disk',
      '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<DEFTABLE/>',
      'entities of its own',
    ],
    ['an entity that nobody defines', '<DEFTABLE>&boss;</DEFTABLE>', 'cannot be read as XML'],
    ['half a file', xmlOf(xmlJob('A', '')).slice(0, 60), 'cannot be read as XML'],
    ['another encoding', '\ufeff<\0D\0E\0F\0T\0A\0B\0L\0E\0>\0', 'not written in UTF-8'],
    ['another encoding, read as Latin-1', '\u00ff\u00fe<\0D\0E\0F\0T\0A\0B\0L\0E\0>\0', 'not written in UTF-8'],
    ['JSON of another encoding', '\u00ff\u00fe{\0"\0F\0"\0', 'not written in UTF-8'],
    ['another root', '<html><DEFTABLE/></html>', 'Its element is html'],
    [
      'a well of elements',
      `<DEFTABLE>${'<SUB_FOLDER JOBNAME="x">'.repeat(100)}${'</SUB_FOLDER>'.repeat(100)}</DEFTABLE>`,
      'nested more than',
    ],
    ['a deeper one', `<DEFTABLE>${'<FOLDER>'.repeat(200_000)}`, 'nested more than'],
    ['half a JSON', jsonOf({ A: command() }).slice(0, -3), 'cannot be read as JSON'],
    ['a list', '[{"Type": "Folder"}]', 'no folders by name'],
    ['an error of the API', '{"errors": [{"message": "Unauthorized"}]}', 'no folders by name'],
    ['jobs as a list', '{"F": {"Type": "SimpleFolder", "Jobs": [\n{"Type": "Job:Command"}]}}', 'stands as a list'],
    [
      'a well of folders',
      Array.from({ length: 60 }).reduce<string>(
        (inner) => `{"S": {"Type": "SubFolder", "x": 1, ${inner.slice(1, -1)}}}`,
        '{"J": {"Type": "Job:Command"}}',
      ),
      'nested more than',
    ],
    ['a well of brackets', '['.repeat(500_000), 'cannot be read as JSON'],
  ])('%s is refused with a sentence', (_what, text, reason) => {
    const { refused } = read(text)
    expect(refused.map((r) => r.reason)).toEqual([expect.stringContaining(reason)])
    expect(refused[0]?.reason).toMatch(/\.$/)
  })

  it('says where letters were lost', () => {
    const text = xmlOf(
      xmlJob('A', 'DAYS="ALL" TIMEFROM="0900"'),
      xmlJob('B', 'DESCRIPTION="Z\ufffdrich" DAYS="1" TIMEFROM="0900"'),
    )
    expect(read(text).findings).toMatchObject([{ rule: 'lost-signs', line: 3 }])
  })

  it('one bad file harms no other', () => {
    const { jobs, refused } = read('<DEFTABLE', jsonOf({ A: command() }))
    expect([jobs.length, refused.length]).toEqual([1, 1])
  })

  it('names of the language and odd values are data', () => {
    const text = `{"F": {"Type": "SimpleFolder", "__proto__": {"Type": "Job:Command", "Command": 5}, "constructor": {"Type": "Job:Command", "When": [], "RerunLimit": {"Times": {}}, "eventsToAdd": {"Type": "AddEvents", "Events": [null, 3, "E", {}]}}}}`
    const found = read(text)
    expect(found.jobs.map((j) => j.externalId)).toEqual(['F/__proto__', 'F/constructor'])
    expect(({} as { Type?: string }).Type).toBeUndefined()
  })

  it('jobs of one name are told apart, in XML by order and in JSON with a word', () => {
    const twice = read(xmlOf(xmlJob('A', 'DAYS="ALL" TIMEFROM="0900"'), xmlJob('A', 'DAYS="1" TIMEFROM="0900"')))
    expect([twice.jobs.map((j) => j.externalId), rulesOf(twice)]).toEqual([['C/F/A', 'C/F/A#2'], ['same-name']])
    expect(
      rulesOf(
        read(
          '{"F": {"Type": "SimpleFolder", "A": {"Type": "Job:Command"},\n"A": {"Type": "Job:Command", "When": {"MonthDays": ["1"], "FromTime": "0900"}}}}',
        ),
      ),
    ).toEqual(['said-twice'])
  })

  it('an event that everybody adds and waits for does not fill the memory', () => {
    const many = (count: number) =>
      xmlOf(...Array.from({ length: count }, (_, n) => xmlJob(`J${n}`, 'DAYS="ALL"', incond('E') + outcond('E'))))
    expect(read(many(501)).findings.filter((f) => f.rule === 'too-many-add')).toHaveLength(501)
    const groups = Array.from({ length: 3 }, (_, n) =>
      many(400).replaceAll('"E"', `"E${n}"`).replaceAll('"J', `"G${n}-`),
    )
    expect(() => read(...groups)).toThrow(/one by one/)
  })
})
