import type { Condition, Within } from '../../../../contract/jobs/waits.ts'
import { unescaped } from './values.ts'

/** What names a job of a condition: its name, and the instance where it is another one's. */
export type NamedJob = { name: string; instance: string | null }
export type ReadCondition = {
  condition: Condition
  /** `&` and `|` stand side by side without parentheses: AutoSys reads them from left to right, people seldom do. */
  isMixed: boolean
  /** The jobs that it names, each with what is asked of it, as they stand in it. */
  atoms: Atom[]
}
export type Atom = NamedJob & { is: JobOutcome | 'exit'; within: Within; ref: string }
type JobOutcome = Extract<Condition, { kind: 'job' }>['is']

/** A condition that cannot be read; the message is part of a sentence. */
export class ConditionError extends Error {}

const outcomes: Record<string, JobOutcome | 'exit' | 'value'> = {
  s: 'succeeded',
  success: 'succeeded',
  f: 'failed',
  failure: 'failed',
  d: 'done',
  done: 'done',
  t: 'terminated',
  terminated: 'terminated',
  n: 'not-running',
  notrunning: 'not-running',
  e: 'exit',
  exitcode: 'exit',
  v: 'value',
  value: 'value',
}
/** contract/jobs/waits.ts takes no deeper ones. */
const MOST_DEPTH = 40
const MOST_NAME = 250
const MOST_OPERANDS = 2_000

/**
 * Reads a starting condition: atoms such as `s(EOD,12.00)`, `e(EOD) > 4`, `v(OPEN) = "N"`, joined by `&` and `|` from left
 * to right, with parentheses. `refOf` says how a job is known here. Throws ConditionError.
 */
export const readCondition = (text: string, refOf: (job: NamedJob) => string): ReadCondition => {
  const found: ReadCondition = { condition: { kind: 'all', of: [] }, isMixed: false, atoms: [] }
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match) at = pattern.lastIndex
    return match
  }
  const near = (): string => {
    const rest = text.slice(at).trim()
    return rest === '' ? 'at its end' : `at “${rest.slice(0, 30)}”`
  }
  const group = (depth: number): Condition => {
    if (depth > MOST_DEPTH) throw new ConditionError(`has more than ${MOST_DEPTH} parentheses in one another`)
    const used = new Set<string>()
    let whole = term(depth)
    for (let op = take(/\s*(&&?|\|\|?|and\b|or\b)/iy); op; op = take(/\s*(&&?|\|\|?|and\b|or\b)/iy)) {
      const kind = /^(&|a)/i.test(op[1] ?? '') ? 'all' : 'any'
      const next = term(depth)
      whole = { kind, of: whole.kind === kind && used.has(kind) ? [...whole.of, next] : [whole, next] }
      used.add(kind)
    }
    if (used.size > 1) found.isMixed = true
    return whole
  }
  const term = (depth: number): Condition => {
    if (take(/\s*\(/y)) {
      const inside = group(depth + 1)
      if (!take(/\s*\)/y)) throw new ConditionError(`misses a closing parenthesis ${near()}`)
      return inside
    }
    const word = take(/\s*([a-z]+)\s*\(/iy)?.[1]
    const is = word === undefined ? undefined : outcomes[word.toLowerCase()]
    if (!is || !Object.hasOwn(outcomes, word?.toLowerCase() ?? ''))
      throw new ConditionError(`is not understood ${word ? `at “${word}(”` : near()}`)
    return atom(is)
  }
  const atom = (is: JobOutcome | 'exit' | 'value'): Condition => {
    const name = take(/\s*"?((?:\\:|[^\s,()^"])+)"?/y)?.[1]
    if (!name || name.length > MOST_NAME) throw new ConditionError(`misses a name ${near()}`)
    const instance = take(/\s*\^\s*([^\s,()]+)/y)?.[1] ?? null
    const look = take(/\s*,\s*((?:\\:|[^\s()])+)/y)?.[1]
    if (!take(/\s*\)/y)) throw new ConditionError(`misses a closing parenthesis ${near()}`)
    if (is === 'value') {
      if (look) throw new ConditionError(`gives the variable ${name} a look-back, which only jobs have`)
      const { compare, literal } = compared(/\s*("[^"]*"|'[^']*'|[^\s&|()]+)/y)
      return {
        kind: 'global',
        name: instance ? `${unescaped(name)}^${instance}` : unescaped(name),
        compare,
        value: literal.replace(/^(["'])(.*)\1$/s, '$2'),
      }
    }
    const within = look === undefined ? 'ever' : lookBack(look)
    const job = { name: unescaped(name), instance }
    const ref = refOf(job)
    if (found.atoms.push({ ...job, is, within, ref }) > MOST_OPERANDS)
      throw new ConditionError(`names more than ${MOST_OPERANDS} jobs`)
    if (is !== 'exit') return { kind: 'job', job: ref, is, within }
    const { compare, literal } = compared(/\s*"?(-?\d{1,9})"?(?![\w.])/y)
    return { kind: 'exit', job: ref, compare, code: Number(literal), within }
  }
  const compared = (pattern: RegExp) => {
    const compare = take(/\s*(!=|<=|>=|==?|<|>)/y)?.[1]
    if (!compare) throw new ConditionError(`misses a comparison such as = or > ${near()}`)
    const literal = take(pattern)?.[1]
    if (literal === undefined) throw new ConditionError(`misses what to compare with ${near()}`)
    return { compare: (compare === '==' ? '=' : compare) as '=' | '!=' | '<' | '<=' | '>' | '>=', literal }
  }
  found.condition = group(0)
  if (depthOf(found.condition) > MOST_DEPTH) throw new ConditionError('changes between & and | too often')
  if (text.slice(at).trim() !== '') throw new ConditionError(`is not understood ${near()}`)
  return found
}

const depthOf = (condition: Condition): number => {
  let depth = 0
  for (let level = [condition]; level.length > 0; depth++)
    level = level.flatMap((c) => (c.kind === 'all' || c.kind === 'any' ? c.of : []))
  return depth
}

const HOUR = 3_600
const EVER = 9_999

/** `12` and `12.00` are hours, `00.30` half an hour, `0` since the own last run, `9999` ever. */
const lookBack = (text: string): Within => {
  const [, hours, minutes = '0'] = /^(\d{1,4})(?:(?:\.|\\?:)(\d{1,2}))?$/.exec(text) ?? []
  if (hours === undefined || Number(minutes) > 59)
    throw new ConditionError(`has a look-back “${text}” that is none; write hours and minutes, such as 12.00 or 00.30`)
  if (Number(hours) === EVER) return 'ever'
  const seconds = Number(hours) * HOUR + Number(minutes) * 60
  return seconds === 0 ? 'own-last-run' : { seconds }
}
