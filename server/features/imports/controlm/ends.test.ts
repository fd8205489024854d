import { describe, expect, it } from 'vitest'
import type { ImportFile } from '../define-importer.ts'
import { controlm } from '../kinds/controlm.ts'

/** What jobs of Control-M do at their end, and what watches for files: the same of both forms. */

const now = Temporal.Instant.from('2026-11-23T07:00:00Z')
const read = (text: string) => {
  const files: ImportFile[] = [{ name: 'f', text }]
  return controlm.read(files, { zone: 'Europe/London', host: null, now })
}
const attributes = 'DAYS="ALL" TIMEFROM="2200"'
const xmlOf = (inside: string, says = '') =>
  `<DEFTABLE><FOLDER DATACENTER="C" FOLDER_NAME="F">\n<JOB JOBNAME="J" ${attributes} ${says}>\n${inside}</JOB></FOLDER></DEFTABLE>`
const jsonOf = (job: object, type = 'Job:Command') =>
  JSON.stringify(
    { F: { Type: 'SimpleFolder', ControlmServer: 'C', J: { Type: type, When: { FromTime: '2200' }, ...job } } },
    null,
    1,
  )
const seen = (text: string) => {
  const { jobs, findings } = read(text)
  const job = jobs.find((j) => j.name === 'J')
  return { job, exits: job?.goodExits, rules: findings.map((f) => f.rule), findings }
}
const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n)

type On = [end: string, set: 'OK' | 'NOTOK']
const inXml = (ons: readonly On[]) =>
  xmlOf(
    ons
      .map(([end, set]) => `<ON STMT="*" CODE="${end.replace('<', '&lt;')}"><DOACTION ACTION="${set}"/></ON>\n`)
      .join(''),
  )
const inJson = (ons: readonly On[]) =>
  jsonOf(
    Object.fromEntries(
      ons.map(([end, set], at) => [
        `IfBase:Folder:CompletionStatus_${at}`,
        {
          Type: 'If:CompletionStatus',
          CompletionStatus: end,
          'Action:Set_0': { Type: set === 'OK' ? 'Action:SetToOK' : 'Action:SetToNotOK' },
        },
      ]),
    ),
  )

describe('the end of a job that it sets itself', () => {
  it.each<[string, On[], number[], string[]]>([
    ['nothing', [], [], []],
    ['one status', [['8', 'OK']], [8], []],
    ['one status, in words', [['COMPSTAT EQ 8', 'OK']], [8], []],
    ['those up to one', [['<=3', 'OK']], [1, 2, 3], []],
    ['those below one', [['COMPSTAT LT 4', 'OK']], [1, 2, 3], []],
    ['those above one', [['>250', 'OK']], [251, 252, 253, 254, 255], []],
    ['those from one on', [['COMPSTAT GE 254', 'OK']], [254, 255], []],
    ['all but one', [['!=1', 'OK']], upTo(2, 255), []],
    ['all that fail', [['NOTOK', 'OK']], upTo(1, 255), []],
    ['whatever it was', [['ANY', 'OK']], upTo(1, 255), []],
    ['a status that is none', [['300', 'OK']], [], []],
    [
      'two',
      [
        ['4', 'OK'],
        ['8', 'OK'],
      ],
      [4, 8],
      [],
    ],
    [
      'one of several that stays bad',
      [
        ['4', 'NOTOK'],
        ['<=8', 'OK'],
      ],
      [1, 2, 3, 5, 6, 7, 8],
      [],
    ],
    [
      'the same, said the other way round',
      [
        ['<=8', 'OK'],
        ['4', 'NOTOK'],
      ],
      [1, 2, 3, 5, 6, 7, 8],
      [],
    ],
    [
      'what has become a success, undone',
      [
        ['8', 'OK'],
        ['OK', 'NOTOK'],
      ],
      [],
      ['exit-codes'],
    ],
    ['0 is a failure', [['0', 'NOTOK']], [], ['exit-codes']],
    [
      '0 is a failure, and 4 is none',
      [
        ['0', 'NOTOK'],
        ['4', 'OK'],
      ],
      [4],
      ['exit-codes'],
    ],
    ['even ones, which no rule here says', [['EVEN', 'OK']], [], ['exit-codes']],
  ])('by %s', (_what, ons, exits, rules) => {
    expect(seen(inXml(ons))).toMatchObject({ exits, rules })
    expect(seen(inJson(ons))).toMatchObject({ exits, rules })
  })

  it('by its output, or by how often it ran, is told with its line', () => {
    const output = { Type: 'If:Output', Code: '*not found*', a: { Type: 'Action:SetToNotOK' } }
    const reruns = { Type: 'If:NumberOfReruns', NumberOfReruns: '>3', a: { Type: 'Action:SetToOK' } }
    const json = seen(jsonOf({ 'IfBase:Folder:Output_0': output, 'IfBase:Folder:NumberOfReruns_1': reruns }))
    expect(json.exits).toEqual([])
    expect(json.findings).toMatchObject([
      { rule: 'exit-codes', line: 10, message: expect.stringContaining('J: If:Output *not found* decides whether') },
      { rule: 'exit-codes', line: 17 },
    ])
    const xml = seen(
      xmlOf(
        '<ON STMT="*cp *" CODE="*not found*"><DOACTION ACTION="NOTOK"/></ON>\n<ON STMT="*" CODE="NUMRERUN GT 3"><DOACTION ACTION="OK"/></ON>',
      ),
    )
    expect(xml.findings).toMatchObject([
      { rule: 'exit-codes', line: 3, message: expect.stringContaining('J: ON *cp * *not found* decides whether') },
      { rule: 'exit-codes', line: 4 },
    ])
  })

  it('of a folder is not carried over', () => {
    const text = xmlOf('').replaceAll('FOLDER', 'SMART_FOLDER').replace('SMART_FOLDER_NAME', 'FOLDER_NAME')
    const folder = text.replace('<JOB', '<ON STMT="*" CODE="NOTOK"><DOACTION ACTION="OK"/></ON><JOB')
    const { jobs, findings } = read(folder)
    expect(jobs.map((j) => j.goodExits)).toEqual([[], []])
    expect(findings).toMatchObject([{ rule: 'exit-codes', message: expect.stringContaining('F sets its own end') }])
  })

  it('by a line of its output is no end of its own for those who wait for its event', () => {
    const waiting = `<JOB JOBNAME="B" DAYS="ALL"><INCOND NAME="E" ODATE="ODAT"/></JOB>`
    const text = xmlOf('<ON STMT="*rm *" CODE="OK"><DOCOND NAME="E" ODATE="ODAT" SIGN="+"/></ON>').replace(
      '<JOB',
      `${waiting}<JOB`,
    )
    const { jobs, findings } = read(text)
    expect(jobs.find((j) => j.name === 'B')?.waits?.condition).toMatchObject({ kind: 'job', is: 'done' })
    expect(findings.map((f) => f.rule)).toEqual(['if-unread'])
  })

  it('is kept and told once of all that do the same: mails, reruns, stops, variables', () => {
    const inside = `<ON STMT="*" CODE="NOTOK"><DOMAIL DEST="ops"/><DOACTION ACTION="RERUN"/><DOMAIL DEST="desk"/></ON>`
    const twice = xmlOf(inside).replace('</JOB>', `</JOB>\n<JOB JOBNAME="K" ${attributes}>${inside}</JOB>`)
    expect(read(twice).findings).toMatchObject([
      {
        rule: 'act-left',
        line: 2,
        message: expect.stringMatching(/^J, K: what it does at its end by DOACTION RERUN, DOMAIL is/),
      },
    ])
    const acts = {
      m: { Type: 'Action:Mail' },
      s: { Type: 'Action:StopCyclicRun' },
      v: { Type: 'Action:Set' },
      x: 'text',
      y: {},
    }
    const json = seen(jsonOf({ i: { Type: 'If:CompletionStatus', CompletionStatus: 'NOTOK', ...acts } }))
    expect(json.findings.map((f) => f.message)).toEqual([
      expect.stringContaining('Action:Mail, Action:Set, Action:StopCyclicRun'),
    ])
  })
})

