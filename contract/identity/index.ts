import { keys } from './keys.ts'
import { meRoutes } from './me.ts'
import { teams } from './teams.ts'
import { users } from './users.ts'

/** Who is who: people, teams, keys for programs. Signing in is in sign-in.ts. */
export const identity = { users, teams, keys, me: meRoutes }
