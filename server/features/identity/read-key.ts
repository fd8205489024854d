import type { Actor } from '../../platform/access.ts'
import { plusSeconds } from '../../platform/clock.ts'
import { sameText, sha256 } from '../../platform/crypto.ts'
import { prepared } from '../../platform/db/prepared.ts'
import { AppError } from '../../platform/errors.ts'
import type { Platform } from '../../platform/platform.ts'
import { isSecret } from './key-secret.ts'

const LAST_USE_SECONDS = 60

/** Who a bearer key stands for. Throws `unauthenticated` for one that is not known, revoked or expired: a program should hear it. */
export const readKeyActor = async (platform: Platform, secret: string): Promise<Actor> => {
  const ofConfig = platform.config.ADMIN_API_KEY
  // Hashes have one length: the comparison takes as long for every text that is sent.
  if (ofConfig && sameText(sha256(secret), sha256(ofConfig)))
    return { kind: 'key', id: 'environment', name: 'ADMIN_API_KEY', scopes: ['*'] }
  const row = isSecret(secret) ? await findSecret(platform, sha256(secret)) : undefined
  if (!row)
    throw new AppError(
      'unauthenticated',
      'This key is not known here, or it was revoked or has expired. Send one that is valid as "Authorization: Bearer …".',
    )
  await noteUse(platform, row)
  return { kind: 'key', id: row.id, name: row.name, scopes: row.scopes }
}

const findSecret = (platform: Platform, hash: string) =>
  platform.db
    .selectFrom('api_key_secrets as s')
    .modifyFront(prepared)
    .innerJoin('api_keys as k', 'k.id', 's.key_id')
    .select(['k.id', 'k.name', 'k.scopes', 's.id as secret', 's.last_used_at'])
    .where('s.hash', '=', hash)
    .where('s.revoked_at', 'is', null)
    .where('k.revoked_at', 'is', null)
    .where((eb) => eb.or([eb('s.expires_at', 'is', null), eb('s.expires_at', '>', platform.clock.now())]))
    .executeTakeFirst()

/** That a key was used is no event: it is written here, without a verb, at most once a minute for each secret. */
const noteUse = async (platform: Platform, row: { secret: string; last_used_at: Temporal.Instant | null }) => {
  const now = platform.clock.now()
  const before = plusSeconds(now, -LAST_USE_SECONDS)
  if (row.last_used_at && Temporal.Instant.compare(row.last_used_at, before) > 0) return
  await platform.db
    .updateTable('api_key_secrets')
    .set({ last_used_at: now })
    .where('id', '=', row.secret)
    .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<=', before)]))
    .execute()
}
