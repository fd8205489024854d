import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { createWebhookInput } from '../../../contract/webhooks/index.ts'
import { invalid } from '../../platform/errors.ts'
import { endOfLog } from '../../platform/feed.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { findTeam } from '../identity/index.ts'
import { webhookCreated } from './events.ts'
import { aboutWebhook, sealConfig, selectWebhooks, showWebhook } from './rows.ts'

const MOST = 50
const SECRET_BYTES = 32
/** Of the log: all that is put back from a backup is of one transaction, and from then on numbers alone say how far it was read. */
const lastNumber = sql<number>`pg_sequence_last_value('events_seq')`

/** Begins where the log ends now: what was before is told to nobody. */
export const createWebhook = verb('webhook.create', {
  permission: 'webhook.write',
  input: createWebhookInput,
  async run(ctx, { name, url, about, teamId, secret: given }) {
    void ctx.scope
    const { n } = await ctx.db
      .selectFrom('webhooks')
      .select((e) => e.fn.countAll<string>().as('n'))
      .executeTakeFirstOrThrow()
    if (Number(n) >= MOST) throw invalid('name', `there are ${MOST} webhooks; delete one that is not needed any more.`)
    if (teamId && !(await findTeam(ctx.db, teamId)))
      throw invalid('teamId', 'there is no such team; choose one from the list of teams')
    const id = newId()
    const secret = given ?? `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`
    const { xid } = await endOfLog(ctx.db)
    const values = { id, name, host: new URL(url).host, about, team_id: teamId }
    await ctx.db
      .insertInto('webhooks')
      .values({
        ...values,
        config: sealConfig(ctx.crypto, { url, secret }),
        place_xid: xid,
        place_seq: lastNumber,
        created_at: ctx.now(),
      })
      .execute()
    ctx.record(webhookCreated, aboutWebhook(values))
    const row = await selectWebhooks(ctx.db).where('w.id', '=', id).executeTakeFirstOrThrow()
    return { ...showWebhook(row), secret }
  },
})
