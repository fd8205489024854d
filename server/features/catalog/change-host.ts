import { sql } from 'kysely'
import { changeHostInput } from '../../../contract/catalog/host.ts'
import type { Context } from '../../platform/context.ts'
import { differences } from '../../platform/differences.ts'
import { invalid, notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { hostChanged } from './events.ts'
import { findHost } from './find.ts'
import { requireCovered, requireOwnTeam, requireVersion } from './guard.ts'
import { type HostFields, showHost } from './show-host.ts'

export const changeHost = verb('host.change', {
  permission: 'host.write',
  input: changeHostInput,
  async run(ctx, { id, ...given }) {
    const row = await lockHost(ctx, id)
    const stored: HostFields = {
      name: row.name,
      environment: row.environment as HostFields['environment'],
      site: row.site,
      teamId: row.team_id,
      description: row.description,
    }
    const change = differences(stored, given)
    if (!change) return ctx.unchanged(await showHost(ctx.db, id))
    if (change.after.teamId !== undefined) await requireOwnTeam(ctx, 'teamId', change.next.teamId)
    if (change.after.name !== undefined) await holdHostName(ctx, change.after.name, id)
    const { name, environment, site, teamId, description } = change.next
    await ctx.db
      .updateTable('hosts')
      .set((eb) => ({
        name,
        environment,
        site,
        team_id: teamId,
        description,
        updated_at: ctx.now(),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', id)
      .execute()
    ctx.record(hostChanged, {
      subject: ref('host', id),
      team: teamId,
      data: { name: stored.name, before: change.before, after: change.after },
    })
    return showHost(ctx.db, id)
  },
})

/** Takes the row of a host for this transaction, after its existence, the row scope and the version the caller read. */
export const lockHost = async (ctx: Context, id: string) => {
  const row = await ctx.db.selectFrom('hosts').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw notFound('The host')
  // A sentence begins with a capital letter, which the name of a machine must not.
  await requireCovered(ctx, `The host ${row.name}`, row.team_id)
  requireVersion(ctx, `The host ${row.name}`, row.version)
  return row
}

/** Until the transaction ends, no other gives this name to a host. Throws when one has it. */
export const holdHostName = async (ctx: Context, name: string, ownId?: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('catalog.host'), hashtext(lower(${name})))`.execute(ctx.db)
  const other = await findHost(ctx.db, name)
  if (other && other.id !== ownId) throw invalid('name', `there is a host ${other.name} already; choose another name.`)
}
