/** The night of a bank in Control-M, written in both of its forms: they must be read as the same jobs. */

type Sign = 'AND' | 'OR' | '(' | ')'
type Event = { event: string; date?: 'ODAT' | 'PREV' | 'STAT' | '****' }
export type NightJob = {
  name: string
  kind?: 'dummy' | 'sla'
  command?: string
  host: string
  days?: { week?: string[]; month?: string[]; calendar?: string; months?: number[]; both?: boolean }
  from?: string
  to?: string
  everyMinutes?: number
  waits?: (Event | Sign)[]
  adds?: Event[]
  deletes?: Event[]
  onFailure?: Event
  pool?: string
  lock?: string
  reruns?: number
  confirm?: boolean
  completeBy?: { time: string; days: number }
}
export type NightFolder = {
  name: string
  isSmart: boolean
  days?: NightJob['days']
  from?: string
  adds?: Event[]
  jobs: NightJob[]
  inside: NightFolder[]
}

const SERVER = 'ctm-ldn'
const starts = { EMEA: '2200', US: '0230', APAC: '1400' }
const weekdays = ['MON', 'TUE', 'WED', 'THU', 'FRI']
const to = (a: string, b: string): Event => ({ event: `${a}-TO-${b}` })

/** Feeds, then valuations in parallel, then reports of each desk; each step waits for several of the one before. */
const region = (name: string, from: string): NightFolder => {
  const of = (part: string, n: number) => `${name}-${part}-${String(n).padStart(2, '0')}`
  const feeds: NightJob[] = Array.from({ length: 12 }, (_, n) => ({
    name: of('FEED', n),
    command: `/opt/feeds/load.sh ${name} ${n} > /var/log/feed-${n}.log 2>&1`,
    host: `prdfed0${(n % 3) + 1}`,
    pool: 'FEED-SLOTS',
    reruns: 2,
    ...(n === 0 && { waits: [{ event: `${name}-CLOSED`, date: 'PREV' as const }] }),
    ...(n === 1 && { onFailure: { event: `${name}-FEED-BROKEN` } }),
    ...(n === 2 && { from: '2345', to: '0600' }),
    adds: [{ event: `${of('FEED', n)}-OK` }],
  }))
  const calcs: NightJob[] = Array.from({ length: 30 }, (_, n) => ({
    name: of('CALC', n),
    command: `/opt/calc/value.sh --book ${name}${n}`,
    host: `prdcal0${(n % 4) + 1}`,
    ...(n % 7 === 0 && { lock: `BOOK-${name}` }),
    waits:
      n === 3
        ? [
            '(',
            { event: `${of('FEED', 1)}-OK` },
            'OR',
            { event: `${name}-FEED-BROKEN` },
            ')',
            'AND',
            { event: `${of('FEED', 2)}-OK` },
          ]
        : n === 4
          ? [{ event: 'MARKET-DATA', date: 'STAT' }, { event: `${of('FEED', 4)}-OK` }]
          : [{ event: `${of('FEED', n % 12)}-OK` }, { event: `${of('FEED', (n + 5) % 12)}-OK` }],
    ...(n === 4 && { deletes: [{ event: 'MARKET-DATA', date: 'STAT' as const }] }),
    adds: [to(of('CALC', n), 'REPORT')],
  }))
  const reports: NightJob[] = Array.from({ length: 60 }, (_, n) => ({
    name: of('REPORT', n),
    command: `/opt/reports/run.sh ${n} "P&L <${name}>"`,
    host: `prdrep0${(n % 2) + 1}`,
    ...(n === 10 && { kind: 'dummy' as const }),
    ...(n === 21 && { days: { week: ['FRI'] } }),
    ...(n === 30 && { confirm: true }),
    waits: [to(of('CALC', n % 30), 'REPORT'), to(of('CALC', (n + 11) % 30), 'REPORT')],
    adds: [to(of('REPORT', n), 'SLA')],
  }))
  return {
    name: `${name}-NIGHT`,
    isSmart: true,
    days: { week: weekdays },
    from,
    adds: [{ event: `${name}-CLOSED` }],
    jobs: [
      {
        name: `${name}-SLA`,
        kind: 'sla',
        host: 'prdctm01',
        waits: reports.filter((_, n) => n % 4 === 0).map(({ name: r }) => to(r, 'SLA')),
        completeBy: { time: '05:30', days: 1 },
      },
    ],
    inside: [
      { name: `${name}-FEEDS`, isSmart: true, jobs: feeds, inside: [] },
      { name: `${name}-CALC`, isSmart: true, jobs: calcs, inside: [] },
      { name: `${name}-REPORTS`, isSmart: true, jobs: reports, inside: [] },
    ],
  }
}

