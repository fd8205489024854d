import { CsvError, parse } from 'csv-parse/sync'
import { isKnownZone } from '../../../platform/wall-clock.ts'
import {
  defineImporter,
  type ImportedJob,
  type ImportFile,
  type ImportOptions,
  type Reading,
} from '../define-importer.ts'
import { ImportError } from '../import-error.ts'
import { deadlineIn, namesIn, waitsIn } from '../list-waits.ts'
import { spanSeconds } from '../spans.ts'

/** What a column may be called. */
const columns = {
  id: ['id', 'external id', 'key', 'job id'],
  name: ['name', 'job', 'job name', 'title'],
  cron: ['schedule', 'cron'],
  oncalendar: ['oncalendar', 'on calendar', 'calendar'],
  period: ['period', 'every', 'interval'],
  zone: ['zone', 'time zone', 'timezone', 'tz'],
  command: ['command', 'cmd', 'script'],
  host: ['host', 'machine', 'server', 'node'],
  tags: ['tags', 'labels'],
  description: ['description', 'comment', 'notes'],
  enabled: ['enabled', 'active'],
  grace: ['grace'],
  maxRun: ['longest run', 'max run', 'timeout'],
  after: ['after', 'waits for', 'predecessors', 'depends on'],
  by: ['complete by', 'done by', 'deadline'],
} as const
type Column = keyof typeof columns
const saysWhen: readonly Column[] = ['cron', 'oncalendar', 'period', 'after']

const plain = (heading: string) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
const columnOf = (heading: string): Column | null => {
  const found = Object.entries(columns).find(([, names]) => (names as readonly string[]).includes(plain(heading)))
  return (found?.[0] as Column | undefined) ?? null
}
const headingOf = (text: string): string => text.split('\n').find((line) => line.trim() !== '') ?? ''
const delimiterOf = (heading: string): string =>
  [',', ';', '\t'].toSorted((a, b) => heading.split(b).length - heading.split(a).length)[0] ?? ','
const known = (heading: string): (Column | null)[] =>
  heading.split(delimiterOf(heading)).map((h) => columnOf(h.replace(/^"|"$/g, '')))

/** A plain list. */
export const csv = defineImporter({
  kind: 'csv',
  title: 'CSV',
  help: 'A list with headings, by commas, semicolons or tabs: name, and one of schedule (as in cron), oncalendar or period (1h 30min); also id, zone, host, command, description, tags, enabled, grace, longest run; after (names of jobs in the list that must have succeeded before, by &) and complete by (05:30, or 05:30 +1 for the day after its business date). Other columns are kept. A job is known by its id, else by its host and name.',
  accepts({ name, text }) {
    const found = known(headingOf(text))
    if (!found.includes('name') || !found.some((c) => c !== null && saysWhen.includes(c))) return 0
    return /\.(csv|tsv)$/i.test(name) ? 1 : 0.9
  },
  read(files, options) {
    const reading: Reading = { jobs: [], findings: [], refused: [] }
    for (const file of files) readList(file, options, reading)
    return reading
  },
  samples: [
    {
      name: 'a list out of a spreadsheet',
      files: [
        {
          name: 'jobs.csv',
          text: 'Name;Schedule;Period;Time zone;Host;Grace;Owner\nEOD prices;0 22 * * 1-5;;Europe/London;prdbat01;30min;Priya\n"Feed; Tokyo";;15min;;prdbat02;;\nNobody knows when;;;;;;\nOdd;0 5 * * *;;Mars/Phobos;;;\n',
        },
      ],
      jobs: [
        ['prdbat01:EOD prices', '0 22 * * 1-5 Europe/London'],
        ['prdbat02:Feed; Tokyo', 'every 900'],
        ['Nobody knows when', null],
      ],
      rules: [],
      refusedLines: [5],
    },
    {
      name: 'a night with its deadline',
      files: [
        {
          name: 'night.csv',
          text: 'name,schedule,after,complete by\nTRADES,0 22 * * 1-5,,\nPRICES,0 22 * * 1-5,,\nPNL,,TRADES & PRICES,07:45 +1\nMAIL,,PNL,late\n',
        },
      ],
      jobs: [
        ['TRADES', '0 22 * * 1-5 UTC'],
        ['PRICES', '0 22 * * 1-5 UTC'],
        ['PNL', null],
      ],
      rules: [],
      refusedLines: [5],
    },
  ],
})

