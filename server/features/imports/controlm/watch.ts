import type { Note } from '../notebook.ts'
import type { CtmJob, CtmWatch } from './shape.ts'

/** Minutes; 0 and nothing are no limit. `times`: from when and until when it looks, where it says so. */
export const watchOf = (file: string, limit: string, times: readonly string[]): CtmWatch => {
  const minutes = /^\d{1,5}$/.test(limit.trim()) ? Number(limit) : 0
  return {
    file,
    limitSeconds: minutes > 0 ? minutes * 60 : null,
    ownTimes: times.some((time) => !/^(NOW|0*|NONE)$/i.test(time.trim())),
  }
}

/** What has no equal here, or what its owner may not have meant. */
export const noteWatch = ({ watch, longSeconds, deadlines }: CtmJob, note: Note): void => {
  if (!watch) return
  if (!watch.file) note('watches-nothing', 'warn', 'it names no file to watch for.')
  if (watch.ownTimes)
    note('watch-times', 'info', 'from when and until when it looks for its file is kept, and changes nothing here.')
  if (watch.limitSeconds === null && longSeconds === null && deadlines.length === 0)
    note(
      'waits-for-ever',
      'info',
      'waits for its file as long as it takes, and nobody is told that it has not come: neither a time limit nor a deadline says by when.',
    )
}
