import { policyPreviewInput } from '../../../contract/oncall/policy.ts'
import { query } from '../../platform/query.ts'
import { checkTargets } from './policies.ts'
import { rehearse } from './steps.ts'
import { findTargets } from './targets.ts'

/** Whom steps would turn to if a page began now and nobody answered, found as a page finds them. Pages nobody. */
export const previewPolicy = query('policy.preview', {
  permission: 'schedule.read',
  input: policyPreviewInput,
  async run(ctx, { steps, repeats }) {
    await checkTargets(ctx, steps)
    const found = []
    for (const step of steps) found.push(await findTargets(ctx, step.targets))
    const policy = { name: '', steps, repeats, ackTimeoutMinutes: null }
    const plan = rehearse(
      policy,
      found.map((people) => people.some((f) => f.userId !== null)),
    )
    const first = plan.steps.filter((s) => s.round === 0)
    return {
      steps: found.map((people, i) => ({
        atMinutes: first.find((s) => s.step === i)?.atMinutes ?? null,
        people: people.map((f) => ({ user: f.userId === null ? null : { id: f.userId, name: f.name }, why: f.why })),
      })),
      rounds: plan.steps.filter((s) => s.step === 0).map((s) => s.atMinutes),
      endsAtMinutes: plan.endsAtMinutes,
    }
  },
})
