import type { JobStatus } from '../../../contract/jobs/words.ts'
import { readWhenAsked } from '../../platform/metrics.ts'
import type { Platform } from '../../platform/platform.ts'
import { statusAt } from './job-rows.ts'

/** What a Prometheus takes well from one process; a team with more has those of healthchecks, which are read a page at a time. */
const MOST = 5_000

/** How jobs are, as `/metrics` shows them. A short name may be that of two: so each is told by its id too. */
export const jobMetrics = ({ metrics, db, clock }: Platform): void => {
  const { jobState, jobLastDuration, jobLastEnd } = metrics
  const gauges = [jobState, jobLastDuration, jobLastEnd]
  readWhenAsked(gauges, async () => {
    const rows = await db
      .selectFrom('jobs as j')
      .innerJoin('job_states as s', 's.job_id', 'j.id')
      .leftJoin('teams as t', 't.id', 'j.team_id')
      .select(['j.id', 'j.slug', 't.name as team', 's.last_ms', 's.last_at'])
      .select(statusAt(clock.now()).as('state'))
      .where('j.archived_at', 'is', null)
      .orderBy('j.id')
      .limit(MOST)
      .execute()
    for (const gauge of gauges) gauge.reset()
    for (const { id, slug, team, state, last_ms: ms, last_at: at } of rows) {
      const labels = { slug, team: team ?? '', id }
      jobState.set({ ...labels, state: state satisfies JobStatus }, 1)
      if (ms !== null) jobLastDuration.set(labels, Number(ms) / 1000)
      if (at !== null) jobLastEnd.set(labels, at.epochMilliseconds / 1000)
    }
  })
}
