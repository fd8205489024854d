import type { Finding, Place } from '../define-importer.ts'
import type { Element } from '../xml-files.ts'
import { type Act, endOf, noteUnread, sorted } from './acts.ts'
import type { CtmReading } from './json.ts'
import { intervalSeconds } from './json-job.ts'
import type { CtmAdded, CtmCycle, CtmDeadline, CtmEvent, CtmExpression, CtmJob, CtmRules } from './shape.ts'
import { minutesOf } from './times.ts'
import { watchOf } from './watch.ts'
import { eventDate, readExpression, type Token } from './words.ts'
import { daysOf } from './xml-days.ts'

type Attributes = Record<string, string>
type NoteOf = (rule: string, severity: Finding['severity'], message: string) => void

const isYes = (text: string | undefined) => /^(1|Y|YES|TRUE)$/i.test(text ?? '')

/** A job, smart folder or sub folder, without what is inside it. */
export const jobOf = (
  element: Element,
  place: Place,
  where: Pick<CtmJob, 'server' | 'path' | 'box'> & { name?: string },
  { findings }: CtmReading,
): CtmJob => {
  const { attributes: a, children } = element
  const name = where.name ?? (a.JOBNAME || a.MEMNAME || '')
  const note: NoteOf = (rule, severity, message) => findings.push({ ...place, rule, severity, message })
  const of = (...names: string[]) => children.filter((c) => names.includes(c.name)).map((c) => c.attributes)
  const atEnd = sorted(
    children
      .filter((c) => c.name === 'ON')
      .flatMap((on) =>
        actsOf(on, name, (rule, severity, message) =>
          findings.push({ ...place, line: on.line, rule, severity, message }),
        ),
      ),
  )
  const outs = of('OUTCOND').map(signedEvent)
  const isFolder = element.name !== 'JOB'
  const said = variablesOf(of('VARIABLE', 'AUTOEDIT', 'AUTOEDIT2'))
  const watching = (key: string) => said.get(`FILEWATCH-${key}`) ?? ''
  const watch = /^file.?watch/i.test(a.APPL_TYPE ?? '')
    ? watchOf(watching('FILE_PATH'), watching('TIME_LIMIT'), [watching('START_TIME'), watching('STOP_TIME')])
    : null
  return {
    ...place,
    server: where.server,
    path: [...where.path, name],
    box: where.box,
    kind: isFolder ? 'folder' : kindOf(a),
    days: daysOf(a),
    rules: rulesOf(a, of('RULE_BASED_CALENDARS')),
    timeFrom: a.TIMEFROM ?? '',
    timeTo: a.TIMETO ?? '',
    zone: a.TIMEZONE ?? '',
    cycle: cycleOf(a),
    waitsFor: waitsOf(of('INCOND'), name, note),
    ...atEnd,
    adds: [
      ...outs.flatMap((o): CtmAdded[] => (o.isAdd ? [{ ...o.event, when: { is: 'succeeded' } }] : [])),
      ...atEnd.adds,
    ],
    deletes: [...outs.flatMap((o) => (o.isAdd ? [] : [o.event])), ...atEnd.deletes],
    after: [],
    retries: Number(a.MAXRERUN ?? 0) || 0,
    confirm: isYes(a.CONFIRM),
    asDummy: isYes(a.RUN_AS_DUMMY),
    held: isYes(a.HOLD),
    resources: [
      ...of('QUANTITATIVE').map((q) => ({ name: q.NAME ?? '', units: Number(q.QUANT ?? 1) || 1 })),
      // A lock that several share holds none of them up.
      ...of('CONTROL')
        .filter((c) => !/^S/i.test(c.TYPE ?? ''))
        .map((c) => ({ name: `lock ${c.NAME ?? ''}`, units: 1 })),
    ],
    deadlines: deadlinesOf(a, name, of('SHOUT'), said),
    longSeconds: longOf(of('SHOUT')),
    watch,
    command: watch?.file || a.CMDLINE || [(a.MEMLIB ?? '').replace(/\/$/, ''), a.MEMNAME].filter(Boolean).join('/'),
    host: a.NODEID ?? '',
    description: a.DESCRIPTION ?? '',
    tags: [a.APPLICATION, a.SUB_APPLICATION].filter((t): t is string => Boolean(t)),
    attributes: keptOf(element),
  }
}

const kindOf = (a: Attributes): CtmJob['kind'] => {
  if (/^(BIM|SLA)/i.test(a.APPL_TYPE ?? '')) return 'sla'
  return /^dummy$/i.test(a.TASKTYPE ?? '') ? 'dummy' : 'job'
}

/** All that it says, as it was written; of what is inside it too. */
const keptOf = ({ attributes, children }: Element): Record<string, unknown> => {
  const parts = children.filter((c) => c.name !== 'JOB' && !c.name.endsWith('FOLDER') && !c.name.endsWith('TABLE'))
  return { ...attributes, ...(parts.length > 0 && { parts: parts.map(partOf) }) }
}
const partOf = ({ name, attributes, children }: Element): Record<string, unknown> => ({
  is: name,
  ...attributes,
  ...(children.length > 0 && { parts: children.map(partOf) }),
})

const rulesOf = (a: Attributes, named: readonly Attributes[]): CtmRules => {
  const names = named.map((n) => n.NAME ?? '').filter(Boolean)
  return {
    included: names.filter((n) => !n.startsWith('!')),
    excluded: names.filter((n) => n.startsWith('!')).map((n) => n.slice(1)),
    and: /^A/i.test(a.RULE_BASED_CALENDAR_RELATIONSHIP ?? ''),
  }
}