const readList = (file: ImportFile, options: ImportOptions, { jobs: all, refused }: Reading): void => {
  const jobs: ImportedJob[] = []
  const after = new Map<ImportedJob, string[]>()
  const [heading, ...rows] = rowsOf(file)
  if (!heading?.cells.some((h) => columnOf(h) === 'name'))
    throw new ImportError(`${file.name}: its first line must name the columns, one of them name.`)
  for (const { cells, line } of rows) {
    const place = { file: file.name, line }
    const has: Partial<Record<Column, string>> = {}
    const attributes: Record<string, unknown> = {}
    for (const [at, title] of heading.cells.entries()) {
      const value = cells[at]?.trim() ?? ''
      const column = columnOf(title)
      if (column) has[column] ||= value
      else if (value && title) Object.defineProperty(attributes, title, { value, enumerable: true })
    }
    const found = jobOf(has, options)
    if (typeof found === 'string') refused.push({ ...place, reason: found })
    else {
      const job = { ...place, ...found, attributes }
      jobs.push(job)
      after.set(job, namesIn(has.after ?? ''))
    }
  }
  for (const job of waitsIn(jobs, after)) all.push(job)
}

type Row = Partial<Record<Column, string>>

/** A job, or why it is none. */
const jobOf = (has: Row, options: ImportOptions): Omit<ImportedJob, 'file' | 'line' | 'attributes'> | string => {
  if (!has.name) return 'There is no name.'
  const zone = has.zone || options.zone
  if (!isKnownZone(zone)) return `${has.name}: ${zone} is no time zone; write one such as Europe/London.`
  const spans = { period: has.period, grace: has.grace, maxRun: has.maxRun }
  const odd = Object.values(spans).find((text) => text && spanSeconds(text) === null)
  if (odd) return `${has.name}: ${odd} is no span of time; write one such as 1h 30min, or a number of seconds.`
  const by = has.by ? deadlineIn(has.by) : null
  if (has.by && !by) return `${has.name}: ${has.by} is no time to be done by; write one such as 05:30, or 05:30 +1.`
  const host = has.host || options.host
  return {
    externalId: has.id || [host, has.name].filter(Boolean).join(':'),
    name: has.name,
    schedule: has.cron
      ? { kind: 'cron', expression: has.cron, zone }
      : has.oncalendar
        ? { kind: 'oncalendar', expression: has.oncalendar, zone }
        : has.period
          ? { kind: 'period', seconds: spanSeconds(has.period) ?? 0 }
          : null,
    unscheduled: 'Its line says nothing in the columns schedule, oncalendar, period and after.',
    command: has.command ?? '',
    host: host ?? null,
    tags: (has.tags ?? '').split(/[,;\s]+/).filter(Boolean),
    description: has.description ?? '',
    enabled: !/^(0|no|n|false|off|disabled)$/i.test(has.enabled ?? ''),
    graceSeconds: has.grace ? spanSeconds(has.grace) : null,
    maxRunSeconds: has.maxRun ? spanSeconds(has.maxRun) : null,
    ...(by && { deadlines: [{ ...by, name: has.name.slice(0, 200) }] }),
  }
}

const rowsOf = ({ name, text }: ImportFile): { cells: string[]; line: number }[] => {
  try {
    const read = parse(text, {
      delimiter: delimiterOf(headingOf(text)),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      max_record_size: 100_000,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    return read.map(({ record, info }) => ({ cells: record, line: info.lines }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new ImportError(
      `${name} line ${Number((error as { lines?: number }).lines ?? 0)}: a quotation mark is in the wrong place, or is not closed. Put a mark around the whole field, or none.`,
    )
  }
}
