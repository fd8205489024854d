import { sql } from 'kysely'
import type { Platform } from '../../../server/platform/platform.ts'
import { time } from './bulk.ts'
import { MINUTE } from './hours.ts'

/** How long ago each tool was heard, in minutes, and how many signals it has sent in all. */
const heard: Record<string, [minutes: number, signals: number]> = {
  monitors: [4, 840],
  prometheus: [7, 5_312],
  'grid-watch': [96, 218],
  'disk-watch': [31, 1_406],
}

/** What else ninety days leave behind: people have signed in, tools were heard. */
export const writeWear = async ({ db }: Platform, now: number): Promise<void> => {
  // Whoever works there has accepted the invitation; all have the password of the demo.
  await sql`
    insert into accounts (id, user_id, account_id, provider_id, password, created_at, updated_at)
    select gen_random_uuid(), u.id, u.id::text, a.provider_id, a.password, u.created_at, u.created_at
    from users u cross join (select provider_id, password from accounts where password is not null limit 1) a
    where not exists (select from accounts x where x.user_id = u.id) and u.disabled_at is null`.execute(db)
  for (const [slug, [minutes, signals]] of Object.entries(heard))
    await sql`
      insert into source_stats (source_id, slot, last_at, signals)
      select id, 0, ${time(now - minutes * MINUTE)}, ${signals} from sources where slug = ${slug}
      on conflict do nothing`.execute(db)
}