const eventOf = (a: Attributes): CtmEvent => ({ name: a.NAME ?? '', date: eventDate(a.ODATE ?? '') })

/** Older exports write ADD and DEL for + and -; without a sign it is added. */
const signedEvent = (a: Attributes) => ({ event: eventOf(a), isAdd: !/^(-|DEL)/i.test((a.SIGN ?? '+').trim()) })

/** The sign of each stands between it and the one before. */
const waitsOf = (given: readonly Attributes[], name: string, note: NoteOf): CtmExpression | null => {
  const tokens = given.flatMap((a, at): Token[] => {
    const op = a.OP ?? ''
    const sign = /^O/i.test(a.AND_OR ?? '') ? ('OR' as const) : ('AND' as const)
    return [
      ...(at > 0 ? [sign] : []),
      ...(op.includes('(') ? (['('] as const) : []),
      { event: eventOf(a) },
      ...(op.includes(')') ? ([')'] as const) : []),
    ]
  })
  const read = readExpression(tokens)
  if (!read) {
    note('brackets', 'warn', `${name}: the brackets of what it waits for do not match; all of it is waited for.`)
    return { all: given.map((a) => ({ event: eventOf(a) })) }
  }
  if (read.mixed)
    note('and-or-mixed', 'warn', `${name} waits for AND and OR without brackets; AND is taken to bind more.`)
  return read.expression
}

const actsOf = ({ attributes, children }: Element, name: string, note: NoteOf): Act[] => {
  const code = attributes.CODE ?? attributes.PGMS ?? ''
  const statement = (attributes.STMT ?? '*').trim() || '*'
  // What names a line of the script, or of its output, goes by more than the end.
  const end = endOf(code, statement === '*' ? `ON ${code}` : `ON ${statement} ${code}`, statement === '*')
  const { when } = end
  const acts = children.flatMap(({ name: act, attributes: a }): Act[] => {
    const word = act.replace('_', '')
    if (word === 'DOCOND') {
      const { event, isAdd } = signedEvent(a)
      return [isAdd ? { added: { ...event, when } } : { deleted: event }]
    }
    if (word === 'DOFORCEJOB')
      return [{ forced: { job: [a.TABLE_NAME ?? a.FOLDER_NAME, a.NAME ?? a.JOBNAME].filter(Boolean).join('/'), when } }]
    if (word !== 'DOACTION') return [{ left: act }]
    const action = (a.ACTION ?? '').trim().toUpperCase()
    if (action === 'OK' || action === 'NOTOK')
      return [{ verdict: { isGood: action === 'OK', when: end.isRead ? when : null } }]
    return [{ left: `${act} ${action}`.trim() }]
  })
  noteUnread(name, end, acts, note)
  return acts
}

const cycleOf = (a: Attributes): CtmCycle | null => {
  if (!isYes(a.CYCLIC)) return null
  const list = (text: string | undefined) =>
    (text ?? '')
      .split(/[,\s]+/)
      .map((t) => t.trim())
      .filter(Boolean)
  if (/^S/i.test(a.CYCLIC_TYPE ?? '') && a.CYCLIC_TIMES_SEQUENCE)
    return { kind: 'at', times: list(a.CYCLIC_TIMES_SEQUENCE) }
  if (/^V/i.test(a.CYCLIC_TYPE ?? '') && a.CYCLIC_INTERVAL_SEQUENCE)
    return { kind: 'after', seconds: list(a.CYCLIC_INTERVAL_SEQUENCE).map(intervalSeconds) }
  const from = { S: 'start', E: 'end', T: 'target' }[(a.IND_CYCLIC ?? 'S').trim().charAt(0).toUpperCase()]
  return {
    kind: 'every',
    seconds: intervalSeconds(a.INTERVAL ?? '1M') || 60,
    from: from === 'end' || from === 'target' ? from : 'start',
  }
}

/** `>060` minutes. What is counted from the average is no fixed limit. */
const longOf = (shouts: readonly Attributes[]): number | null => {
  const limits = shouts.flatMap((s) => {
    const [, minutes] = /^EXECTIME$/i.test(s.WHEN ?? '') ? (/^>\s*(\d{1,5})$/.exec((s.TIME ?? '').trim()) ?? []) : []
    return minutes ? [Number(minutes) * 60] : []
  })
  return limits.length > 0 ? Math.min(...limits) || null : null
}

const variablesOf = (variables: readonly Attributes[]): ReadonlyMap<string, string> =>
  new Map(variables.map((v) => [(v.NAME ?? '').replace(/^%%/, '').toUpperCase(), v.VALUE ?? '']))

/** A shout when it is late, a time by which it is due out, and what a service says in its variables. */
const deadlinesOf = (
  a: Attributes,
  job: string,
  shouts: readonly Attributes[],
  said: ReadonlyMap<string, string>,
): CtmDeadline[] => {
  const name = said.get('BIM-SERVICE_NAME') || job
  const by = (time: string, days: string | undefined): CtmDeadline[] =>
    minutesOf(time) === null ? [] : [{ kind: 'by', name, time, days: Number(days ?? 0) || 0 }]
  // 05:30,1: the time, and how many days after the business date.
  const [due = '', days] = (said.get('BIM-DUE_TIME') ?? '').split(',')
  return [
    ...shouts.filter((s) => /^LATETIME$/i.test(s.WHEN ?? '')).flatMap((s) => by(s.TIME ?? '', s.DAYSOFFSET)),
    ...by(a.DUE_OUT ?? '', a.DUE_OUT_DAYSOFFSET),
    ...by(due, days),
  ]
}
