import type { Finding, Place } from '../define-importer.ts'
import { isObject, isTrue, type Json, numberIn, textIn, textsIn } from '../json-values.ts'
import { type Act, endOf, noteUnread, sorted } from './acts.ts'
import { daysOf, rulesOf } from './json-days.ts'
import type { CtmAdded, CtmCycle, CtmDeadline, CtmEvent, CtmExpression, CtmJob } from './shape.ts'
import { minutesOf } from './times.ts'
import { watchOf } from './watch.ts'
import { eventDate, readExpression, type Token } from './words.ts'

type Where = Pick<CtmJob, 'server' | 'path' | 'box'>

const unitSeconds: Record<string, number> = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 }

/** A job or a smart folder, without what is inside it. */
export const jobOf = (
  name: string,
  node: Json,
  place: Place,
  where: Where,
  findings: Finding[],
  lineOf: (key: string) => number,
): CtmJob => {
  const note = (rule: string, severity: Finding['severity'], message: string) =>
    findings.push({ ...place, rule, severity, message })
  const type = textIn(node.Type)
  const when = isObject(node.When) ? node.When : {}
  const parts = Object.entries(node).filter((e): e is [string, Json] => isObject(e[1]))
  const ofType = (pattern: RegExp) => parts.filter(([, part]) => pattern.test(textIn(part.Type)))
  const isFolder = /Folder$/.test(type)
  const acts = ofType(/^If(:|$)/).flatMap(([key, part]) =>
    actsOf(part, name, (rule, severity, message) =>
      findings.push({ ...place, line: lineOf(key), rule, severity, message }),
    ),
  )
  const atEnd = sorted([...acts, ...ofType(/^Action:CaptureOutput$/).map(() => ({ left: 'Action:CaptureOutput' }))])
  const days = daysOf(when)
  // Without days it is ordered every day; what is in a smart folder whenever that is.
  const hasDays = ['WeekDays', 'MonthDays', 'SpecificDates', 'Schedule', 'RuleBasedCalendars'].some((k) => k in when)
  return {
    ...place,
    ...where,
    kind: isFolder ? 'folder' : type === 'Job:Dummy' ? 'dummy' : type === 'Job:SLAManagement' ? 'sla' : 'job',
    days: hasDays || where.box ? days : { ...days, month: ['ALL'] },
    rules: rulesOf(when),
    timeFrom: textIn(when.FromTime),
    timeTo: textIn(when.ToTime),
    zone: textIn(node.TimeZone),
    cycle: cycleOf(node),
    waitsFor: waitsOf(node, name, note),
    ...atEnd,
    adds: [
      ...listed(node, /^AddEvents$/, 'AddEvents').map((e): CtmAdded => ({ ...e, when: { is: 'succeeded' } })),
      ...atEnd.adds,
    ],
    deletes: [...listed(node, /^DeleteEvents$/, 'DeleteEvents'), ...atEnd.deletes],
    after: [],
    retries: numberIn(isObject(node.RerunLimit) ? node.RerunLimit.Times : node.RerunLimit) ?? 0,
    confirm: isTrue(node.Confirm),
    asDummy: isTrue(node.RunAsDummy),
    held: isTrue(node.Hold),
    resources: [
      ...ofType(/^Resource:(Pool|Semaphore)$/).map(([n, p]) => ({ name: n, units: numberIn(p.Quantity) ?? 1 })),
      // A lock that several share holds none of them up.
      ...ofType(/^Resource:(Lock|Mutex)$/)
        .filter(([, p]) => !/^shared$/i.test(textIn(p.LockType) || textIn(p.MutexType)))
        .map(([n]) => ({ name: `lock ${n}`, units: 1 })),
    ],
    deadlines: deadlinesOf(node, name),
    longSeconds: longOf(ofType(/^Notify:ExecutionTime$/).map(([, p]) => p)),
    watch: /^Job:FileWatcher(:|$)/.test(type)
      ? watchOf(textIn(node.Path), textIn(node.TimeLimit), [textIn(node.StartTime), textIn(node.StopTime)])
      : null,
    command: commandOf(node),
    host: textIn(node.Host),
    description: textIn(node.Description),
    tags: [textIn(node.Application), textIn(node.SubApplication)].filter(Boolean),
    attributes: isFolder ? withoutMembers(node) : node,
  }
}

const withoutMembers = (node: Json): Json =>
  Object.fromEntries(
    Object.entries(node).filter(([, v]) => !(isObject(v) && /^(Job(:|$)|.*Folder$|Flow$)/.test(textIn(v.Type)))),
  )

const eventOf = (given: unknown): CtmEvent | null => {
  const name = isObject(given) ? textIn(given.Event) : textIn(given)
  return name ? { name, date: eventDate(isObject(given) ? textIn(given.Date) : '') } : null
}

/** Event lists stand in objects of a type under any name, or straight under the type's. */
const lists = (node: Json, type: RegExp, key: string): unknown[][] => [
  ...Object.values(node).flatMap((v) =>
    isObject(v) && type.test(textIn(v.Type)) && Array.isArray(v.Events) ? [v.Events] : [],
  ),
  ...(Array.isArray(node[key]) ? [node[key]] : []),
]

