import { z } from 'zod'
import type { webhookSubjects } from '../../../contract/webhooks/index.ts'
import type { Crypto } from '../../platform/crypto.ts'
import type { Db } from '../../platform/db/pool.ts'
import { ref } from '../../platform/events.ts'

/** What address and secret of a webhook are sealed for. */
export const SEALED_WEBHOOK = 'webhook'

const config = z.object({ url: z.string(), secret: z.string() })
export type Config = z.output<typeof config>

export const sealConfig = (crypto: Crypto, of: Config): string => crypto.seal(SEALED_WEBHOOK, JSON.stringify(of))

/** Null when it was sealed under another SECRET_KEY. */
export const openConfig = (crypto: Crypto, sealed: string): Config | null => {
  try {
    return config.parse(JSON.parse(crypto.open(SEALED_WEBHOOK, sealed)))
  } catch {
    return null
  }
}

export const selectWebhooks = (db: Db) =>
  db
    .selectFrom('webhooks as w')
    .leftJoin('teams as t', 't.id', 'w.team_id')
    .selectAll('w')
    .select('t.name as team_name')

type Row = Awaited<ReturnType<ReturnType<typeof selectWebhooks>['execute']>>[number]

export const showWebhook = (r: Row) => ({
  id: r.id,
  name: r.name,
  host: r.host,
  about: r.about as (typeof webhookSubjects)[number][],
  team: r.team_id ? { id: r.team_id, name: r.team_name ?? '' } : null,
  deliveredAt: r.delivered_at,
  failing: r.failing_since ? { since: r.failing_since, problem: r.problem ?? '' } : null,
  createdAt: r.created_at,
})

/** What an event about a webhook says of it. */
export const aboutWebhook = (r: Pick<Row, 'id' | 'name' | 'host' | 'about' | 'team_id'>) => ({
  subject: ref('webhook', r.id),
  team: r.team_id,
  data: { name: r.name, host: r.host, about: r.about },
})
