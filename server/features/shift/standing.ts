import type { ReadContext } from '../../platform/context.ts'

/** What is announced now, newest first. There are few: `announce` refuses one more than `mostAnnouncements`. */
export const standing = async (ctx: Pick<ReadContext, 'db' | 'now'>, id?: string) => {
  const rows = await ctx.db
    .selectFrom('announcements')
    .selectAll()
    .where('ended_at', 'is', null)
    .where((eb) => eb.or([eb('until_at', 'is', null), eb('until_at', '>', ctx.now())]))
    .$if(id !== undefined, (q) => q.where('id', '=', id as string))
    .orderBy('posted_at', 'desc')
    .orderBy('id')
    .limit(100)
    .execute()
  return rows.map((r) => ({
    id: r.id,
    title: r.title,
    body: r.body,
    by: (r.posted_by as { name: string }).name,
    at: r.posted_at,
    until: r.until_at,
  }))
}
