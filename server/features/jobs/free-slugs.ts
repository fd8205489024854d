import { slugOf } from '../../../contract/slug.ts'
import type { Context } from '../../platform/context.ts'

/** For each job a slug out of its name, with a piece of its id where another has it already. */
export const freeSlugs = async (ctx: Context, jobs: readonly { id: string; name: string }[]): Promise<string[]> => {
  const plain = jobs.map(({ name }) => slugOf(name, 50))
  const wanted = [...new Set(plain.filter(Boolean))]
  const found = await ctx.db
    .selectFrom('jobs')
    .select('slug')
    .where('slug', 'in', ['', ...wanted])
    .execute()
  const taken = new Set(found.map(({ slug }) => slug))
  return jobs.map(({ id }, at) => {
    const slug = plain[at] ?? ''
    const piece = id.slice(0, 6)
    if (!slug) return `job-${piece}`
    if (taken.has(slug)) return `${slug}-${piece}`
    taken.add(slug)
    return slug
  })
}
