import { oddsInput } from '../../../contract/chains/odds.ts'
import { query } from '../../platform/query.ts'
import { hangingOn, mostUrgent } from './deadlines-on.ts'

/** Of each of these jobs the deadline that hangs on it and needs somebody first: lists of jobs show its odds. */
export const oddsOnJobs = query('chain.odds_on_jobs', {
  permission: 'chain.read',
  input: oddsInput,
  async run(ctx, { jobs }) {
    const hanging = ctx.scope.rows === 'all' ? await hangingOn(ctx.db, [...new Set(jobs)]) : new Map<string, string[]>()
    const deadlines = await mostUrgent(ctx, [...new Set([...hanging.values()].flat())])
    const items = [...hanging].flatMap(([job, ids]) => {
      const own = new Set(ids)
      const first = deadlines.find(({ id }) => own.has(id))
      if (!first) return []
      const { id, name, due, night } = first
      return [
        {
          job,
          deadline: { id, name },
          zone: due.zone,
          state: night?.state ?? null,
          odds: night?.odds ?? null,
          dueAt: night?.dueAt ?? null,
          more: ids.length - 1,
        },
      ]
    })
    return { items }
  },
})
