import type { Selectable } from 'kysely'
import type { ContactMethods } from '../../platform/db/schema.gen.ts'

export type MethodRow = Selectable<ContactMethods>

/** A contact method as its owner sees it: no configuration, no secret. */
export const methodView = (row: MethodRow, codeOnItsWay: boolean) => ({
  id: row.id,
  channel: row.channel,
  label: row.label,
  address: row.address,
  verifiedAt: row.verified_at,
  disabledReason: row.disabled_at ? (row.disabled_reason ?? 'It is switched off.') : null,
  codeSentAt: codeOnItsWay,
})