const plain: NightFolder = {
  name: 'HOUSEKEEPING',
  isSmart: false,
  inside: [],
  jobs: [
    {
      name: 'RATES',
      command: 'rates',
      host: 'prdfed01',
      days: { week: weekdays },
      from: '1800',
      adds: [{ event: 'MARKET-DATA', date: 'STAT' }],
    },
    {
      name: 'RATES-BACKUP',
      command: 'rates --backup',
      host: 'prdfed02',
      days: { week: weekdays },
      from: '1815',
      adds: [{ event: 'MARKET-DATA', date: 'STAT' }],
    },
    {
      name: 'CLOSE-MONTH',
      command: 'close',
      host: 'prdbat01',
      days: { month: ['L1'], calendar: 'WORKDAYS' },
      from: '1900',
    },
    { name: 'CHECK', command: 'check', host: 'prdbat01', days: { month: ['ALL'], calendar: 'WORKDAYS' }, from: '0800' },
    {
      name: 'QUARTER',
      command: 'quarter',
      host: 'prdbat01',
      days: { month: ['1', '15'], week: ['SAT'], months: [1, 4, 7, 10], both: true },
      from: '0900',
    },
    { name: 'EITHER', command: 'either', host: 'prdbat01', days: { month: ['1'], week: ['MON'] }, from: '1000' },
    {
      name: 'POLL',
      command: 'poll',
      host: 'prdbat01',
      days: { week: weekdays },
      from: '0800',
      to: '1800',
      everyMinutes: 20,
    },
    { name: 'PURGE', command: 'purge', host: 'prdbat01', days: { month: ['ALL'] }, from: '0300' },
  ],
}

/** `bank` stands before the names of its regions, so that several have nothing in common. */
export const bankNight = (bank = ''): NightFolder[] => [
  ...Object.entries(starts).map(([name, from]) => region(bank + name, from)),
  { ...plain, name: bank + plain.name },
]

const dates = { ODAT: undefined, PREV: 'PreviousOrderDate', STAT: 'NoDate', '****': 'AnyDate' }
const jsonEvent = ({ event, date = 'ODAT' }: Event) => ({ Event: event, ...(dates[date] && { Date: dates[date] }) })
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

const jsonWhen = (days: NightJob['days'], from?: string, until?: string) => ({
  ...(days && {
    WeekDays: days.week ?? ['NONE'],
    MonthDays: days.month ?? ['NONE'],
    DaysRelation: days.both ? 'AND' : 'OR',
    ...(days.calendar && { MonthDaysCalendar: days.calendar }),
    ...(days.months && { Months: days.months.map((m) => months[m - 1]) }),
  }),
  ...(from && { FromTime: from }),
  ...(until && { ToTime: until }),
})

const jsonJob = (job: NightJob): object => ({
  Type: job.kind === 'sla' ? 'Job:SLAManagement' : job.kind === 'dummy' ? 'Job:Dummy' : 'Job:Command',
  ...(job.command && job.kind !== 'dummy' && { Command: job.command }),
  Host: job.host,
  RunAs: 'batch',
  Application: 'Night',
  Priority: 'Medium',
  CreatedBy: 'emuser',
  ...(job.kind === 'sla' && { ServiceName: job.name, ServicePriority: '1', JobRunsDeviationsTolerance: '3' }),
  ...(job.completeBy && { CompleteBy: { Time: job.completeBy.time, Days: String(job.completeBy.days) } }),
  ...((job.days || job.from || job.to) && { When: jsonWhen(job.days, job.from, job.to) }),
  ...(job.everyMinutes && { Rerun: { Every: String(job.everyMinutes), Units: 'Minutes', From: 'Start' } }),
  ...(job.reruns && { RerunLimit: { Times: String(job.reruns) } }),
  ...(job.confirm && { Confirm: true }),
  ...(job.pool && { [job.pool]: { Type: 'Resource:Pool', Quantity: '1' } }),
  ...(job.lock && { [job.lock]: { Type: 'Resource:Lock', LockType: 'Exclusive' } }),
  ...(job.waits && {
    eventsToWaitFor: {
      Type: 'WaitForEvents',
      Events: job.waits.map((w) => (typeof w === 'string' ? w : jsonEvent(w))),
    },
  }),
  ...(job.adds && { eventsToAdd: { Type: 'AddEvents', Events: job.adds.map(jsonEvent) } }),
  ...(job.deletes && { eventsToDelete: { Type: 'DeleteEvents', Events: job.deletes.map(jsonEvent) } }),
  ...(job.onFailure && {
    'IfBase:Folder:CompletionStatus_0': {
      Type: 'If:CompletionStatus',
      CompletionStatus: 'NOTOK',
      'Action:Event:Add_0': { Type: 'Action:Event:Add', ...jsonEvent(job.onFailure) },
    },
  }),
})

