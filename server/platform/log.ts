import pino from 'pino'

export type Log = pino.Logger

/** JSON lines on stdout. Secrets are cut by path here, as the last net; callers do not log them in the first place. */
export const createLog = (level: string, destination?: pino.DestinationStream): Log =>
  pino(
    {
      level,
      base: null,
      redact: {
        paths: [
          'password',
          'token',
          'secret',
          'key',
          'authorization',
          'cookie',
          '*.password',
          '*.token',
          '*.secret',
          '*.authorization',
          '*.cookie',
        ],
        censor: '[removed]',
      },
    },
    destination ?? stdout(),
  )

/** Lines that wait for a reader of stdout who has stopped reading; beyond it they are dropped, and the work goes on. */
const MOST_WAITING_BYTES = 4_000_000
/** Tries, 100 ms apart, to be rid of the last lines when the process ends. */
const LAST_TRIES = 5

let shared: pino.DestinationStream | undefined

const stdout = (): pino.DestinationStream => {
  if (shared) return shared
  // Node makes a pipe non-blocking when it is first looked at; a blocking one would hold a thread, and the end, for ever.
  void process.stdout
  let ending = false
  let tries = LAST_TRIES
  const out = pino.destination({
    dest: 1,
    sync: false,
    maxLength: MOST_WAITING_BYTES,
    retryEAGAIN: () => !ending || tries-- > 0,
  })
  // The library would wait for ever for a reader that does not read, and the process would never end.
  process.prependListener('exit', () => {
    ending = true
    try {
      out.flushSync()
    } catch {
      // Nobody reads.
    }
    out.destroy()
  })
  shared = out
  return out
}
