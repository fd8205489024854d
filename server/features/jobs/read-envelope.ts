import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import { DialectError, fieldsOf, parseJson, slugOf, type ToldPing, tookOf } from './define-dialect.ts'
import type { HeldTo } from './ping-desk.ts'

const NEWLINE = 10

/** The payloads of an envelope's items of one type. What is of no interest here is passed over. */
export const itemsOf = (body: Buffer, type: string): Buffer[] => {
  const found: Buffer[] = []
  let at = lineEnd(body, 0) + 1
  if (at === 1) throw new DialectError(400, 'empty request body')
  fieldsOf(parseJson(body.toString('utf8', 0, at), 'the header of the envelope'))
  while (at < body.length) {
    const end = lineEnd(body, at)
    const line = body.toString('utf8', at, end).trim()
    at = end + 1
    if (line === '') continue
    const header = fieldsOf(parseJson(line, 'the header of an item'))
    const { length } = header
    const to = typeof length === 'number' && length >= 0 ? at + Math.floor(length) : lineEnd(body, at)
    if (to > body.length) throw new DialectError(400, 'invalid envelope: an item is shorter than it says')
    if (header.type === type) found.push(body.subarray(at, to))
    at = body[to] === NEWLINE ? to + 1 : to
  }
  return found
}

const lineEnd = (body: Buffer, from: number): number => {
  const end = body.indexOf(NEWLINE, from)
  return end === -1 ? body.length : end
}

const kinds: Record<string, ToldPing['kind']> = { in_progress: 'start', ok: 'success', error: 'fail' }
/** Stands for the check-in that is open. */
const NIL = /^[0-]*$/

/** A check-in as Sentry's clients send it. */
export const pingOfCheckIn = (given: Record<string, unknown>): ToldPing => {
  const { monitor_slug: name, status, check_in_id: id, duration, monitor_config: config } = given
  if (typeof name !== 'string' || !name) throw new DialectError(400, 'the monitor slug is empty or invalid')
  const kind = typeof status === 'string' ? kinds[status] : undefined
  if (!kind) throw new DialectError(400, 'status must be in_progress, ok or error')
  const run = typeof id === 'string' && !NIL.test(id) ? id : undefined
  const held = config ? heldTo(fieldsOf(config)) : undefined
  return {
    slug: slugOf(name),
    kind,
    ...(run ? { run, id: `${run} ${status}` } : {}),
    ...(kind !== 'start' && typeof duration === 'number' ? tookOf(duration * 1_000) : {}),
    ...(held
      ? {
          hold: held,
          // What Sentry takes where nothing is said.
          make: {
            schedule: held.schedule ?? { kind: 'period', seconds: 86_400 },
            graceSeconds: held.graceSeconds ?? 60,
            maxRunSeconds: held.maxRunSeconds ?? 1_800,
            rules: 'own',
          },
        }
      : {}),
  }
}

const units: Record<string, number> = {
  minute: 60,
  hour: 3_600,
  day: 86_400,
  week: 7 * 86_400,
  month: 31 * 86_400,
  year: 366 * 86_400,
}

const heldTo = (config: Record<string, unknown>): HeldTo => {
  const schedule = scheduleOf(fieldsOf(config.schedule), config.timezone)
  const seconds = (minutes: unknown) => (typeof minutes === 'number' && minutes > 0 ? Math.round(minutes * 60) : null)
  const [grace, longest] = [seconds(config.checkin_margin), seconds(config.max_runtime)]
  return {
    ...(schedule ? { schedule } : {}),
    ...(grace === null ? {} : { graceSeconds: grace }),
    ...(longest === null ? {} : { maxRunSeconds: longest }),
  }
}

const scheduleOf = ({ type, value, unit }: Record<string, unknown>, zone: unknown): JobSchedule | null => {
  if (type === 'crontab' && typeof value === 'string')
    return { kind: 'cron', expression: value, zone: typeof zone === 'string' && zone ? zone : 'UTC' }
  const seconds = typeof unit === 'string' ? units[unit] : undefined
  if (type === 'interval' && typeof value === 'number' && seconds) return { kind: 'period', seconds: value * seconds }
  return null
}
