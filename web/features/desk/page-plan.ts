import type { z } from 'zod'
import type { policy } from '../../../contract/oncall/policy.ts'

type Policy = z.output<typeof policy>
type Step = Policy['steps'][number]

const namesOf = ({ kind, name, now }: Step['targets'][number]): readonly string[] => {
  if (kind === 'schedule') return now
  return [kind === 'team' ? `everybody in ${name}` : name]
}

const people = (step: Step): string => {
  const names = [...new Set(step.targets.flatMap(namesOf))]
  if (names.length === 0) return 'nobody'
  return names.length < 4 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
}

const minutes = (count: number) => (count === 0 ? 'at once' : `after ${count} min`)

/** The policy of the service, else the first one of the team, as the server chooses. */
const chosen = (policies: readonly Policy[], of: { serviceId: string | undefined; teamId: string | undefined }) =>
  policies.find(({ services }) => services.some(({ id }) => id === of.serviceId)) ??
  policies.find(({ team }) => team !== null && team.id === of.teamId)

const told = (names: string) => {
  if (names === 'nobody') return 'Nobody is on call, so the next step follows'
  return `${names.charAt(0).toUpperCase()}${names.slice(1)} ${names.includes(', ') ? 'are' : 'is'} told`
}

/** Whom a page would turn to now, and then; undefined without a policy. */
export const firstSteps = (
  policies: readonly Policy[],
  of: { serviceId: string | undefined; teamId: string | undefined },
): { first: string; later: readonly string[] } | undefined => {
  const found = chosen(policies, of)
  const [first, ...more] = found?.steps ?? []
  if (!found || !first) return undefined
  return {
    first: told(people(first)),
    later: [
      ...more.slice(0, 2).map((step) => `If nobody acknowledges: ${people(step)} ${minutes(step.delayMinutes)}.`),
      `By the escalation policy ${found.name}.`,
    ],
  }
}
