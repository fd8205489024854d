import type { Finding, ImportFile, Place, Refusal } from '../define-importer.ts'
import { ImportError } from '../import-error.ts'
import { lostSigns } from '../lost-signs.ts'
import { hasOpenQuote, unescaped } from './values.ts'

/** A line `key: value`, with what follows it of a list. The value is as it was written, quotes and all. */
export type Attribute = Place & { key: string; value: string }
export type Row = Place & { text: string }
/** `insert_job: EOD` or `calendar: UK_HOLS`, and what stands below it. */
export type Statement = Place & { verb: string; subject: string; attributes: Attribute[]; rows: Row[] }
export type Lexed = { statements: Statement[]; findings: Finding[]; refused: Refusal[] }

export const calendarVerbs = ['calendar', 'cycle', 'extended_calendar', 'ext_calendar'] as const
const things = 'machine global resource xinst blob glob monbro job_type connectionprofile'.split(' ')
const verbs = new Set<string>([
  ...'insert_job update_job delete_job delete_box override_job rename_job'.split(' '),
  ...['insert', 'update', 'delete'].flatMap((act) => things.map((thing) => `${act}_${thing}`)),
  ...calendarVerbs,
])
/** What only a statement looks like: one that is not known must not be taken for an attribute of the one before. */
const verbLike = /^(insert|update|delete|override|rename)_\w+$/
const keyLike = /^[A-Za-z_][A-Za-z0-9_]*$/
const dateRow = /^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(\s|$)/
/** Their values may run on over the lines that follow. */
const lists = new Set(['start_times', 'start_mins', 'must_start_times', 'must_complete_times'])
const known =
  'box_name|command|condition|date_conditions|days_of_week|description|job_type|machine|owner|run_calendar|start_mins|start_times|timezone'
const second = new RegExp(`\\s(${known})\\s*:`, 'i')

const MOST_REFUSED = 20_000

/** The statements of a file of JIL or of what autocal_asc prints, to the letter of its rules: see docs/guide/jobs.md. */
export const lexJil = ({ name: file, text }: ImportFile): Lexed => {
  const lexed: Lexed = { statements: [], findings: [], refused: [] }
  let statement: Statement | null = null
  let isDropped = false
  let list: Attribute | null = null
  // A list may go on for a million lines: its value is not looked at again for each of them.
  let isOpenList = false
  let openComment = 0
  let line = 0
  for (const whole of text.split('\n')) {
    line++
    let rest = whole.trim()
    if (lexed.refused.length > MOST_REFUSED)
      throw new ImportError(
        `${file}: more than ${MOST_REFUSED} of its lines cannot be read as JIL. Is it another kind of file?`,
      )
    if (openComment > 0 || rest.startsWith('/*')) {
      const cut = pastComments(rest, openComment > 0)
      if (cut === null) {
        openComment ||= line
        continue
      }
      openComment = 0
      rest = cut
      if (rest === '') continue
    }
    if (rest.startsWith('#')) continue
    if (rest === '') {
      list = null
      continue
    }
    const colon = rest.indexOf(':')
    const written = rest.slice(0, Math.max(0, colon)).trimEnd()
    const key = keyLike.test(written) ? written.toLowerCase() : ''
    const tail = rest.slice(colon + 1)
    if (key && (verbs.has(key) || verbLike.test(key))) {
      list = null
      isDropped = !verbs.has(key)
      if (isDropped)
        lexed.refused.push({
          file,
          line,
          reason: `${written} is no statement of JIL that is known here: it is left out with what stands below it.`,
        })
      else {
        statement = opened(key, withoutComment(tail.trim()), { file, line })
        lexed.statements.push(statement)
      }
    } else if (isDropped) list = null
    else if (key && statement) {
      const attribute = { file, line, key, value: withoutComment(tail.trim()) }
      statement.attributes.push(attribute)
      list = lists.has(key) ? attribute : null
      isOpenList = attribute.value.endsWith(',')
    } else if (list) {
      const more = withoutComment(rest).replace(/^,\s*/, '')
      list.value = `${list.value}${isOpenList ? ' ' : ', '}${more}`
      isOpenList = more === '' || more.endsWith(',')
    } else if (statement && isCalendar(statement) && dateRow.test(rest)) statement.rows.push({ file, line, text: rest })
    else
      lexed.refused.push({
        file,
        line,
        reason: statement
          ? 'It is neither “key: value” nor the next line of a list of times. Write the value on the line of its key.'
          : 'It stands before any statement. Begin with insert_job.',
      })
  }
  if (openComment > 0)
    lexed.findings.push({
      file,
      line: openComment,
      rule: 'open-comment',
      severity: 'warn',
      message: 'A comment begins here and does not end: nothing after it is read. Close it with */.',
    })
  lexed.findings.push(...lostSigns({ name: file, text }))
  for (const one of lexed.statements) lexed.findings.push(...oddValues(one))
  return lexed
}

const isCalendar = ({ verb }: Statement): boolean => (calendarVerbs as readonly string[]).includes(verb)

/** What is left of a line after the comments at its beginning; null when one of them goes on. */
const pastComments = (line: string, isOpen: boolean): string | null => {
  let rest = line
  let inside = isOpen
  while (inside || rest.startsWith('/*')) {
    const end = rest.indexOf('*/', inside ? 0 : 2)
    if (end === -1) return null
    rest = rest.slice(end + 2).trim()
    inside = false
  }
  return rest
}

/** A comment at the end of a value goes; a sign of the shell such as `/tmp/* ` is of the value. */
const withoutComment = (value: string): string => {
  if (!value.endsWith('*/')) return value
  let isQuoted = false
  let from = 0
  for (let at = value.indexOf('/*'); at !== -1; at = value.indexOf('/*', at + 1)) {
    if (value.slice(from, at).split('"').length % 2 === 0) isQuoted = !isQuoted
    from = at
    if (isQuoted || (at > 0 && !/\s/.test(value[at - 1] ?? ''))) continue
    return value.indexOf('*/', at + 2) === value.length - 2 ? value.slice(0, at).trim() : value
  }
  return value
}

/** What autorep -q prints has the type on the line of the name. */
const opened = (verb: string, given: string, place: Place): Statement => {
  const inline = /\sjob_type\s{0,20}:/i.exec(given)
  return {
    ...place,
    verb,
    subject: unescaped(inline ? given.slice(0, inline.index) : given),
    attributes: inline
      ? [{ ...place, key: 'job_type', value: given.slice(inline.index + inline[0].length).trim() }]
      : [],
    rows: [],
  }
}

const oddValues = ({ attributes }: Statement): Finding[] =>
  attributes.flatMap(({ file, line, key, value }): Finding[] => {
    if (value.includes('"') && hasOpenQuote(key, value))
      return [
        {
          file,
          line,
          rule: 'open-quote',
          severity: 'warn',
          message: `A quotation mark of ${key} is not closed. It is read as if it ended with the value.`,
        },
      ]
    const other = value.includes(':') && !value.includes('"') ? second.exec(value)?.[1] : null
    if (!other) return []
    return [
      {
        file,
        line,
        rule: 'two-on-a-line',
        severity: 'warn',
        message: `${other} stands in the value of ${key}. Give it a line of its own, or write \\: where the colon is meant.`,
      },
    ]
  })
