import { Command, Option } from 'commander'
import { roles } from '../contract/permissions.ts'
import manifest from '../package.json' with { type: 'json' }
import { asCliError, createClient, exitCodes } from './client.ts'
import { examine } from './commands/doctor.ts'
import { showSchedule } from './commands/schedule.ts'
import { addUser } from './commands/user-add.ts'
import { table } from './table.ts'

const program = new Command('watchfloor')
  .description('Production support from the command line. The server is WATCHFLOOR_URL, the key WATCHFLOOR_API_KEY.')
  .version(manifest.version)
  .showHelpAfterError()
  .configureHelp({ sortSubcommands: true })
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : exitCodes.usage))
  .addHelpText(
    'after',
    '\nExit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 the server is out of reach, 4 not permitted.',
  )

const say = (text: string): void => void process.stdout.write(`${text}\n`)
const json = new Option('--json', 'for programs: JSON, lists are arrays').default(false)

program
  .command('schedule')
  .description('everything that Watchfloor does periodically')
  .addOption(json)
  .addHelpText('after', '\nExample:\n  watchfloor schedule --json')
  .action(async (options) => say(await showSchedule(createClient(), options)))

program
  .command('doctor')
  .description('what stands in the way of a healthy Watchfloor')
  .addOption(json)
  .addHelpText('after', '\nExample:\n  watchfloor doctor && echo fine')
  .action(async (options) => {
    const findings = await examine(createClient())
    say(
      options.json
        ? JSON.stringify(findings, null, 2)
        : table(
            ['', 'WHAT', 'DETAIL'],
            findings.map((f) => [f.state, f.what, f.detail]),
          ),
    )
    if (findings.some((f) => f.state === 'bad')) process.exitCode = exitCodes.failed
  })

program
  .command('user')
  .description('people')
  .command('add')
  .argument('<email>', 'mail address to sign in with')
  .description('invite a person; prints the link with which he sets a password')
  .option('--name <name>', 'as others read it; else the part before the @')
  .addOption(new Option('--role <role>', 'role in the whole house').choices(roles).default('responder'))
  .option('--zone <zone>', 'time zone, such as Europe/London')
  .addOption(json)
  .addHelpText('after', '\nExample:\n  watchfloor user add priya@bank.example --name "Priya N." --role responder')
  .action(async (email, options) => say(await addUser(createClient(), { ...options, email })))

try {
  await program.parseAsync()
} catch (error) {
  const known = asCliError(error)
  process.stderr.write(`${known.message}\n`)
  process.exitCode = known.exitCode
}
