import { type DateOrder, momentOf, orderOf } from '../../jobs/index.ts'
import type { ImportFile, Place } from '../define-importer.ts'

/** What autorep prints, of the present state (`autorep -J %`) or of past runs (`-r -1`). Times are those of its server. */
export type Report = {
  file: string
  order: DateOrder
  /** false: no date tells whether the month or the day comes first. */
  isOrderCertain: boolean
  rows: ReportRow[]
  /** Lines that are no rows of it. */
  unread: Place[]
}
export type ReportRow = Place & {
  job: string
  /** How many boxes it stands in. */
  depth: number
  /** Milliseconds of the wall clock of the server; null for `-----`. */
  start: number | null
  end: number | null
  /** Two letters: SU, FA, TE, RU, OI … */
  status: string
  exit: number | null
  run: number | null
  tries: number | null
  zone: string | null
}

const heading = /^[ \t]*Job Name[ \t]+(Last Start|Status)/m

/** Where such a table begins in a text. */
export const reportAt = (text: string): number | null => heading.exec(text)?.index ?? null

const date = String.raw`\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\s+\d{1,2}:\d{2}(?::\d{2})?|-{3,}`
const row = new RegExp(
  String.raw`^( *)(\S+)\s+(${date})\s+(${date})\s+([A-Z]{2})(?:\/(-?\d+))?(?:\s+(\d+)\/(\d+))?(?:\s+(\S+))?(?:\s+\((.+)\))?\s*$`,
)
const rule = /^[\s_=-]*$/
/** After it stand the events of a job, which `autorep -d` prints. */
const details = /^\s*Status\/\[Event\]/

/** Reads such a table; `now` is the wall clock's, for there are no runs in the future. */
export const readReport = ({ name: file, text }: ImportFile, now: number): Report => {
  const matched: { line: number; match: RegExpExecArray }[] = []
  const unread: Place[] = []
  let inDetails = false
  for (const [at, whole] of text.split('\n').entries()) {
    if (heading.test(whole)) inDetails = false
    else if (details.test(whole)) inDetails = true
    else if (!inDetails && !rule.test(whole)) {
      const match = row.exec(whole.replaceAll('\t', ' '))
      if (match) matched.push({ line: at + 1, match })
      else unread.push({ file, line: at + 1 })
    }
  }
  const { order, isCertain } = orderOf(
    matched.flatMap(({ match }) => [match[3] ?? '', match[4] ?? '']),
    now + 86_400_000,
  )
  const rows = matched.map(({ line, match }): ReportRow => {
    const [, indent = '', job = '', start = '', end = '', status = '', exit, run, tries, last, zone] = match
    return {
      file,
      line,
      job,
      depth: indent.length,
      start: momentOf(start, order),
      end: momentOf(end, order),
      status,
      exit: whole(exit) ?? whole(last?.split('/').at(-1)),
      run: whole(run),
      tries: whole(tries),
      zone: zone ?? null,
    }
  })
  return { file, order, isOrderCertain: isCertain, rows, unread }
}

const whole = (text: string | undefined): number | null =>
  text !== undefined && /^-?\d+$/.test(text) ? Number(text) : null
