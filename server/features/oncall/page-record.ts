import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import type { Pages } from '../../platform/db/schema.gen.ts'
import { ref } from '../../platform/events.ts'
import type { Snapshot } from './steps.ts'

export type PageRow = Selectable<Pages>

/** What is told: refreshed by its owner, each step sends the latest. */
export const brief = z.object({
  title: z.string(),
  lines: z.array(z.string()),
  facts: z.array(z.object({ label: z.string(), value: z.string() })).optional(),
  priority: z.enum(['P1', 'P2', 'P3', 'P4', 'P5']).optional(),
  links: z.array(z.object({ label: z.string(), url: z.string(), primary: z.boolean().optional() })).optional(),
})
export type Brief = z.output<typeof brief>

export const briefOf = (page: PageRow): Brief => brief.parse(page.brief)
export const policyOf = (page: PageRow): Snapshot => page.policy as Snapshot
export const dueKey = (pageId: string): string => `page:${pageId}`
export const timeoutKey = (pageId: string): string => `page-timeout:${pageId}`

/** Where a page's events belong: the page, what it is about, its team. */
export const place = (page: PageRow, more: string[] = []) => ({
  subject: ref('page', page.id),
  about: [page.subject, ...more],
  team: page.team_id,
})

export const openPage = (ctx: Context, subject: string): Promise<PageRow | undefined> =>
  ctx.db
    .selectFrom('pages')
    .selectAll()
    .where('subject', '=', subject)
    .where('state', 'in', ['paging', 'acknowledged', 'exhausted'])
    .forUpdate()
    .executeTakeFirst()

/** Of these subjects, those for which somebody is being got, or was and it is not over. */
export const pagedNow = async (
  ctx: Pick<Context, 'db'>,
  subjects: readonly string[],
  states: readonly string[] = ['paging', 'acknowledged', 'exhausted'],
): Promise<ReadonlySet<string>> => {
  if (subjects.length === 0) return new Set()
  const { rows } = await sql<{ subject: string }>`
    select subject from pages
    where subject = any(${[...subjects]}) and state = any(${[...states]})`.execute(ctx.db)
  return new Set(rows.map((r) => r.subject))
}