const listed = (node: Json, type: RegExp, key: string): CtmEvent[] =>
  lists(node, type, key).flatMap((list) => list.flatMap((e) => eventOf(e) ?? []))

type NoteOf = (rule: string, severity: Finding['severity'], message: string) => void

const waitsOf = (node: Json, name: string, note: NoteOf): CtmExpression | null => {
  const all = lists(node, /^WaitForEvents$/, 'WaitForEvents').flatMap((list) => {
    const tokens = list.flatMap((given): Token[] => {
      const word = textIn(given).trim().toUpperCase()
      if (word === '(' || word === ')' || word === 'AND' || word === 'OR') return [word]
      const event = eventOf(given)
      return event ? [{ event }] : []
    })
    const read = readExpression(tokens)
    if (!read) {
      note('brackets', 'warn', `${name}: the brackets of what it waits for do not match; all of it is waited for.`)
      return tokens.flatMap((t) => (typeof t === 'string' ? [] : [t]))
    }
    if (read.mixed)
      note('and-or-mixed', 'warn', `${name} waits for AND and OR without brackets; AND is taken to bind more.`)
    return read.expression ? [read.expression] : []
  })
  const [only] = all
  return all.length > 1 ? { all } : (only ?? null)
}

/** What it does when it has ended in a certain way. */
const actsOf = (part: Json, name: string, note: NoteOf): Act[] => {
  const type = textIn(part.Type)
  const said = [type, textIn(part.CompletionStatus), textIn(part.Statement), textIn(part.Code)]
    .filter(Boolean)
    .join(' ')
  const end = endOf(textIn(part.CompletionStatus), said, /^If(:CompletionStatus)?$/.test(type))
  const { when } = end
  const acts = Object.values(part)
    .filter(isObject)
    .flatMap((act): Act[] => {
      const what = textIn(act.Type)
      const event = eventOf(act)
      if (/(^|:)Event:Add$/.test(what) && event) return [{ added: { ...event, when } }]
      if (/(^|:)Event:Delete$/.test(what) && event) return [{ deleted: event }]
      if (/^(Action:)?Run$/.test(what) && textIn(act.Job))
        return [{ forced: { job: [textIn(act.Folder), textIn(act.Job)].filter(Boolean).join('/'), when } }]
      const [, to] = /^(?:Action:)?SetTo(OK|NotOK)$/i.exec(what) ?? []
      if (to) return [{ verdict: { isGood: to.length === 2, when: end.isRead ? when : null } }]
      return what ? [{ left: what }] : []
    })
  noteUnread(name, end, acts, note)
  return acts
}

const cycleOf = (node: Json): CtmCycle | null => {
  const { Rerun, RerunIntervals, RerunSpecificTimes } = node
  if (isObject(Rerun) && numberIn(Rerun.Every)) {
    const unit = unitSeconds[textIn(Rerun.Units).toLowerCase() || 'minutes'] ?? 60
    const from = textIn(Rerun.From).toLowerCase()
    return {
      kind: 'every',
      seconds: (numberIn(Rerun.Every) ?? 1) * unit,
      from: from === 'end' || from === 'target' ? from : 'start',
    }
  }
  if (isObject(RerunIntervals))
    return { kind: 'after', seconds: textsIn(RerunIntervals.Intervals).map(intervalSeconds) }
  if (isObject(RerunSpecificTimes)) return { kind: 'at', times: textsIn(RerunSpecificTimes.At) }
  return null
}

/** `+30M`, `1H`, `12`: minutes unless a letter says otherwise. */
export const intervalSeconds = (text: string): number => {
  const [, digits = '1', unit = 'M'] = /^\+?(\d{1,6})([SMHD]?)$/i.exec(text.trim()) ?? []
  return Number(digits) * ({ S: 1, M: 60, H: 3_600, D: 86_400 }[unit.toUpperCase() || 'M'] ?? 60)
}

const deadlinesOf = (node: Json, job: string): CtmDeadline[] => {
  const name = textIn(node.ServiceName) || job
  const by = isObject(node.CompleteBy) ? node.CompleteBy : null
  const within = isObject(node.CompleteIn) ? minutesOf(textIn(node.CompleteIn.Time)) : null
  return [
    ...(by && minutesOf(textIn(by.Time)) !== null
      ? [{ kind: 'by' as const, name, time: textIn(by.Time), days: numberIn(by.Days) ?? 0 }]
      : []),
    ...(within ? [{ kind: 'in' as const, name, seconds: within * 60 }] : []),
  ]
}

const longOf = (notes: readonly Json[]): number | null => {
  const limits = notes.filter((n) => /^greater/i.test(textIn(n.Criteria))).map((n) => numberIn(n.Value) ?? 0)
  return limits.length > 0 ? Math.min(...limits) * 60 || null : null
}

const commandOf = (node: Json): string => {
  if (textIn(node.Command)) return textIn(node.Command)
  const file = [textIn(node.FilePath).replace(/\/$/, ''), textIn(node.FileName)].filter(Boolean).join('/')
  if (file) return [file, ...textsIn(node.Arguments)].join(' ')
  return textIn(node.Script) || textIn(node.Path)
}
