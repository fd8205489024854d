import { jobsKind, monitorsKind } from '../../../contract/alerts/words.ts'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import type { SourceRow } from './source-rows.ts'

/** The id of the source through which our own monitors report. Inner function. */
export const monitorSource = async (ctx: Context): Promise<string> =>
  (await theSource(ctx, { kind: monitorsKind, slug: monitorsKind, name: 'Monitors' })).id

/** The id of the source through which our own jobs report. Inner function. */
export const jobSource = async (ctx: Context): Promise<string> =>
  (await theSource(ctx, { kind: jobsKind, slug: jobsKind, name: 'Jobs' })).id

/** The source for a sender that was given ADMIN_API_KEY as its PagerDuty key: there without being set up. */
export const defaultSource = (ctx: Context): Promise<SourceRow> =>
  theSource(ctx, { kind: 'pagerduty', slug: 'default-pagerduty', name: 'PagerDuty events, by the administrator’s key' })

type Named = { kind: string; slug: string; name: string }

/** Made when it is asked for first. */
const theSource = async (ctx: Context, { kind, slug, name }: Named): Promise<SourceRow> => {
  const find = () =>
    ctx.db.selectFrom('sources').selectAll().where('slug', '=', slug).where('kind', '=', kind).executeTakeFirst()
  const found = await find()
  if (found) return found
  const at = ctx.now()
  await ctx.db
    .insertInto('sources')
    .values({ id: newId(), kind, slug, name, created_at: at, updated_at: at })
    .onConflict((c) => c.column('slug').doNothing())
    .execute()
  const made = await find()
  if (!made) throw new Error(`The slug ${slug} belongs to another source.`)
  return made
}
