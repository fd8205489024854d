import type { ImportFile } from '../define-importer.ts'
import { type Element, readXml } from '../xml-files.ts'
import type { CtmCalendars } from './calendars.ts'
import { byHand, type CtmReading } from './json.ts'
import type { CtmJob } from './shape.ts'
import { calendarOf, daysOf } from './xml-days.ts'
import { jobOf } from './xml-job.ts'

const roots = ['DEFTABLE', 'DEFCAL', 'CALENDARS']

/** What `exportdeftable` and `exportdefcal` write: folders with their jobs, and calendars. */
export const readControlmXml = (file: ImportFile, calendars: CtmCalendars): CtmReading => {
  const reading: CtmReading = { jobs: [], findings: [], refused: [] }
  const root = readXml(file)
  if ('reason' in root) {
    reading.refused.push(root)
    return reading
  }
  if (!roots.includes(root.name)) {
    reading.refused.push({
      file: file.name,
      line: root.line,
      reason: `Its element is ${root.name}; Control-M exports DEFTABLE for jobs and DEFCAL for calendars.`,
    })
    return reading
  }
  type Outer = { server: string; path: string[]; box: string[] | null }
  const walk = (element: Element, outer: Outer) => {
    const place = { file: file.name, line: element.line }
    const { name, attributes, children } = element
    const server = attributes.DATACENTER ?? outer.server
    if (name === 'CALENDAR') calendarOf(element, place, calendars, reading)
    else if (name === 'JOB') reading.jobs.push(named(jobOf(element, place, outer, reading), reading))
    else if (/^(SMART_FOLDER|SUB_FOLDER|FOLDER|TABLE|SMART_TABLE|SUB_TABLE|SCHED_TABLE)$/.test(name)) {
      const own = attributes.FOLDER_NAME ?? attributes.TABLE_NAME ?? attributes.JOBNAME ?? ''
      if (!own) {
        reading.refused.push({ ...place, reason: `A ${name} has a name (FOLDER_NAME).` })
        return
      }
      const path = [...outer.path, own]
      for (const rule of children)
        if (rule.name === 'RULE_BASED_CALENDAR' && rule.attributes.NAME)
          calendars.addRule(server, path[0] ?? '', rule.attributes.NAME, daysOf(rule.attributes))
      const isPlain = name === 'FOLDER' || name === 'TABLE' || name === 'SCHED_TABLE'
      const first = reading.jobs.length
      const isManual = /manual/i.test(attributes.FOLDER_ORDER_METHOD ?? '')
      if (!isPlain) {
        reading.jobs.push(jobOf(element, place, { server, path: outer.path, box: outer.box, name: own }, reading))
      }
      for (const child of children) walk(child, { server, path, box: isPlain ? null : path })
      if (isManual) byHand(reading.jobs.slice(first), path)
    }
  }
  for (const child of root.children) walk(child, { server: '', path: [], box: null })
  return reading
}

/** A job without a name is known by its member. */
const named = (job: CtmJob, { findings }: CtmReading): CtmJob => {
  const { file, line } = job
  if (job.path.at(-1) !== '') return job
  findings.push({ file, line, rule: 'no-name', severity: 'warn', message: 'A job has neither JOBNAME nor MEMNAME.' })
  return { ...job, path: [...job.path.slice(0, -1), `line ${line}`] }
}