const jsonFolder = (folder: NightFolder, isInside: boolean): object => ({
  Type: isInside ? 'SubFolder' : folder.isSmart ? 'Folder' : 'SimpleFolder',
  ...(!isInside && { ControlmServer: SERVER, OrderMethod: 'Automatic' }),
  ...((folder.days || folder.from) && { When: jsonWhen(folder.days, folder.from) }),
  ...(folder.adds && { eventsToAdd: { Type: 'AddEvents', Events: folder.adds.map(jsonEvent) } }),
  ...Object.fromEntries(folder.inside.map((f) => [f.name, jsonFolder(f, true)])),
  ...Object.fromEntries(folder.jobs.map((j) => [j.name, jsonJob(j)])),
})

/** Monday to Friday without Christmas. */
const isWorkday = (date: Temporal.PlainDate) => date.dayOfWeek <= 5 && !/-12-2[56]$|-01-01$/.test(date.toString())
const daysOf = (year: number, month: number): Temporal.PlainDate[] =>
  Array.from(
    { length: new Temporal.PlainYearMonth(year, month).daysInMonth },
    (_, at) => new Temporal.PlainDate(year, month, at + 1),
  )
const calendarYears = [2026, 2027]

export const jsonNight = (folders: readonly NightFolder[]): string => {
  const years = calendarYears.map((Year) => ({
    Year: String(Year),
    ...Object.fromEntries(
      months.map((m, at) => [
        m,
        daysOf(Year, at + 1)
          .filter(isWorkday)
          .map((d) => String(d.day)),
      ]),
    ),
  }))
  const calendar = { Type: 'Calendar:Regular', Server: SERVER, When: { Years: years } }
  return JSON.stringify(
    { WORKDAYS: calendar, ...Object.fromEntries(folders.map((f) => [f.name, jsonFolder(f, false)])) },
    null,
    1,
  )
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)
const attributes = (of: Record<string, string | undefined>) =>
  Object.entries(of)
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${escaped(value)}"`))
    .join('')
const week = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

const xmlDays = (days: NightJob['days']) => ({
  DAYS: days?.month?.join(','),
  WEEKDAYS: days?.week?.map((d) => week.indexOf(d)).join(','),
  DAYSCAL: days?.calendar,
  DAYS_AND_OR: days?.both ? 'A' : 'O',
  ...(days && Object.fromEntries(months.map((m, at) => [m, !days.months || days.months.includes(at + 1) ? '1' : '0']))),
})

const xmlWaits = (waits: readonly (Event | Sign)[]): string => {
  let sign: 'A' | 'O' = 'A'
  let opens = ''
  const lines: Record<string, string | undefined>[] = []
  for (const part of waits) {
    if (part === 'OR') sign = 'O'
    else if (part === '(') opens = '('
    else if (part === ')') Object.assign(lines.at(-1) ?? {}, { OP: ')' })
    else if (part !== 'AND') {
      lines.push({ NAME: part.event, ODATE: part.date ?? 'ODAT', AND_OR: sign, OP: opens || undefined })
      sign = 'A'
      opens = ''
    }
  }
  return lines.map((l) => `<INCOND${attributes(l)}/>`).join('')
}

