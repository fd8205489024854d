import { roles } from '../../contract/permissions.ts'
import { CliError, createClient, exitCodes } from '../client.ts'
import { type Define, examples, group, json, oneOf } from '../command.ts'
import { say, sayJson } from '../output.ts'

export const defineUserAdd: Define = (program) =>
  examples(
    group(program, 'user', 'people')
      .command('add')
      .argument('<email>', 'mail address to sign in with')
      .description('invite a person; prints the link with which he sets a password')
      .option('--name <name>', 'as others read it; else the part before the @')
      .addOption(oneOf('--role <role>', 'role in the whole house', roles).default('responder'))
      .option('--zone <zone>', 'time zone, such as Europe/London')
      .addOption(json()),
    'watchfloor user add priya@bank.example --name "Priya N." --role responder',
  ).action(async (email, o) => {
    const name = o.name ?? email.split('@')[0]
    if (!name) throw new CliError('Give a name with --name.', exitCodes.usage)
    const made = await createClient().identity.users.create({
      email,
      name,
      role: o.role,
      ...(o.zone ? { zone: o.zone } : {}),
    })
    if (o.json) return sayJson(made)
    say(`${name} (${o.role}) can sign in after setting a password with this link, once:\n${made.invitation.link}`)
  })
