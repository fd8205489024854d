import type { Finding, ImportFile, Refusal } from '../define-importer.ts'
import { jsonPlaces, placeName } from '../json-places.ts'
import { isObject, type Json, textIn, textsIn } from '../json-values.ts'
import type { CtmCalendars } from './calendars.ts'
import { calendarOf, daysOf, rulesIn } from './json-days.ts'
import { jobOf } from './json-job.ts'
import type { CtmJob } from './shape.ts'

export type CtmReading = { jobs: CtmJob[]; findings: Finding[]; refused: Refusal[] }

const MOST_DEEP = 40
const lists = ['Folders', 'SubFolders', 'Jobs']
const isFolder = (type: string) => /^(Folder|SubFolder|SimpleFolder)$/.test(type)
const isJob = (type: string) => /^Job(:|$)/.test(type)

/** What the Automation API gives and takes: folders, jobs and calendars by their names. */
export const readControlmJson = ({ name: file, text }: ImportFile, calendars: CtmCalendars): CtmReading => {
  const reading: CtmReading = { jobs: [], findings: [], refused: [] }
  let root: unknown
  let places: ReturnType<typeof jsonPlaces>
  try {
    root = JSON.parse(text)
    places = jsonPlaces(text)
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    if (text.slice(0, 200).includes('\ufffd')) {
      reading.refused.push({ file, line: 1, reason: 'It is not written in UTF-8. Save it as UTF-8.' })
      return reading
    }
    reading.refused.push({ file, line: 1, reason: `It cannot be read as JSON: ${said.slice(0, 200)}.` })
    return reading
  }
  const lineOf = (path: readonly string[]) => places.lines.get(placeName(path)) ?? 1
  for (const { key, line } of places.twice)
    if (!/^(Type|When)$/.test(key))
      reading.findings.push({
        file,
        line,
        rule: 'said-twice',
        severity: 'warn',
        message: `${key} stands twice in the same object; only the last one is read.`,
      })
  if (!isObject(root) || !Object.values(root).some((v) => isObject(v) && typeof v.Type === 'string')) {
    reading.refused.push({ file, line: 1, reason: 'It holds no folders by name, as ctm deploy get prints them.' })
    return reading
  }
  const defaults = isObject(root.Defaults) ? root.Defaults : {}

  const walk = (node: Json, at: string[], outer: { server: string; path: string[]; box: string[] | null }): void => {
    for (const [name, given] of Object.entries(node)) {
      if (lists.includes(name) && Array.isArray(given) && given.length > 0)
        reading.refused.push({
          file,
          line: lineOf([...at, name, '0']),
          reason: `${name} stands as a list, which is not read. Write what is in it under its names, as ctm deploy get prints it.`,
        })
      if (!isObject(given) || typeof given.Type !== 'string') continue
      const child = withDefaults(given, defaults)
      const type = given.Type
      const here = [...at, name]
      const place = { file, line: lineOf(here) }
      const server = textIn(child.ControlmServer) || outer.server
      const path = [...outer.path, name]
      const made = () =>
        jobOf(name, child, place, { server, path, box: outer.box }, reading.findings, (key) => lineOf([...here, key]))
      if (type.startsWith('Calendar:')) calendarOf(name, child, place, calendars, reading)
      else if (isFolder(type)) {
        if (path.length > MOST_DEEP) {
          reading.refused.push({ ...place, reason: `${name}: folders are nested more than ${MOST_DEEP} deep.` })
          continue
        }
        for (const [rule, when] of rulesIn(child)) calendars.addRule(server, path[0] ?? '', rule, daysOf(when))
        const isPlain = type === 'SimpleFolder'
        const first = reading.jobs.length
        if (!isPlain) reading.jobs.push(made())
        walk(child, here, { server, path, box: isPlain ? null : path })
        if (/^manual$/i.test(textIn(child.OrderMethod))) byHand(reading.jobs.slice(first), path)
        flowsOf(child, path, reading.jobs.slice(first), (rule, message) =>
          reading.findings.push({ ...place, rule, severity: 'warn', message }),
        )
      } else if (isJob(type)) reading.jobs.push(made())
    }
  }
  walk(root, [], { server: '', path: [], box: null })
  return reading
}

/** Beside the folders a file may say what holds for all of its jobs and folders. */
const withDefaults = (node: Json, defaults: Json): Json => {
  const type = textIn(node.Type)
  const kinds = [isFolder(type) ? 'Folder' : isJob(type) ? 'Job' : '', type].map((k) => defaults[k]).filter(isObject)
  if (kinds.length === 0 && Object.keys(defaults).length === 0) return node
  const general = Object.entries(defaults).filter(([, value]) => !isObject(value))
  return Object.assign({}, isFolder(type) || isJob(type) ? Object.fromEntries(general) : {}, ...kinds, node) as Json
}

/** A folder that nobody but a person orders: neither it nor what is straight in it is expected. */
export const byHand = (jobs: readonly CtmJob[], path: readonly string[]): void => {
  for (const job of jobs) if (job.path.length <= path.length + 1 && job.days) job.days = { ...job.days, never: true }
}

/** Each job of a flow waits for the one before it. */
const flowsOf = (
  folder: Json,
  path: string[],
  jobs: readonly CtmJob[],
  warn: (rule: string, message: string) => void,
): void => {
  const inside = new Map(jobs.filter((j) => j.path.length === path.length + 1).map((j) => [j.path.at(-1), j]))
  for (const [name, flow] of Object.entries(folder)) {
    if (!isObject(flow) || flow.Type !== 'Flow') continue
    let before: CtmJob | undefined
    for (const step of textsIn(flow.Sequence)) {
      const job = inside.get(step)
      if (!job) warn('flow-unknown', `The flow ${name} names ${step}, which is not in its folder.`)
      else {
        if (before) job.after.push(before.path)
        before = job
      }
    }
  }
}
