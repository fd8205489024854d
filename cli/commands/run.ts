import { CliError, exitCodes } from '../client.ts'
import { type Define, examples } from '../command.ts'

const usage =
  '[--timeout <duration>] [--no-overlap] [--heartbeat <duration>] [--wait[=seconds]] [--no-output] <job> -- <command> [arguments…]'

/** Only explains itself: what is understood was taken by run/entry.ts before this was read. */
export const defineRun: Define = (program) =>
  examples(
    program
      .command('run')
      .usage(usage)
      .argument('<job>', 'its id (a uuid), which needs no key; or its slug or name, which need one')
      .argument('<command...>', 'after two dashes')
      .option(
        '--timeout <duration>',
        '90s, 30m, 2h, 1d: then it is stopped with all that it has started, and has failed',
      )
      .option('--no-overlap', 'does not start while another run of the job goes on under this user of this host')
      .option('--heartbeat <duration>', 'how often it tells that it still runs, 5m unless told; 0 for never')
      .option('--wait[=seconds]', 'wait so long for the server to have it, 10 s unless told')
      .option('--no-output', 'leave the output alone: it stays on the terminal and is not sent')
      .description('run a command as a job: tells when it starts, how it ends, and the end of its output')
      .allowUnknownOption(),
    'watchfloor run 4b7c9c0e-6d0a-4f9b-9d3e-2a6f3e1f0c11 -- ./eod.sh --book EQ',
    'watchfloor run eod-prices -- sh -c "load && check"',
    'watchfloor run --timeout 45m --no-overlap eod-prices -- ./eod.sh',
    '0 22 * * 1-5  watchfloor run eod-prices -- /opt/batch/eod.sh      # in a crontab',
  )
    .addHelpText(
      'after',
      '\nThe exit status is that of the command, 128 + n after a signal, 127 if it is not found, 126 if it cannot be run,\n124 if --timeout stopped it, 0 if --no-overlap did not start it.\nWhile the server is away, pings wait in WATCHFLOOR_SPOOL (else ~/.local/state/watchfloor/spool) and go with the next\nrun or with `watchfloor spool flush`. The command is never held up.',
    )
    .action(() => {
      throw new CliError(`Write it as: watchfloor run ${usage}`, exitCodes.usage)
    })
