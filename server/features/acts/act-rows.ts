import type { Selectable } from 'kysely'
import type { ActName, ActState } from '../../../contract/acts/words.ts'
import type { JobActs } from '../../platform/db/schema.gen.ts'

export type ActRow = Selectable<JobActs>

export const showAct = (r: ActRow) => ({
  id: r.id,
  act: r.act as ActName,
  action: { id: r.action_id, name: r.action_name },
  words: r.words,
  reason: r.reason,
  by: r.by_name,
  runId: r.run_id,
  businessDate: String(r.business_date),
  state: r.state as ActState,
  askedAt: r.asked_at,
  beganAt: r.began_at,
  endedAt: r.ended_at,
  exitStatus: r.exit_status,
  httpStatus: r.http_status,
  detail: r.detail,
  output: r.output,
  outputBytes: Number(r.output_bytes),
})
