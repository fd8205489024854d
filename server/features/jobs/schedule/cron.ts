import { Cron } from 'croner'

/** A line of a crontab. Wall values are milliseconds as platform/wall-clock.ts has them. */
export type CronLine = {
  /** The first wall time after `wall` that it names, or null when none ever comes. */
  next(wall: number): number | null
  /** Minute and hour are fixed: cron itself then treats a change of the clock as people expect, and never runs it twice. */
  isFixed: boolean
}

const nicknames: Record<string, string> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
}

/**
 * Reads a line in the dialect of Debian's cron: five fields, or six with seconds first; names, `L`, `LW`, `5L`, `MON#1`.
 * Day of month and day of week must both fit when one of them starts with `*`, else either is enough. Throws a sentence.
 */
export const parseCron = (expression: string): CronLine => {
  const given = expression.trim().toLowerCase()
  if (given === '@reboot') throw new Error('@reboot names no time; give a period instead')
  const fields = (nicknames[given] ?? expression.trim()).split(/\s+/)
  if (fields.length !== 5 && fields.length !== 6)
    throw new Error(
      `a line of cron has five fields (minute, hour, day of month, month, day of week), or six with seconds first; this one has ${fields.length}`,
    )
  const [minute = '', hour = '', dayOfMonth = '', , dayOfWeek = ''] = fields.slice(-5)
  const both = dayOfMonth.startsWith('*') || dayOfWeek.startsWith('*')
  const cron = read(fields.join(' '), both)
  return {
    // Its own handling of zones is not used: the wall is walked as if it were UTC.
    next: (wall) => cron.nextRun(asDate(wall))?.getTime() ?? null,
    isFixed: fields.length === 5 && !minute.startsWith('*') && !hour.startsWith('*'),
  }
}

const asDate = (wall: number): Date => new Date(wall)

const read = (pattern: string, domAndDow: boolean): Cron => {
  try {
    return new Cron(pattern, { timezone: 'UTC', paused: true, mode: '5-or-6-parts', domAndDow })
  } catch (error) {
    const said = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error)
    throw new Error(said.charAt(0).toLowerCase() + said.slice(1))
  }
}
