import type { WelcomeState } from '../../../contract/identity/sign-in.ts'
import { type Instant, isBefore } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'
import { adminsWhoCanSignIn } from './admins.ts'
import type { LinkPurpose } from './links.ts'

const unknown: WelcomeState = {
  state: 'unknown',
  why: 'This link is not known here, or a newer one took its place. Look whether it was copied whole, or ask an administrator for a new one.',
}

/** What the bearer of a one-time link meets. `id` comes from a token that was verified; null was forged or cut. */
export const welcomeOf = async (db: Db, id: string | null, now: Instant): Promise<WelcomeState> => {
  if (id === null) return unknown
  const row = await db
    .selectFrom('invitations as i')
    .leftJoin('users as u', 'u.id', 'i.user_id')
    .select(['i.purpose', 'i.expires_at', 'i.used_at', 'u.name', 'u.email'])
    .where('i.id', '=', id)
    .executeTakeFirst()
  if (!row) return unknown
  if (row.used_at)
    return {
      state: 'used',
      why: 'This link was used already. Sign in with the password that was set, or ask for a new link.',
    }
  const first = row.purpose === 'first_admin'
  if (first && (await adminsWhoCanSignIn(db)).length > 0)
    return { state: 'used', why: 'Watchfloor has an administrator already. Ask for an invitation.' }
  if (!isBefore(now, row.expires_at)) {
    const remedy = first ? 'Start Watchfloor again: it prints a new one.' : 'Ask an administrator for a new one.'
    return { state: 'expired', why: `This link has expired. ${remedy}` }
  }
  return { state: 'good', purpose: row.purpose as LinkPurpose, name: row.name, email: row.email }
}
