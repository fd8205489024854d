import type { Db } from '../../platform/db/pool.ts'
import type { ContactMethod, NotificationRule, Urgency } from './rules.ts'

export type StoredMethod = ContactMethod & { address: string; config: string }

/** A person's contact methods, oldest first; `config` is sealed. */
export const methodsOf = async (db: Db, userId: string): Promise<StoredMethod[]> => {
  const rows = await db
    .selectFrom('contact_methods')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .execute()
  return rows.map((r) => ({
    id: r.id,
    channel: r.channel,
    label: r.label,
    address: r.address,
    config: r.config,
    verified: r.verified_at !== null,
    disabled: r.disabled_at !== null,
  }))
}

export const rulesOf = async (db: Db, userId: string): Promise<NotificationRule[]> => {
  const rows = await db
    .selectFrom('notification_rules')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('urgency')
    .orderBy('after_minutes')
    .execute()
  return rows.map((r) => ({
    id: r.id,
    urgency: r.urgency as Urgency,
    methodId: r.method_id,
    afterMinutes: r.after_minutes,
  }))
}

/** What the config of a contact method is sealed for. */
export const SEALED_CONTACT = 'contact'