describe('what watches for a file', () => {
  const variable = (name: string, value: string) => `<VARIABLE NAME="%%FileWatch-${name}" VALUE="${value}"/>\n`
  const watching = (more: Record<string, string>) =>
    xmlOf(
      Object.entries({ FILE_PATH: '/in/prices-*.csv', MODE: 'CREATE', START_TIME: 'NOW', STOP_TIME: '0', ...more })
        .map(([name, value]) => variable(name, value))
        .join(''),
      'APPL_TYPE="FileWatch" MEMLIB="Not in use for File Watcher jobs" NODEID="feed01"',
    )
  const watcher = (more: object, type = 'Create') =>
    jsonOf(
      { Path: '/in/prices-*.csv', Host: 'feed01', SearchInterval: '45', MinimumSize: '10B', ...more },
      `Job:FileWatcher:${type}`,
    )

  it('starts when it is ordered, on its host, and ends with the file or at its limit', () => {
    const wanted = {
      host: 'feed01',
      command: '/in/prices-*.csv',
      schedule: { kind: 'cron', expression: '0 22 * * *' },
      maxRunSeconds: 1_320,
      waits: { condition: null, killAfterSeconds: 1_320 },
    }
    for (const text of [
      watching({ TIME_LIMIT: '22' }),
      watcher({ TimeLimit: '22' }),
      watcher({ TimeLimit: '22' }, 'Delete'),
    ]) {
      const { job, rules } = seen(text)
      expect(job).toMatchObject(wanted)
      expect(rules).toEqual([])
    }
    expect(seen(watcher({ TimeLimit: '22' })).job?.attributes).toMatchObject({
      SearchInterval: '45',
      MinimumSize: '10B',
    })
  })

  it.each([
    ['no limit', watching({}), watcher({}), ['waits-for-ever']],
    ['a limit of nothing', watching({ TIME_LIMIT: '0' }), watcher({ TimeLimit: '0' }), ['waits-for-ever']],
    ['a limit that is none', watching({ TIME_LIMIT: 'x' }), watcher({ TimeLimit: 'x' }), ['waits-for-ever']],
    [
      'times of its own',
      watching({ TIME_LIMIT: '9', STOP_TIME: '202805041535' }),
      watcher({ TimeLimit: '9', StopTime: '202805041535' }),
      ['watch-times'],
    ],
    [
      'no file',
      watching({ TIME_LIMIT: '9', FILE_PATH: '' }),
      watcher({ TimeLimit: '9', Path: '' }),
      ['watches-nothing'],
    ],
  ])('is looked at: %s', (_what, xml, json, rules) => {
    expect(seen(xml).rules).toEqual(rules)
    expect(seen(json).rules).toEqual(rules)
  })
})
