import { paths } from '../../paths.ts'

export type Blind = { id: string; name: string; since: string | null; to: string; why?: string | undefined }

type Health = { service: { id: string; name: string }; state: string; since: string | null }
type Monitor = {
  id: string
  name: string
  service: { id: string } | null
  since: string
  unobservedSince: string | null
  reason: string | null
}

/**
 * What we cannot see: monitors that could not look, and services of which other tools say that they cannot. A monitor
 * whose first looks have not decided yet is not blind: nothing has gone wrong.
 */
export const blindOf = (services: readonly Health[], monitors: readonly Monitor[]): Blind[] => {
  const blind = monitors.filter(({ reason, unobservedSince }) => reason !== null || unobservedSince !== null)
  const told = new Set(blind.map(({ service }) => service?.id))
  return [
    ...blind.map(({ id, name, since, unobservedSince, reason }) => ({
      id,
      name,
      since: unobservedSince ?? since,
      to: paths.monitor(id),
      why: unobservedSince ? 'nobody looks' : (reason ?? undefined),
    })),
    ...services
      .filter(({ state, service }) => state === 'unknown' && !told.has(service.id))
      .map(({ service: { id, name }, since }) => ({ id, name, since, to: paths.service(id) })),
  ]
}
