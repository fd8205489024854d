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
    destination ?? pino.destination({ dest: 1, sync: false }),
  )
