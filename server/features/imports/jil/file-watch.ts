import type { Definition } from './estate.ts'
import { has, type Note, placeOf, textOf } from './said.ts'
import type { Timing } from './timing.ts'
import { flagOf } from './values.ts'

/** File watchers and file triggers: such a job starts as any other, and its run is the waiting for the file. */
export const isWatch = (type: string): boolean => type === 'FW' || type === 'FT'

/** What holds only while it is looked at by the clock. */
const byClock = ['must_complete_times']
const limits = ['term_run_time', 'max_run_alarm', ...byClock]

/** What its owner may not have meant, or what has no equal here. */
export const noteWatch = (job: Definition, { isOn }: Timing, note: Note): void => {
  const { name, attributes } = job
  if (!has(job, 'watch_file'))
    note('watches-nothing', 'warn', placeOf(job, 'job_type'), `${name} names no watch_file: AutoSys takes no such job.`)
  if (flagOf(attributes.get('continuous')?.value))
    note(
      'watches-on',
      'warn',
      placeOf(job, 'continuous'),
      `${name} goes on watching after each file, until somebody ends it (continuous): no file is an end of it here, and what waits for it waits for that.`,
    )
  else if (!limits.some((key) => has(job, key) && textOf(job, key) !== '0' && (isOn || !byClock.includes(key))))
    note(
      'waits-for-ever',
      'info',
      placeOf(job, 'watch_file'),
      `${name} waits for its file as long as it takes, and nobody is told that it has not come: neither term_run_time nor max_run_alarm nor must_complete_times says by when.`,
    )
}
