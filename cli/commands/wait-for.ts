import { arrivalOf } from '../arrival.ts'
import { CliError, exitCodes } from '../client.ts'
import { type Define, examples } from '../command.ts'
import { say } from '../output.ts'
import { secondsOf } from '../run/arguments.ts'

const spanOf = (name: string, given: string): number => {
  const seconds = secondsOf(given)
  if (seconds > 0) return seconds * 1000
  throw new CliError(`${name} must be a time such as 10s, 30m or 6h.`, exitCodes.usage)
}

export const defineWaitFor: Define = (program) =>
  examples(
    program
      .command('wait-for <file>')
      .description('wait until a file has arrived whole, and print its path; * stands for letters of its name')
      .option('--settled <time>', 'how long it must not have been written', '10s')
      .option(
        '--newer-than <time>',
        'at most so old when the wait begins, such as 6h: that of yesterday does not count',
      )
      .option('--min-bytes <n>', 'how large it must be', '1'),
    "watchfloor run --timeout 90m feed-prices -- watchfloor wait-for --newer-than 6h '/data/in/prices-*.csv'",
  ).action(async (path: string, o: { settled: string; newerThan?: string; minBytes: string }) => {
    const minBytes = Number(o.minBytes)
    if (!Number.isSafeInteger(minBytes) || minBytes < 0)
      throw new CliError('--min-bytes must be a whole number.', exitCodes.usage)
    const wanted = {
      path,
      settledMs: spanOf('--settled', o.settled),
      newerMs: o.newerThan === undefined ? null : spanOf('--newer-than', o.newerThan),
      minBytes,
    }
    try {
      say(await arrivalOf(wanted))
    } catch (error) {
      throw new CliError(`${path} cannot be looked for: ${(error as Error).message}.`, exitCodes.failed)
    }
  })