const xmlOut = (name: string, { event, date = 'ODAT' }: Event, SIGN: string) =>
  `<${name}${attributes({ NAME: event, ODATE: date, SIGN })}/>`

const xmlJob = (job: NightJob, isn: number): string => {
  const isSla = job.kind === 'sla'
  const says = attributes({
    JOBISN: String(isn),
    JOBNAME: job.name,
    MEMNAME: job.name.toLowerCase(),
    APPLICATION: 'Night',
    SUB_APPLICATION: undefined,
    CMDLINE: job.kind === 'dummy' ? undefined : job.command,
    NODEID: job.host,
    RUN_AS: 'batch',
    PRIORITY: 'AA',
    CRITICAL: '0',
    MAXWAIT: '3',
    MAXRERUN: String(job.reruns ?? 0),
    CONFIRM: job.confirm ? '1' : '0',
    TASKTYPE: job.kind ? 'Dummy' : 'Command',
    APPL_TYPE: isSla ? 'BIM' : 'OS',
    CYCLIC: job.everyMinutes ? '1' : '0',
    INTERVAL: `${String(job.everyMinutes ?? 1).padStart(5, '0')}M`,
    IND_CYCLIC: 'S',
    TIMEFROM: job.from,
    TIMETO: job.to,
    WEEKSCAL: undefined,
    ...xmlDays(job.days),
  })
  const parts = [
    ...(job.completeBy
      ? [
          `<VARIABLE NAME="%%BIM-SERVICE_NAME" VALUE="${job.name}"/>`,
          `<VARIABLE NAME="%%BIM-DUE_TIME" VALUE="${job.completeBy.time},${job.completeBy.days}"/>`,
        ]
      : []),
    ...(job.pool ? [`<QUANTITATIVE NAME="${job.pool}" QUANT="1" ONFAIL="R" ONOK="R"/>`] : []),
    ...(job.lock ? [`<CONTROL NAME="${job.lock}" TYPE="E" ONFAIL="R"/>`] : []),
    xmlWaits(job.waits ?? []),
    ...(job.adds ?? []).map((e) => xmlOut('OUTCOND', e, isn % 2 ? '+' : 'ADD')),
    ...(job.deletes ?? []).map((e) => xmlOut('OUTCOND', e, '-')),
    ...(job.onFailure ? [`<ON STMT="*" CODE="NOTOK">${xmlOut('DOCOND', job.onFailure, '+')}</ON>`] : []),
  ]
  return `<JOB${says}>\n${parts.filter(Boolean).join('\n')}\n</JOB>\n`
}

const xmlFolder = (folder: NightFolder, isInside: boolean): string => {
  const name = isInside ? 'SUB_FOLDER' : folder.isSmart ? 'SMART_FOLDER' : 'FOLDER'
  const says = attributes({
    DATACENTER: isInside ? undefined : SERVER,
    FOLDER_NAME: isInside ? undefined : folder.name,
    JOBNAME: folder.isSmart ? folder.name : undefined,
    FOLDER_ORDER_METHOD: isInside ? undefined : 'SYSTEM',
    TIMEFROM: folder.from,
    ...(folder.days ? xmlDays(folder.days) : {}),
  })
  const inside = [
    ...(folder.adds ?? []).map((e) => xmlOut('OUTCOND', e, '+')),
    ...folder.inside.map((f) => xmlFolder(f, true)),
    ...folder.jobs.map(xmlJob),
  ]
  return `<${name}${says}>\n${inside.join('')}</${name}>\n`
}

export const xmlNight = (folders: readonly NightFolder[]): { folders: string; calendars: string } => ({
  folders: `<?xml version="1.0" encoding="UTF-8"?>\n<DEFTABLE xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="Folder.xsd">\n${folders.map((f) => xmlFolder(f, false)).join('')}</DEFTABLE>\n`,
  calendars: `<DEFCAL><CALENDAR DATACENTER="${SERVER}" NAME="WORKDAYS" TYPE="Regular">${calendarYears
    .map(
      (year) =>
        `<YEAR NAME="${year}" DAYS="${months
          .flatMap((_, at) => daysOf(year, at + 1))
          .map((d) => (isWorkday(d) ? 'Y' : 'N'))
          .join('')}"/>`,
    )
    .join('')}</CALENDAR></DEFCAL>`,
})
