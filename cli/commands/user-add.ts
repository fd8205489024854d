import type { Role } from '../../contract/permissions.ts'
import { CliError, type Client, exitCodes } from '../client.ts'

/** Invites a person and prints the one-time link with which he sets a password. */
export const addUser = async (
  client: Client,
  given: { email: string; name?: string; role: Role; zone?: string; json: boolean },
): Promise<string> => {
  const name = given.name ?? given.email.split('@')[0]
  if (!name) throw new CliError('Give a name with --name.', exitCodes.usage)
  const made = await client.identity.users.create({
    email: given.email,
    name,
    role: given.role,
    ...(given.zone ? { zone: given.zone } : {}),
  })
  if (given.json) return JSON.stringify(made, null, 2)
  return `${name} (${given.role}) can sign in after setting a password with this link, once:\n${made.invitation.link}`
}
