import { Command, CommanderError } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { asCliError, exitCodes } from './client.ts'
import type { Define } from './command.ts'
import { defineAck } from './commands/ack.ts'
import { defineAlerts } from './commands/alerts.ts'
import { defineApply } from './commands/apply.ts'
import { defineAuditExport, defineAuditVerify } from './commands/audit.ts'
import { defineBackup } from './commands/backup.ts'
import { defineCompletion } from './commands/completion.ts'
import { defineCrontabUnwrap, defineCrontabWrap } from './commands/crontab.ts'
import { defineDoctor } from './commands/doctor.ts'
import { defineExport } from './commands/export.ts'
import { defineJobActs } from './commands/job-acts.ts'
import { defineJobs } from './commands/jobs.ts'
import { defineJobsBacktest } from './commands/jobs-backtest.ts'
import { defineJobsImport } from './commands/jobs-import.ts'
import { defineMcp } from './commands/mcp.ts'
import { defineMonitors } from './commands/monitors.ts'
import { defineOncall } from './commands/oncall.ts'
import { defineRestore } from './commands/restore.ts'
import { defineRun } from './commands/run.ts'
import { defineSchedule } from './commands/schedule.ts'
import { defineSpoolFlush, defineSpoolList } from './commands/spool.ts'
import { defineTicketAssign } from './commands/ticket-assign.ts'
import { defineTicketEscalate } from './commands/ticket-escalate.ts'
import { defineTicketOpen } from './commands/ticket-open.ts'
import { defineTicketShow } from './commands/ticket-show.ts'
import { defineTicketWords } from './commands/ticket-words.ts'
import { defineTickets } from './commands/tickets.ts'
import { defineUserAdd } from './commands/user-add.ts'
import { defineWaitFor } from './commands/wait-for.ts'

/** Every command: one file each, which adds itself. */
const commands: Define[] = [
  defineAck,
  defineAlerts,
  defineApply,
  defineAuditExport,
  defineAuditVerify,
  defineBackup,
  defineCompletion,
  defineCrontabUnwrap,
  defineCrontabWrap,
  defineDoctor,
  defineExport,
  defineJobs,
  defineJobsBacktest,
  defineJobsImport,
  defineJobActs,
  defineMcp,
  defineMonitors,
  defineOncall,
  defineRestore,
  defineRun,
  defineSchedule,
  defineSpoolFlush,
  defineSpoolList,
  defineTicketAssign,
  defineTicketEscalate,
  defineTicketOpen,
  defineTicketShow,
  defineTicketWords,
  defineTickets,
  defineUserAdd,
  defineWaitFor,
]

/** All of it, not yet run. */
export const buildProgram = (): Command => {
  const program = new Command('watchfloor')
    .description('Production support from the command line.')
    .version(manifest.version)
    .showHelpAfterError('Add --help for help.')
    .configureHelp({ sortSubcommands: true })
    // `jobs` and `jobs import` have options of one name: what follows a command is its own.
    .enablePositionalOptions()
    .exitOverride()
    .addHelpText(
      'after',
      `
Server and key come from WATCHFLOOR_URL and WATCHFLOOR_API_KEY, else from ~/.config/watchfloor/config.json:
  {"url": "https://watchfloor.example", "apiKey": "…"}

Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 the server is out of reach, 4 not signed in or not permitted.
\`run\` ends with the exit status of its command.

Examples:
  watchfloor tickets --priority 2
  watchfloor ticket show INC-12
  watchfloor run eod-prices -- ./eod.sh`,
    )
  for (const define of commands) define(program)
  inherit(program)
  return program
}

/** Commands copy these when they are made with .command(), but only what was set by then. */
const inherit = (command: Command): void => {
  for (const child of command.commands) {
    child.copyInheritedSettings(command)
    inherit(child)
  }
}

export const main = async (): Promise<void> => {
  // A pager that was left, `| head`: nobody reads on, and that is all.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  try {
    await buildProgram().parseAsync()
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : exitCodes.usage
      return
    }
    const known = asCliError(error)
    process.stderr.write(`${known.message}\n`)
    process.exitCode = known.exitCode
  }
}
