import { sql } from 'kysely'
import { plusMinutes } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { prepared } from '../../platform/db/prepared.ts'
import { periodic } from '../../platform/periodic.ts'
import { inTurn, lastAlert } from './alert-rows.ts'
import { endKey } from './end-key.ts'
import { keyHash } from './flip-due.ts'

const EVERY_SECONDS = 60
const AT_ONCE = 200

type Silent = { id: string; sourceId: string; dedupKey: string; minutes: number; source: string }

/**
 * Ends alerts of sources that repeat what still fires, and have not for too long. Time in which we were not running, or
 * took nothing from the source, is no silence of theirs.
 */
export const expireAlerts = periodic(
  'alerts.expire',
  EVERY_SECONDS,
  'Ends alerts of which nothing was heard for as long as their source says',
  async (ctx) => {
    for (const silent of await silentAlerts(ctx)) await expire(ctx, silent)
  },
)

const silentAlerts = async (ctx: Context): Promise<Silent[]> => {
  const since = (minutes: string) => sql`${ctx.now()}::timestamptz - make_interval(mins => ${sql.ref(minutes)})`
  const { rows } = await sql<Silent>`${prepared}
    select a.id, a.source_id as "sourceId", a.dedup_key as "dedupKey", s.expires_minutes as minutes, s.name as source
    from sources s join alerts a on a.source_id = s.id and a.status in ('firing', 'blind')
      join alert_keys k on k.source_id = a.source_id and k.dedup_key = a.dedup_key
    where s.enabled and s.expires_minutes is not null and s.updated_at <= ${since('s.expires_minutes')}
      and k.last_signal_at <= ${since('s.expires_minutes')}
      and (select max(from_at) from observed_spans) <= ${since('s.expires_minutes')}
    order by k.last_signal_at limit ${AT_ONCE}`.execute(ctx.db)
  return rows
}

const expire = async (ctx: Context, { id, sourceId, dedupKey, minutes, source }: Silent): Promise<void> => {
  await inTurn(ctx, `key ${keyHash({ sourceId, dedupKey })}`)
  const alert = await lastAlert(ctx, sourceId, dedupKey)
  const key = await ctx.db
    .selectFrom('alert_keys')
    .select('last_signal_at')
    .where('source_id', '=', sourceId)
    .where('dedup_key', '=', dedupKey)
    .where('last_signal_at', '<=', plusMinutes(ctx.now(), -minutes))
    .forUpdate()
    .executeTakeFirst()
  if (!key || alert?.id !== id) return
  await endKey(ctx, alert, { how: 'silence', reason: `${source} has not repeated it for ${minutes} min.` })
}
