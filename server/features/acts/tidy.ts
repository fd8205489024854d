import { plusSeconds } from '../../platform/clock.ts'
import { periodic } from '../../platform/periodic.ts'

const DAYS = 400

/** Who did what, when and why stays as long as the job; what its scheduler printed is of use for a year. */
export const forgetOutputs = periodic(
  'acts.forget_outputs',
  86_400,
  'Forgets what schedulers answered to acts on jobs more than 400 days ago; the acts stay',
  async (ctx) => {
    await ctx.db
      .updateTable('job_acts')
      .set({ output: '' })
      .where('asked_at', '<', plusSeconds(ctx.now(), -DAYS * 86_400))
      .where('output', '<>', '')
      .execute()
  },
)
