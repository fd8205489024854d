import type { JobHold } from '../../../contract/jobs/waits.ts'
import { isKnownZone, startAtWall } from '../../platform/wall-clock.ts'
import { type DateOrder, momentOf, orderOf } from './autosys-dates.ts'
import { DialectError, exitOf, slugOf, type ToldPing } from './define-dialect.ts'
import type { ToldGlobal } from './ping-desk.ts'

/** What a line of the log of AutoSys says: `[11/30/2026 22:00:01] CAUAJM_I_40245 EVENT: CHANGE_STATUS STATUS: RUNNING JOB: EOD MACHINE: m1`. */
type Event = { line: string; moment: string; status: string; job: string; machine: string; exit: string }

const change = /\bSTATUS:\s*([A-Z_]+)\s+JOB:\s*(\S+)(?:\s+MACHINE:\s*(\S+))?(?:\s+EXITCODE:\s*(-?\d+))?/
const stamp = /^\s*\[(\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\s+\d{1,2}:\d{2}:\d{2})(?:\.\d+)?\]/

/** A job is put on hold or on ice, passed over, and all of it taken back: by its event, or by the status that it then has. */
const stopping = /\bEVENT:\s*JOB_(ON|OFF)_(HOLD|ICE|NOEXEC)\s+JOB:\s*(\S+)(?:\s+MACHINE:\s*(\S+))?/
const holds: Record<string, JobHold> = { ON_HOLD: 'held', ON_ICE: 'iced', ON_NOEXEC: 'bypassed' }
const taken: Record<string, JobHold> = { OFF_HOLD: 'none', OFF_ICE: 'none', OFF_NOEXEC: 'none' }
const said: Record<string, string> = {
  ON_HOLD: 'AutoSys has put it on hold.',
  ON_ICE: 'AutoSys has put it on ice.',
  ON_NOEXEC: 'AutoSys passes it over (no-exec).',
  OFF_HOLD: 'AutoSys takes it off hold.',
  OFF_ICE: 'AutoSys takes it off ice.',
  OFF_NOEXEC: 'AutoSys runs it again.',
}

/** Of the others none begins or ends a run. */
const kinds: Record<string, ToldPing['kind']> = {
  RUNNING: 'start',
  SUCCESS: 'success',
  FAILURE: 'fail',
  TERMINATED: 'fail',
}

const MOST_LINE = 2_000
const orders: Record<string, DateOrder> = { dmy: 'day-first', mdy: 'month-first' }

/** The clock of the machine that wrote the log: where its zone is not told, what comes counts from when it comes. */
export type LogClock = { zone: string | undefined; dates: string | undefined }

/** `EVENT: SET_GLOBAL GLOBAL: MARKET_OPEN = Y`. */
const variable = /\bEVENT:\s*SET_GLOBAL\s+GLOBAL:\s*([^\s=]+)\s*=\s*(.*)$/
/** With this value AutoSys takes a variable away. */
const GONE = 'DELETE'
const MOST_NAME = 200
const MOST_VALUE = 1_000

/** What lines of the log say of variables: of each the last one. */
export const globalsOf = (text: string, instance: string | undefined, { zone, dates }: LogClock): ToldGlobal[] => {
  const found = new Map<string, { value: string; moment: string }>()
  for (const whole of text.split('\n')) {
    const line = whole.slice(0, MOST_LINE).trim()
    const [, name = '', value = ''] = variable.exec(line) ?? []
    if (name && name.length <= MOST_NAME) found.set(name, { value, moment: stamp.exec(line)?.[1] ?? '' })
  }
  const order = (dates && orders[dates]) || orderOf([...found.values()].map(({ moment }) => moment)).order
  return [...found].map(([name, { value, moment }]) => {
    const wall = moment ? momentOf(moment, order) : null
    return {
      names: instance ? [name, `${name}^${instance}`] : [name],
      // Cut, it may end within a letter of two parts.
      value: value === GONE ? null : value.slice(0, MOST_VALUE).toWellFormed(),
      ...(zone !== undefined && wall !== null ? { at: startAtWall(zone, wall) } : {}),
    }
  })
}

/** The starts, ends and holds in lines of the log, in their order; whatever else stands there is passed over. */
export const eventsOf = (text: string, instance: string | undefined, { zone, dates }: LogClock): ToldPing[] => {
  if (zone !== undefined && !isKnownZone(zone))
    throw new DialectError(400, `${zone} is no time zone; write one such as Europe/London`)
  if (dates !== undefined && !Object.hasOwn(orders, dates)) throw new DialectError(400, 'dates must be mdy or dmy')
  const events = text.split('\n').flatMap(readLine)
  const order = (dates && orders[dates]) || orderOf(events.map(({ moment }) => moment)).order
  return events.map(({ line, moment, status, job, machine, exit }) => {
    const kind = kinds[status] ?? 'log'
    const wall = moment ? momentOf(moment, order) : null
    const code = exit === '' ? undefined : Number(exit)
    return {
      origin: { kind: 'jil', externalId: instance ? `${instance}/${job}` : job },
      slug: slugOf(job),
      kind,
      ...(kind === 'fail' ? exitOf(code) : {}),
      ...(zone !== undefined && wall !== null ? { at: startAtWall(zone, wall) } : {}),
      // A line that is sent again counts once.
      ...(moment ? { id: line } : {}),
      ...(machine ? { host: machine } : {}),
      ...noted(status, code),
      ...stopped(status, zone !== undefined && wall !== null ? startAtWall(zone, wall) : undefined),
    }
  })
}

const readLine = (whole: string): Event[] => {
  const line = whole.slice(0, MOST_LINE).trim()
  const moment = stamp.exec(line)?.[1] ?? ''
  const [, way, what, stoppedJob = '', on = ''] = stopping.exec(line) ?? []
  if (way) return [{ line, moment, status: `${way}_${what}`, job: stoppedJob, machine: on, exit: '' }]
  const [, status = '', job = '', machine = '', exit = ''] = change.exec(line) ?? []
  if (!Object.hasOwn(kinds, status) && !Object.hasOwn(holds, status)) return []
  return [{ line, moment, status, job, machine, exit }]
}

/** What is started by force is on hold and on ice no more. */
const stopped = (status: string, at: number | undefined): Pick<ToldPing, 'stops'> => {
  const hold = holds[status] ?? taken[status]
  const said = { by: 'AutoSys', ...(at !== undefined && { at }) }
  if (hold) return { stops: { ...said, hold } }
  return status === 'RUNNING' ? { stops: { ...said, hold: 'none', over: ['held', 'iced'] } } : {}
}

const noted = (status: string, code: number | undefined): { note: string } | undefined => {
  if (said[status]) return { note: said[status] }
  if (status === 'TERMINATED') return { note: 'AutoSys has ended it.' }
  if (status === 'SUCCESS' && code) return { note: `Its exit code is ${code}, which AutoSys counts as a success.` }
  return undefined
}
