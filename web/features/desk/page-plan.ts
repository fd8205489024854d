import type { z } from 'zod'
import type { policy } from '../../../contract/oncall/policy.ts'

type Policy = z.output<typeof policy>
type Step = Policy['steps'][number]

const people = (step: Step): string => {
  const names = [...new Set(step.targets.flatMap(({ now }) => now))]
  if (names.length === 0) return 'nobody'
  return names.length < 4 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
}

const minutes = (count: number) => (count === 0 ? 'at once' : `after ${count} min`)

/** The policy of the service, else the first one of the team, as the server chooses. */
const chosen = (policies: readonly Policy[], of: { serviceId: string | undefined; teamId: string | undefined }) =>
  policies.find(({ services }) => services.some(({ id }) => id === of.serviceId)) ??
  policies.find(({ team }) => team !== null && team.id === of.teamId)

/** Whom a page would turn to now, and then; undefined without a policy. */
export const firstSteps = (
  policies: readonly Policy[],
  of: { serviceId: string | undefined; teamId: string | undefined },
): { first: string; later: readonly string[] } | undefined => {
  const found = chosen(policies, of)
  const [first, ...more] = found?.steps ?? []
  if (!found || !first) return undefined
  return {
    first: `${people(first)} ${people(first) === 'nobody' ? 'is on call, so the next step follows' : 'is told'}`,
    later: [
      ...more.slice(0, 2).map((step) => `Nobody acknowledges: ${people(step)} ${minutes(step.delayMinutes)}.`),
      `By the escalation policy ${found.name}.`,
    ],
  }
}
