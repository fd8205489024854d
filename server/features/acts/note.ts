import { noteInput } from '../../../contract/acts/inputs.ts'
import { invalid } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { hasRun } from '../jobs/index.ts'
import { jobNoted } from './events.ts'
import { aboutJobAct, jobFacts } from './job-facts.ts'

/** Notes something on a job or one of its runs. Whoever sees jobs may: it changes nothing of them. */
export const noteOnJob = verb('job.note', {
  permission: 'job.note',
  input: noteInput,
  async run(ctx, { id, text, runId }) {
    void ctx.scope
    const job = await jobFacts(ctx, id)
    if (runId && !(await hasRun(ctx.db, id, runId)))
      throw invalid('runId', `${job.name} has no such run; choose one of its runs.`)
    const about = await aboutJobAct(ctx, job)
    ctx.record(jobNoted, {
      ...about,
      about: [...about.about, runId && ref('run', runId)],
      team: job.teamId,
      data: { name: job.name, text, run: runId ?? null },
    })
    return { ok: true as const }
  },
})
