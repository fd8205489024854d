import { sql } from 'kysely'
import { eventInput } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { globalSet } from '../jobs/index.ts'
import { hangingOn } from './deadlines-on.ts'
import { predictSoon } from './predict-due.ts'

/** A variable is another one now: the chains that wait for it are predicted anew. */
export const followGlobal = verb('deadline.follow_global', {
  permission: 'system',
  input: eventInput(globalSet).pick({ data: true }),
  async run(ctx, { data }) {
    const { rows } = await sql<{ id: string }>`
      select w.job_id as id from job_waits w
      where jsonb_path_exists(w.condition, '$.** ? (@.kind == "global" && @.name == $name)',
        ${JSON.stringify({ name: data.name })}::jsonb)`.execute(ctx.db)
    const hanging = await hangingOn(
      ctx.db,
      rows.map(({ id }) => id),
    )
    for (const id of new Set([...hanging.values()].flat())) predictSoon(ctx, id)
    ctx.unchanged(undefined)
  },
})
